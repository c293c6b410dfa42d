import type { CellWindow } from '../../models/grid/grid-spec.ts';

/** Kinds of country that terrain is measured on. */
export const countryKinds = ['hills', 'pitted hills', 'plain in whole metres', 'hills with nodata'] as const;

export type CountryKind = (typeof countryKinds)[number];

/** Wavelengths of the relief in cells, longest first. */
const scales = Array.from({ length: 11 }, (_, octave) => 2 ** (11 - octave));

/**
 * Elevation of a window of an endless country of 10 m cells, metres, in steps of 0.1 m (of 1 m on the plain): fractal relief
 * whose roughness falls with its scale, so that some 0.5 % of the cells of the hills are pits.
 */
export function countryElevation(kind: CountryKind, { x0, y0, width, height }: CellWindow): Float32Array {
  const relief = kind === 'plain in whole metres' ? 30 : 700;
  const elevation = new Float64Array(width * height).fill(800);
  const row = new Float64Array(width);
  scales.forEach((scale, octave) => {
    const amplitude = relief / 2.25 ** octave;
    for (let y = 0; y < height; y++) {
      noiseRow(x0, y0 + y, scale, octave, row);
      for (let x = 0; x < width; x++) elevation[y * width + x]! += amplitude * row[x]!;
    }
  });
  const step = kind === 'plain in whole metres' ? 1 : 0.1;
  return Float32Array.from(elevation, (metres, i) => {
    const [x, y] = [x0 + (i % width), y0 + Math.floor(i / width)];
    if (kind === 'hills with nodata' && hash(x >> 7, y >> 7, 99) < 0.3) return Number.NaN;
    const rough = kind === 'pitted hills' ? 3 * hash(x, y, 98) : 0;
    return Math.round((metres + rough) / step) * step;
  });
}

/** Value noise along a row, −½ … ½. */
function noiseRow(x0: number, y: number, scale: number, seed: number, out: Float64Array): void {
  const v = y / scale;
  const top = Math.floor(v);
  const fy = smooth(v - top);
  let left = Number.NaN;
  let west = 0;
  let east = 0;
  for (let x = 0; x < out.length; x++) {
    const u = (x0 + x) / scale;
    const column = Math.floor(u);
    if (column !== left) {
      left = column;
      west = hash(column, top, seed) * (1 - fy) + hash(column, top + 1, seed) * fy;
      east = hash(column + 1, top, seed) * (1 - fy) + hash(column + 1, top + 1, seed) * fy;
    }
    out[x] = west + (east - west) * smooth(u - column) - 0.5;
  }
}

const smooth = (t: number): number => t * t * (3 - 2 * t);

/** A number in 0 … 1 that looks random, the same for the same place. */
function hash(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed + 1, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}
