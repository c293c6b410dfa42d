/**
 * Layers lie in memory as padded rasters of one shape. A row is `stride` cells (a multiple of 16): four of padding, of which
 * the last is the ring, the tile's cells, the ring and padding again; one row of ring above and one below. Cell (x, y) of
 * the tile is at (y + 1)·stride + 4 + x. Every neighbour of a cell of the tile is there to be read, so no kernel tests bounds.
 */
export let stride: i32 = 0;
export let width: i32 = 0;
export let height: i32 = 0;

/** First cell of the first row of the tile, and one past the last cell of its last row, padding included. */
@inline export function firstCell(): i32 {
  return stride;
}
@inline export function endCell(): i32 {
  return (height + 1) * stride;
}

/** Steps to the neighbours in D8 order. */
export const offsetsByOrder = memory.data(8 * 4, 16);
/** The same in bytes, by one more than the D8 index; first the lower, then the upper ones. Rows are shorter than 2^15 cells. */
export const offsetBytes = memory.data(2 * 16, 16);
const offsetsByCode = memory.data(256 * 4, 16);

/** Sets the shape of all layers until the next call. */
export function setShape(tileWidth: i32, tileHeight: i32, rowStride: i32): void {
  width = tileWidth;
  height = tileHeight;
  stride = rowStride;
  memory.fill(offsetsByCode, 0, 256 * 4);
  setOffset(0, 1);
  setOffset(1, stride + 1);
  setOffset(2, stride);
  setOffset(3, stride - 1);
  setOffset(4, -1);
  setOffset(5, -stride - 1);
  setOffset(6, -stride);
  setOffset(7, -stride + 1);
}

function setOffset(k: i32, offset: i32): void {
  store<i32>(offsetsByOrder + ((<usize>k) << 2), offset);
  store<u8>(offsetBytes + <usize>k, <u8>offset, 1);
  store<u8>(offsetBytes + <usize>k, <u8>(offset >> 8), 17);
  store<i32>(offsetsByCode + ((<usize>(1 << k)) << 2), offset);
}

/** Step to neighbour k. */
@inline export function offsetOf(k: i32): i32 {
  return load<i32>(offsetsByOrder + ((<usize>k) << 2));
}

/** Step to the receiver of a direction code, 0 where there is none. */
@inline export function offsetOfCode(code: u8): i32 {
  return load<i32>(offsetsByCode + ((<usize>code) << 2));
}

/** Sets the ring and the padding of a layer of bytes. */
export function frameBytes(layer: usize, value: i32): void {
  memory.fill(layer, <u8>value, stride);
  for (let row = 1; row <= height; row++) {
    const start = layer + row * stride;
    memory.fill(start, <u8>value, 4);
    memory.fill(start + 4 + width, <u8>value, stride - 4 - width);
  }
  memory.fill(layer + (height + 1) * stride, <u8>value, stride);
}

/** Sets the ring and the padding of a layer of floats. */
export function frameFloats(layer: usize, value: f32): void {
  fillFloats(layer, stride, value);
  for (let row = 1; row <= height; row++) {
    const start = layer + ((<usize>(row * stride)) << 2);
    fillFloats(start, 4, value);
    fillFloats(start + ((<usize>(4 + width)) << 2), stride - 4 - width, value);
  }
  fillFloats(layer + ((<usize>((height + 1) * stride)) << 2), stride, value);
}

function fillFloats(start: usize, count: i32, value: f32): void {
  for (let i = 0; i < count; i++) store<f32>(start + ((<usize>i) << 2), value);
}

/** Sets every cell of a layer of bytes or words, by byte. */
export function fillLayer(layer: usize, value: i32, bytesPerCell: i32): void {
  memory.fill(layer, <u8>value, <usize>(stride * (height + 2) * bytesPerCell));
}
