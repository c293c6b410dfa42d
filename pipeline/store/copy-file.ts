import { closeSync, openSync, readSync } from 'node:fs';
import { constants, copyFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { pieceBytes, writePieces } from './write-pieces.ts';

/** Pieces after which other work of the process has its turn. */
const piecesAtOnce = 64;
const piece = Buffer.allocUnsafeSlow(pieceBytes);

/** Copies a file over another or a new one: by sharing its blocks where the file system can, else piece by piece. */
export async function copyContent(source: string, target: string): Promise<void> {
  try {
    return await copyFile(source, target, constants.COPYFILE_FICLONE_FORCE);
  } catch {
    // Most file systems cannot; what else is wrong shows again below.
  }
  const from = openSync(source, 'r');
  try {
    const to = openSync(target, 'w');
    try {
      for (let count = 1; ; count++) {
        const bytes = readSync(from, piece, 0, pieceBytes, null);
        if (bytes === 0) return;
        writePieces(to, piece.subarray(0, bytes));
        if (count % piecesAtOnce === 0) await setImmediate();
      }
    } finally {
      closeSync(to);
    }
  } finally {
    closeSync(from);
  }
}
