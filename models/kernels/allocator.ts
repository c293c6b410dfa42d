/**
 * Gives out arrays, which may hold anything at first. Kernels read and write a little past the end of an array; every array
 * has room for that.
 */
export interface Allocator {
  float32(length: number): Float32Array;
  float64(length: number): Float64Array;
  int32(length: number): Int32Array;
  uint16(length: number): Uint16Array;
  uint8(length: number): Uint8Array;
}

/** Bytes beyond the end of an array that kernels may touch. */
export const slackBytes = 16;

/** Arrays with memory of their own. */
export const heapAllocator: Allocator = {
  float32: (length) => new Float32Array(new ArrayBuffer(length * 4 + slackBytes), 0, length),
  float64: (length) => new Float64Array(new ArrayBuffer(length * 8 + slackBytes), 0, length),
  int32: (length) => new Int32Array(new ArrayBuffer(length * 4 + slackBytes), 0, length),
  uint16: (length) => new Uint16Array(new ArrayBuffer(length * 2 + slackBytes), 0, length),
  uint8: (length) => new Uint8Array(new ArrayBuffer(length + slackBytes), 0, length),
};
