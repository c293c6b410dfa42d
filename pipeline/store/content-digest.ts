import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { Digest } from '../tasks/task.ts';

/** A piece is still in the processor's cache when it is digested, which it would not be had another thread read it. */
const pieceBytes = 1 << 18;
/** Pieces after which other work of the process has its turn. */
const piecesAtOnce = 16;
/** New memory for each digest would take longer to come by than to digest. */
const piece = Buffer.allocUnsafeSlow(pieceBytes);

/** SHA-256 of a file, read piece by piece. */
export async function contentDigest(path: string): Promise<Digest> {
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  try {
    for (let count = 1; ; count++) {
      const bytes = readSync(file, piece, 0, pieceBytes, null);
      if (bytes === 0) return hash.digest('hex');
      hash.update(piece.subarray(0, bytes));
      if (count % piecesAtOnce === 0) await setImmediate();
    }
  } finally {
    closeSync(file);
  }
}
