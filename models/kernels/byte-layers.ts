/** Layers of one byte per cell, all with the same meaning. */
export interface ByteLayers {
  readonly bands: readonly Uint8Array[];
  /** The value of each byte, 256 numbers, NaN for nodata. */
  readonly values: Float32Array;
}

/** The values of a layer of bytes. */
export function decodeBytes(bytes: Uint8Array, values: Float32Array, out: Float32Array): void {
  for (let i = 0; i < bytes.length; i++) out[i] = values[bytes[i]];
}
