import { gradientNoise } from '../noise.ts';
import type { Surface } from './drainage.ts';

/** Gives the outermost ring the heights of the ring inside it. */
export function copyRing(surface: Surface): void {
  const { heights, width, height } = surface;
  for (let x = 0; x < width; x++) {
    heights[x] = heights[x + width]!;
    heights[(height - 1) * width + x] = heights[(height - 2) * width + x]!;
  }
  for (let y = 0; y < height; y++) {
    heights[y * width] = heights[y * width + 1]!;
    heights[y * width + width - 1] = heights[y * width + width - 2]!;
  }
}

/** Makes the outermost ring a wall. */
export function raiseRing(surface: Surface): void {
  const { heights, width, height } = surface;
  for (let x = 0; x < width; x++) heights[x] = heights[(height - 1) * width + x] = 1e6;
  for (let y = 0; y < height; y++) heights[y * width] = heights[y * width + width - 1] = 1e6;
}

/** Twice as many cells along each side, by the quadratic B-spline, which leaves no facets. */
export function doubled(coarse: Surface): Surface {
  const { heights: source, width, height } = coarse;
  const fineWidth = width * 2;
  const heights = new Float64Array(fineWidth * height * 2);
  for (let y = 0; y < height * 2; y++) {
    const y0 = y >> 1;
    const near = y0 * width;
    const far = Math.min(height - 1, Math.max(0, y0 + (y & 1 ? 1 : -1))) * width;
    for (let x = 0; x < fineWidth; x++) {
      const x0 = x >> 1;
      const x1 = Math.min(width - 1, Math.max(0, x0 + (x & 1 ? 1 : -1)));
      heights[y * fineWidth + x] =
        0.5625 * source[near + x0]! + 0.1875 * (source[near + x1]! + source[far + x0]!) + 0.0625 * source[far + x1]!;
    }
  }
  return { heights, width: fineWidth, height: height * 2 };
}

/** One pass of soil creep in place: every inner cell moves towards its four neighbours by a share of the differences. */
export function creepOnce(surface: Surface, share: number): void {
  const { heights, width, height } = surface;
  let above = heights.slice(0, width);
  let current = new Float64Array(width);
  for (let y = 1; y < height - 1; y++) {
    const row = y * width;
    current.set(heights.subarray(row, row + width));
    for (let x = 1; x < width - 1; x++) {
      const h = current[x]!;
      heights[row + x] =
        h + share * (above[x]! + heights[row + width + x]! + current[x - 1]! + current[x + 1]! - 4 * h);
    }
    [above, current] = [current, above];
  }
}

/** The surface seen through a wavy glass: every cell takes the height from up to about `reachMetres` away. */
export function warped(surface: Surface, seed: number, cellMetres: number, reachMetres: number): Surface {
  const { heights: source, width, height } = surface;
  const heights = new Float64Array(source.length);
  const wave = cellMetres / (reachMetres * 7);
  const reach = (reachMetres / cellMetres) * 1.6;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sx = clamp(x + reach * gradientNoise(seed, x * wave, y * wave), 1, width - 2.001);
      const sy = clamp(y + reach * gradientNoise(seed + 7, x * wave, y * wave), 1, height - 2.001);
      const ix = Math.floor(sx);
      const iy = Math.floor(sy);
      const fx = sx - ix;
      const fy = sy - iy;
      const at = iy * width + ix;
      const north = source[at]! + (source[at + 1]! - source[at]!) * fx;
      const south = source[at + width]! + (source[at + width + 1]! - source[at + width]!) * fx;
      heights[y * width + x] = north + (south - north) * fy;
    }
  }
  return { heights, width, height };
}

function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}
