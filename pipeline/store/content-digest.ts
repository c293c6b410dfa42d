import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Digest } from '../tasks/task.ts';

/** SHA-256 of a file, read piece by piece. */
export async function contentDigest(path: string): Promise<Digest> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
