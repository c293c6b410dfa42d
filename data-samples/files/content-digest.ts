import { createHash } from 'node:crypto';
import type { RegionFile } from './region-file.ts';

/**
 * SHA-256 of what a file says. Rasters are taken by their cells, place and band descriptions, because versions of GDAL
 * pack the same cells into different bytes; other files by their bytes.
 */
export function contentDigest(file: RegionFile): string {
  const hash = createHash('sha256');
  if (file.kind === 'bytes') return hash.update(file.bytes).digest('hex');
  const bands = file.bands.map(({ data, ...description }) => ({ type: data.constructor.name, ...description }));
  hash.update(JSON.stringify({ grid: file.grid, metadata: file.metadata, bands }));
  for (const { data } of file.bands) hash.update(littleEndian(data));
  return hash.digest('hex');
}

/** Digests by path, in the order of the paths. */
export function contentDigests(files: readonly RegionFile[]): Record<string, string> {
  const entries = files.map((file): [string, string] => [file.path, contentDigest(file)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const hostIsLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function littleEndian(data: ArrayBufferView & { readonly BYTES_PER_ELEMENT?: number }): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const size = data.BYTES_PER_ELEMENT ?? 1;
  if (hostIsLittleEndian || size === 1) return bytes;
  const swapped = bytes.slice();
  for (let at = 0; at < swapped.length; at += size) swapped.subarray(at, at + size).reverse();
  return swapped;
}
