import { fractalNoise } from '../noise.ts';
import { coveringGrid, type RegionFrame, roundTo } from '../region-frame.ts';

/** The wind map has cells of 500 m. */
export const windGrid = (frame: RegionFrame) => coveringGrid(frame, 500);

/** Wind-erosion modulus, t·km⁻²·a⁻¹: weak, above the tolerance of 200 only on a few windy heights in the north. */
export function windErosion(frame: RegionFrame): Float32Array {
  const { width } = windGrid(frame);
  const modulus = new Float32Array(width * width);
  for (let y = 0; y < width; y++)
    for (let x = 0; x < width; x++) {
      const north = 1 - y / width;
      const gusts = fractalNoise(frame.seed + 361, x / 9, y / 9, 2);
      modulus[y * width + x] = roundTo(Math.max(5, 25 + 125 * north * north + 95 * gusts), 1);
    }
  return modulus;
}
