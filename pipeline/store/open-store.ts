import { fileURLToPath } from 'node:url';
import { userError } from '../messages/user-error.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { DirectoryStore } from './directory-store.ts';
import { isS3Url } from './s3/s3-settings.ts';
import { S3Store } from './s3/s3-store.ts';

export interface OpenStoreOptions {
  /** Where keys, endpoint and the size of the local cache are looked up; default the process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Whether what is written is flushed to the disk before it counts; default true. */
  readonly durable?: boolean;
}

/**
 * The store at a location: a directory, a file:// URL of one, or s3://bucket/prefix.
 * @throws UserError for any other kind of place, and for missing settings
 */
export function openStore(location: string, options: OpenStoreOptions = {}): ArtifactStore {
  const { environment = process.env, durable = true } = options;
  if (isS3Url(location)) return new S3Store(location, { environment, durable });
  if (/^file:\/\//i.test(location)) return new DirectoryStore(fileURLToPath(location), { durable });
  if (!/^[a-z][a-z0-9+.-]+:/i.test(location)) return new DirectoryStore(location, { durable });
  throw userError(
    'store-unknown',
    location,
    { zh: '不支持这种存储位置', en: 'this kind of store is not supported' },
    { zh: '应为目录、file:// 或 s3:// 地址', en: 'expected a directory, a file:// or an s3:// URL' },
    { zh: '在 STORE_URL 中写各机器共享的存储', en: 'give a store that all machines share in STORE_URL' },
  );
}
