import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/**
 * Band names in GeoTIFF files.
 *
 * GDAL keeps a band's name as an `<Item>` of its metadata tag with `role="description"`, and its Node binding cannot
 * set it. So the name is written as an ordinary item under a key of exactly the right length, and the finished file's
 * item head is overwritten in place with the real one; no byte moves.
 */

const role = ' role="description"';
const placeholderKey = 'DESCRIPTION'.padEnd('DESCRIPTION'.length + role.length, '_');

const metadataTag = 42112;

/** Metadata item that stands for a band's name until `nameBands` runs. */
export const nameItem = (name: string): Record<string, string> => ({ [placeholderKey]: name });

/** Directory and metadata of a file of few blocks lie in its first bytes, which are read at once. */
const headBytes = 4096;

type Read = (offset: number, length: number) => Buffer;

function readerOf(file: number): Read {
  const readAt: Read = (offset, length) => {
    const bytes = new Uint8Array(length);
    readSync(file, bytes, 0, length, offset);
    return Buffer.from(bytes.buffer);
  };
  const head = readAt(0, headBytes);
  return (offset, length) =>
    offset + length <= headBytes ? head.subarray(offset, offset + length) : readAt(offset, length);
}

/** Offset and length of GDAL's metadata in a little-endian TIFF or BigTIFF that GDAL wrote. */
function findMetadata(readAt: Read): { offset: number; length: number } | undefined {
  const header = readAt(0, 16);
  const big = header.readUInt16LE(2) === 43;
  const directory = big ? Number(header.readBigUInt64LE(8)) : header.readUInt32LE(4);
  const count = big ? Number(readAt(directory, 8).readBigUInt64LE()) : readAt(directory, 2).readUInt16LE();
  const entrySize = big ? 20 : 12;
  const entries = readAt(directory + (big ? 8 : 2), count * entrySize);
  for (let at = 0; at < entries.length; at += entrySize) {
    if (entries.readUInt16LE(at) !== metadataTag) continue;
    return big
      ? { length: Number(entries.readBigUInt64LE(at + 4)), offset: Number(entries.readBigUInt64LE(at + 12)) }
      : { length: entries.readUInt32LE(at + 4), offset: entries.readUInt32LE(at + 8) };
  }
  return undefined;
}

/** Turns the placeholder items of a closed file into band names. */
export function nameBands(path: string): void {
  const file = openSync(path, 'r+');
  try {
    const readAt = readerOf(file);
    const found = findMetadata(readAt);
    if (found === undefined) return;
    const text = readAt(found.offset, found.length).toString('latin1');
    const pattern = new RegExp(`name="${placeholderKey}" sample="(\\d+)"`, 'g');
    const named = text.replace(pattern, (_, sample) => `name="DESCRIPTION" sample="${sample}"${role}`);
    if (named !== text) writeSync(file, new Uint8Array(Buffer.from(named, 'latin1')), 0, named.length, found.offset);
  } finally {
    closeSync(file);
  }
}
