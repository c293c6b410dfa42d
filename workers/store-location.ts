import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { userError } from '../pipeline/messages/user-error.ts';

/** Directory of a workspace's store; reading it needs no ownership of the workspace. */
export const storeDirectory = (workspace: string): string => join(workspace, 'store');

/**
 * Directory of the store that STORE_URL names: a path or a file:// URL of a directory that all workers see.
 * @throws UserError for any other kind of place
 */
export function storeLocation(storeUrl: string): string {
  if (/^file:\/\//i.test(storeUrl)) return fileURLToPath(storeUrl);
  if (!/^[a-z][a-z0-9+.-]+:/i.test(storeUrl)) return storeUrl;
  throw userError(
    'store-unknown',
    storeUrl,
    { zh: '不支持这种存储位置', en: 'this kind of store is not supported' },
    { zh: '应为目录或 file:// 地址', en: 'expected a directory or a file:// URL' },
    { zh: '在 STORE_URL 中写各机器共享的目录', en: 'give a directory that all machines share in STORE_URL' },
  );
}
