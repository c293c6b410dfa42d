import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Digest } from '../tasks/task.ts';

const pieceBytes = 1 << 20;
/** Pieces of digests that are done: new memory for each would take longer to come by than to digest. */
const idle: Buffer[] = [];

/** SHA-256 of a file, read piece by piece. */
export async function contentDigest(path: string): Promise<Digest> {
  const hash = createHash('sha256');
  const file = await open(path, 'r');
  const piece = idle.pop() ?? Buffer.allocUnsafeSlow(pieceBytes);
  try {
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, pieceBytes, null);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(piece.subarray(0, bytesRead));
    }
  } finally {
    idle.push(piece);
    await file.close();
  }
}
