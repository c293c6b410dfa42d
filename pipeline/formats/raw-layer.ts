import { closeSync, fstatSync, openSync, readvSync, writevSync } from 'node:fs';
import { pieceBytes } from '../store/write-pieces.ts';
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

/** Writes the cells of a layer, row by row, little-endian as on all machines that run this. */
export function writeLayer(path: string, layer: RowLayer<PixelArray>): void {
  const file = openSync(path, 'wx');
  try {
    const rowBytes = layer.width * layer.cells.BYTES_PER_ELEMENT;
    const count = Math.min(rowsAtOnce, Math.ceil(pieceBytes / rowBytes));
    passThrough(rowsOf(layer), count, (rows) => writevSync(file, rows));
  } finally {
    closeSync(file);
  }
}

/**
 * Reads a file that `writeLayer` wrote straight into the rows of a layer of the same shape and type.
 * @throws RangeError when the file has another length
 */
export function readLayer(path: string, layer: RowLayer<PixelArray>): void {
  const { width, height, cells } = layer;
  const wanted = width * height * cells.BYTES_PER_ELEMENT;
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size !== wanted) throw new RangeError(`${path}: ${size} bytes where ${width} × ${height} cells take ${wanted}`);
    passThrough(rowsOf(layer), rowsAtOnce, (rows) => readvSync(file, rows));
  } finally {
    closeSync(file);
  }
}

/** Passes some buffers at a time through a system call that may do less than it was asked for. */
function passThrough(buffers: readonly Uint8Array[], some: number, call: (buffers: Uint8Array[]) => number): void {
  for (let first = 0; first < buffers.length; first += some) {
    let rest = buffers.slice(first, first + some);
    while (rest.length > 0) {
      let count = call(rest);
      if (count === 0) throw new RangeError('a working raster ends early');
      let done = 0;
      while (done < rest.length && count >= rest[done]!.length) count -= rest[done++]!.length;
      rest = rest.slice(done);
      if (count > 0) rest[0] = rest[0]!.subarray(count);
    }
  }
}
