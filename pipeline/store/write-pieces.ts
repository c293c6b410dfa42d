import { writeSync } from 'node:fs';

/**
 * Bytes that one system call writes. Linux keeps what is written at once in pages as large, and large ones are those that a
 * virtual machine has given back to its host: to have them again took seven times what writing takes.
 */
export const pieceBytes = 1 << 16;

/** Writes bytes where an open file stands, piece by piece. */
export function writePieces(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, Math.min(pieceBytes, bytes.length - at));
}
