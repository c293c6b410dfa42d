import { userError } from '../messages/user-error.ts';
import type { Digest } from '../tasks/task.ts';
import type { ArtifactStore } from './artifact-store.ts';

/**
 * Copies contents from one store to another; each is held against its digest on the way.
 * @throws UserError naming the first that is missing or damaged
 */
export async function copyContents(from: ArtifactStore, to: ArtifactStore, digests: Iterable<Digest>): Promise<void> {
  for (const digest of new Set(digests)) {
    const bytes = await from.contentBytes(digest);
    if (bytes === undefined)
      throw harmed(from, digest, { zh: '存储中没有这项内容', en: 'the store lacks this content' });
    if ((await to.contentBytes(digest)) === bytes) continue;
    const stored = await to.putFile(await from.localPath(digest));
    if (stored.digest !== digest) throw harmed(from, digest, { zh: '内容已损坏', en: 'the content is damaged' });
  }
}

const harmed = (store: ArtifactStore, digest: Digest, found: { zh: string; en: string }): Error =>
  userError('store-damaged', `${store.location} ${digest}`, found, undefined, {
    zh: '用 shuibao journal verify 查看受影响的记录',
    en: 'shuibao journal verify tells which entries are affected',
  });
