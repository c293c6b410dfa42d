import { join, resolve } from 'node:path';
import type { ArtifactStore } from '../pipeline/store/artifact-store.ts';
import { openStore } from '../pipeline/store/open-store.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the store of a workspace lies: at STORE_URL, else in the workspace. A path is made absolute. */
export function storeLocation(workspace: string, environment: Environment = process.env): string {
  const url = environment.STORE_URL;
  if (!url) return resolve(workspace, 'store');
  return /^[a-z][a-z0-9+.-]+:/i.test(url) ? url : resolve(url);
}

/** Directory of a store that lies in its workspace. */
export const storeDirectory = (workspace: string): string => join(workspace, 'store');

/** The store of a workspace; reading it needs no ownership of the workspace. */
export const openWorkspaceStore = (workspace: string, environment: Environment = process.env): ArtifactStore =>
  openStore(storeLocation(workspace, environment), { environment });
