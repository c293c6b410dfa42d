import type { Digest } from '../tasks/task.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { contentDigest } from './content-digest.ts';

/** Which of these contents a store lacks, or has with other bytes than their digest says. */
export async function missingContents(
  store: ArtifactStore,
  digests: readonly Digest[],
): Promise<Map<Digest, 'missing' | 'damaged'>> {
  const harmed = new Map<Digest, 'missing' | 'damaged'>();
  for (const digest of new Set(digests)) {
    if ((await store.contentBytes(digest)) === undefined) harmed.set(digest, 'missing');
    else if ((await contentDigest(await store.localPath(digest))) !== digest) harmed.set(digest, 'damaged');
  }
  return harmed;
}
