import type { CellWindow } from '../../models/grid/grid-spec.ts';

/** Kinds of country that terrain is measured on; the province is for whole rasters, see `provinceElevation`. */
export const countryKinds = ['hills', 'pitted hills', 'plain in whole metres', 'hills with nodata'] as const;

export type CountryKind = (typeof countryKinds)[number];

interface Relief {
  /** Of the longest waves, metres. */
  readonly metres: number;
  /** By what relief falls from one wavelength to half of it. */
  readonly fall: number;
  /** Wavelengths in cells, longest first. */
  readonly scales: readonly number[];
  /** Elevations are multiples of this, metres. */
  readonly step: number;
}

const halvings = (count: number): number[] => Array.from({ length: count }, (_, octave) => 2 ** (11 - octave));

/** One cell in 800 of these hills is a pit; half of the slopes are gentler than 2°. */
const hills: Relief = { metres: 700, fall: 2.25, scales: halvings(11), step: 0.1 };

/** Slopes of 11° and many depressions: some 18 % of the cells are raised when they are filled. */
const ruggedHills: Relief = { metres: 330, fall: 1.2, scales: halvings(7), step: 0.1 };

const reliefs: Readonly<Record<CountryKind, Relief>> = {
  hills,
  'pitted hills': hills,
  'plain in whole metres': { ...hills, metres: 30, step: 1 },
  'hills with nodata': hills,
};

/** Elevation of a window of an endless country of 10 m cells, metres: fractal relief whose roughness falls with its scale. */
export function countryElevation(kind: CountryKind, window: CellWindow): Float32Array {
  return elevationOf(window, reliefs[kind], (metres, x, y) => {
    if (kind === 'hills with nodata' && hash(x >> 7, y >> 7, 99) < 0.3) return Number.NaN;
    return metres + (kind === 'pitted hills' ? 3 * hash(x, y, 98) : 0);
  });
}

/**
 * Elevation of a window of a province that fills a square raster of some side: a third of the raster is nodata, outside its
 * outline and in holes of 32 cells; 0.3 % of its cells are pits.
 */
export function provinceElevation(window: CellWindow, side: number): Float32Array {
  return elevationOf(window, ruggedHills, (metres, x, y) => {
    if (!insideOutline(x, y, side) || hash(x >> 5, y >> 5, 97) < 0.03) return Number.NaN;
    return metres - (hash(x, y, 96) < 0.003 ? 5 : 0);
  });
}

/** Whether a cell lies in a province that fills a square raster, by how far its bays and capes reach in that direction. */
function insideOutline(x: number, y: number, side: number): boolean {
  const [u, v] = [(2 * x) / side - 1, (2 * y) / side - 1];
  const angle = Math.atan2(v, u);
  const reach =
    0.935 +
    0.06 * Math.sin(3 * angle + 1) +
    0.05 * Math.sin(5 * angle) +
    0.03 * Math.sin(11 * angle + 2) +
    0.015 * Math.sin(29 * angle);
  return Math.hypot(u, v) <= reach;
}

/** @param cell turns the relief at a place into its elevation before that is rounded */
function elevationOf(
  { x0, y0, width, height }: CellWindow,
  { metres, fall, scales, step }: Relief,
  cell: (metres: number, x: number, y: number) => number,
): Float32Array {
  const elevation = new Float64Array(width * height).fill(800);
  const row = new Float64Array(width);
  scales.forEach((scale, octave) => {
    const amplitude = metres / fall ** octave;
    for (let y = 0; y < height; y++) {
      noiseRow(x0, y0 + y, scale, octave, row);
      for (let x = 0; x < width; x++) elevation[y * width + x]! += amplitude * row[x]!;
    }
  });
  return Float32Array.from(
    elevation,
    (relief, i) => Math.round(cell(relief, x0 + (i % width), y0 + Math.floor(i / width)) / step) * step,
  );
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
