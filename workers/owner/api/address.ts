import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../../pipeline/store/atomic-file.ts';

/** Where the owner of a workspace answers, and the word that proves that the caller may read the workspace. */
export interface ApiAddress {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
}

const fileOf = (workspace: string): string => join(workspace, 'api.json');

export const newToken = (): string => randomBytes(32).toString('hex');

/** Only the workspace's user may read it. */
export async function publishAddress(workspace: string, address: ApiAddress): Promise<void> {
  const text = `${JSON.stringify(address)}\n`;
  await writeFileAtomically(fileOf(workspace), text, { temporaryDirectory: workspace, durable: false, mode: 0o600 });
}

export async function readAddress(workspace: string): Promise<ApiAddress | undefined> {
  try {
    return JSON.parse(await readFile(fileOf(workspace), 'utf8')) as ApiAddress;
  } catch {
    return undefined;
  }
}

export const removeAddress = (workspace: string): Promise<void> => rm(fileOf(workspace), { force: true });
