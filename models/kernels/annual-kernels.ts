import { classifyIntensity } from '../erosion/classify-sl190.ts';
import { erosionModulus } from '../erosion/soil-loss.ts';
import { exponential } from './exponential.ts';

/** Where the cells of a row lie in a window of source pixels. */
export interface RowWeights {
  /** Cells of the row. Each list is longer by one, zero, where this is odd. */
  readonly count: number;
  /** Index of the pixel to the north-west of each cell. */
  readonly offset: Int32Array;
  /** Weights of the pixels to the north-west of all cells, then of those to the north-east. */
  readonly north: Float64Array;
  /** Weights of the pixels to the south-west of all cells, then of those to the south-east. */
  readonly south: Float64Array;
}

/** Listed cells whose B follows their cover, and what their half-months weigh. */
export interface SeasonalCells {
  /** Indices of the cells in the layers, followed by copies of the last up to a multiple of eight. */
  readonly cells: Int32Array;
  readonly count: number;
  /** R of the half-months by cell of the layer; undefined where half-months weigh alike. */
  readonly erosivity: readonly Float32Array[] | undefined;
  /** R of the year by listed cell. */
  readonly totals: Float64Array;
  /** Receives Σ SLR·WR by listed cell. */
  readonly sums: Float64Array;
}

export interface HalfMonthCells extends SeasonalCells {
  /** FVC of the half-months, fractions, by cell of the layer. */
  readonly cover: readonly Float32Array[];
}

export interface TabledCells extends SeasonalCells {
  /** Cover of the half-months, bytes, by cell of the layer. */
  readonly cover: readonly Uint8Array[];
  /** SLR of each byte of cover, 256 numbers a table. */
  readonly ratios: Float64Array;
  /** Where the table of each listed cell starts. */
  readonly tables: Int32Array;
}

/** The columns of a target over a window of source pixels. */
export interface ColumnWeights {
  /** Pixel to the west of each cell within the window; 0 where the two pixels around it are not both inside. */
  readonly west: Int32Array;
  /** Shares of the pixels to the west of all cells, NaN where the two are not both inside; then of those to the east. */
  readonly shares: Float64Array;
}

/** Length of a list of a row: an even number. */
export const evenCount = (count: number): number => count + (count & 1);

/** The hot loops of the annual pass. Every implementation gives the bits of {@link referenceKernels}. */
export interface AnnualKernels {
  /**
   * Weights of a row of an upright grid.
   * @param first index of the first pixel in the row of pixels to the north
   * @param above share of the pixels to the north; NaN where the row has none on both sides
   * @param below share of the pixels to the south
   */
  weighRow(columns: ColumnWeights, first: number, above: number, below: number, out: RowWeights): void;
  /**
   * Bilinear values of a row × scale + shift, in double precision and rounded to float32.
   * @returns true when any of them is NaN
   */
  bilinearRow(
    values: Float32Array | Float64Array,
    width: number,
    weights: RowWeights,
    scale: number,
    shift: number,
    out: Float32Array,
    at: number,
  ): boolean;
  /** Erosion modulus, t/(km²·a): factors multiplied in their order and then by 100, each step rounded to float32. */
  product(factors: readonly Float32Array[], out: Float32Array): void;
  /**
   * Intensity classes 1–6 of moduli, 0 where the modulus or the tolerance is NaN.
   * @param tolerance t/(km²·a) by cell
   */
  classify(modulus: Float32Array, tolerance: Float32Array, out: Uint8Array): void;
  /** Sum over the bands of each cell in double precision, rounded to float32. */
  sumBands(bands: readonly Float32Array[], out: Float32Array): void;
  /** Sums SLR = 1/(a + b·e^(rate·FVC)), held to 0–1, times the weight of the half-month over the half-months. */
  sumCoverRatios(at: HalfMonthCells, a: number, b: number, rate: number): void;
  /** Sums SLR, taken from tables, times the weight of the half-month over the half-months. */
  sumTabledRatios(at: TabledCells): void;
  /** p·e^(q·GD) by listed cell. */
  forestBases(count: number, grounds: Float64Array, bases: Float64Array, p: number, q: number): void;
  /** The same for SLR = base − r·e^(FVC − FVC·GD) + s, held to 0–1. */
  sumForestRatios(at: HalfMonthCells, grounds: Float64Array, bases: Float64Array, r: number, s: number): void;
}

const clamp = (ratio: number): number => Math.min(1, Math.max(0, ratio));

/**
 * Σ SLR·WR by listed cell. Without erosive rain R is 0 and so is A, whatever B: the half-months then weigh alike.
 * @param ratio SLR of a half-month and cell, the n-th of the list
 */
function sumWeighted(
  { cells, count, erosivity, totals, sums }: SeasonalCells,
  halfMonths: number,
  ratio: (k: number, cell: number, n: number) => number,
): void {
  for (let n = 0; n < count; n++) {
    const cell = cells[n];
    const total = totals[n];
    let sum = 0;
    for (let k = 0; k < halfMonths; k++) {
      const weight = total > 0 && erosivity !== undefined ? erosivity[k][cell] / total : 1 / 24;
      sum += ratio(k, cell, n) * weight;
    }
    sums[n] = sum;
  }
}

/** The kernels in TypeScript: the norm, and what runs where the compiled ones are not at hand. */
export const referenceKernels: AnnualKernels = {
  weighRow: ({ west, shares }, first, above, below, { count, offset, north, south }) => {
    const east = evenCount(count);
    for (let c = 0; c < count; c++) {
      offset[c] = first + west[c];
      north[c] = shares[c] * above;
      south[c] = shares[c] * below;
      north[east + c] = shares[east + c] * above;
      south[east + c] = shares[east + c] * below;
    }
  },

  bilinearRow: (values, width, { count, offset, north, south }, scale, shift, out, at) => {
    const isRescaled = scale !== 1 || shift !== 0;
    const east = evenCount(count);
    let hasGaps = false;
    for (let c = 0; c < count; c++) {
      const p = offset[c];
      const value =
        0 +
        north[c] * values[p] +
        north[east + c] * values[p + 1] +
        south[c] * values[p + width] +
        south[east + c] * values[p + width + 1];
      if (Number.isNaN(value)) hasGaps = true;
      out[at + c] = isRescaled ? value * scale + shift : value;
    }
    return hasGaps;
  },

  product: erosionModulus,

  classify: classifyIntensity,

  sumBands: (bands, out) => {
    for (let cell = 0; cell < out.length; cell++) {
      let sum = 0;
      for (const band of bands) sum += band[cell];
      out[cell] = sum;
    }
  },

  sumCoverRatios: (at, a, b, rate) =>
    sumWeighted(at, at.cover.length, (k, cell) => clamp(1 / (a + b * exponential(rate * at.cover[k][cell])))),

  sumTabledRatios: (at) =>
    sumWeighted(at, at.cover.length, (k, cell, n) => at.ratios[at.tables[n] + at.cover[k][cell]]),

  forestBases: (count, grounds, bases, p, q) => {
    for (let n = 0; n < count; n++) bases[n] = p * exponential(q * grounds[n]);
  },

  sumForestRatios: (at, grounds, bases, r, s) =>
    sumWeighted(at, at.cover.length, (k, cell, n) => {
      const fraction = at.cover[k][cell];
      return clamp(bases[n] - r * exponential(fraction - fraction * grounds[n]) + s);
    }),
};
