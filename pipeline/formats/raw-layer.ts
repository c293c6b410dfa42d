import { closeSync, fstatSync, openSync, readvSync } from 'node:fs';
import type { PixelArray } from './pixel-type.ts';
import type { RowLayer } from './row-layer.ts';

/*
 * Rasters that only the next task of a run reads lie in the store as their cells, row by row, and nothing else: the task
 * knows the shape and the type. Encoding and decoding them took several times what it takes to compute them, see
 * docs/decisions/0007-working-rasters.md.
 */

/** Rows that one system call reads; Linux takes 1024 pieces at a time. */
const rowsAtOnce = 1024;

/* Rows as bytes; the layers of a shape of tile stay for all its tiles. */
const knownRows = new WeakMap<RowLayer, readonly Uint8Array[]>();

function rowsOf(layer: RowLayer): readonly Uint8Array[] {
  const known = knownRows.get(layer);
  if (known !== undefined) return known;
  const { cells, first, stride, width, height } = layer;
  const { BYTES_PER_ELEMENT: size, buffer, byteOffset } = cells;
  const rows =
    stride === width
      ? [new Uint8Array(buffer, byteOffset + first * size, width * height * size)]
      : Array.from(
          { length: height },
          (_, row) => new Uint8Array(buffer, byteOffset + (first + row * stride) * size, width * size),
        );
  knownRows.set(layer, rows);
  return rows;
}

/** The cells of a layer, row by row, little-endian as on all machines that run this. */
export function layerBytes(layer: RowLayer<PixelArray>): Uint8Array {
  const { width, height, cells } = layer;
  // Every byte is written below.
  const bytes = Buffer.allocUnsafeSlow(width * height * cells.BYTES_PER_ELEMENT);
  let at = 0;
  for (const row of rowsOf(layer)) {
    bytes.set(row, at);
    at += row.length;
  }
  return bytes;
}

/**
 * Reads a file of bytes that `layerBytes` gave straight into the rows of a layer of the same shape and type.
 * @throws RangeError when the file has another length
 */
export function readLayer(path: string, layer: RowLayer<PixelArray>): void {
  const { width, height, cells } = layer;
  const wanted = width * height * cells.BYTES_PER_ELEMENT;
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size !== wanted) throw new RangeError(`${path}: ${size} bytes where ${width} × ${height} cells take ${wanted}`);
    const rows = rowsOf(layer);
    for (let row = 0; row < rows.length; row += rowsAtOnce) readWhole(file, rows.slice(row, row + rowsAtOnce));
  } finally {
    closeSync(file);
  }
}

/** Fills buffers from where the file stands; one call may give less than was asked for. */
function readWhole(file: number, buffers: readonly Uint8Array[]): void {
  let rest = [...buffers];
  while (rest.length > 0) {
    let count = readvSync(file, rest);
    if (count === 0) throw new RangeError('a working raster ends early');
    let done = 0;
    while (done < rest.length && count >= rest[done]!.length) count -= rest[done++]!.length;
    rest = rest.slice(done);
    if (count > 0) rest[0] = rest[0]!.subarray(count);
  }
}
