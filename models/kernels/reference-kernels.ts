import { settleCauses } from '../erosion/annual-erosion.ts';
import { classifyIntensity } from '../erosion/classify-sl190.ts';
import { erosionModulus } from '../erosion/soil-loss.ts';
import {
  type AnnualKernels,
  evenCount,
  type RowWeights,
  type SeasonalCells,
  type TabledCells,
} from './annual-kernels.ts';
import { countCells } from './cell-counts.ts';
import { erodibilityEpic } from './epic-erodibility.ts';
import { exponential } from './exponential.ts';
import { keepFloats } from './keep-floats.ts';

const clamp = (ratio: number): number => Math.min(1, Math.max(0, ratio));

/**
 * Σ SLR·R/R of the year. Without erosive rain R is 0 and so is A, whatever B: the half-months then weigh alike.
 * @param erosivity R of the half-months by cell
 * @param ratio SLR of a half-month
 */
function weightedMean(
  halfMonths: number,
  erosivity: readonly Float32Array[] | undefined,
  cell: number,
  total: number,
  ratio: (k: number) => number,
): number {
  const isRainy = total > 0 && erosivity !== undefined;
  let sum = 0;
  for (let k = 0; k < halfMonths; k++) sum += ratio(k) * (isRainy ? erosivity[k][cell] : 1 / 24);
  return isRainy ? sum / total : sum;
}

/** The same by listed cell. @param ratio SLR of a half-month and cell, the n-th of the list */
function sumWeighted(
  { cells, count, erosivity, totals, sums }: SeasonalCells,
  halfMonths: number,
  ratio: (k: number, cell: number, n: number) => number,
): void {
  for (let n = 0; n < count; n++)
    sums[n] = weightedMean(halfMonths, erosivity, cells[n], totals[n], (k) => ratio(k, cells[n], n));
}

function tabledPractice(at: TabledCells, out: Float32Array): boolean {
  const { landUse, starts, steps, ground, cover, erosivity, annual, ratios } = at;
  let isMissing = false;
  for (let cell = 0; cell < out.length; cell++) {
    const code = landUse[cell];
    if (starts[code] < 0) continue;
    const table = starts[code] + (ground === undefined ? 0 : steps[code] * ground[cell]);
    const ratio = (k: number): number => ratios[table + cover[k][cell]];
    const value = weightedMean(cover.length, erosivity, cell, annual[cell], ratio);
    out[cell] = Number.isNaN(value) ? Number.NaN : value;
    if (Number.isNaN(value)) isMissing = true;
  }
  return isMissing;
}

/** Bilinear values of a row of one band; true when any of them is NaN. */
function bilinearRow(
  values: Float32Array | Float64Array,
  width: number,
  { count, offset, north, south }: RowWeights,
  scale: number,
  shift: number,
  out: Float32Array,
  at: number,
): boolean {
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

  bilinearBands: (values, width, weights, scale, shift, out, at) =>
    values.map((band, b) => bilinearRow(band, width, weights, scale, shift, out[b], at)),

  keepFloats,

  erodibilityEpic,

  mapBytes: (codes, table, out) => {
    for (let cell = 0; cell < out.length; cell++) out[cell] = table[codes[cell]];
  },

  valuesOfBytes: (codes, table, out) => {
    for (let cell = 0; cell < out.length; cell++) out[cell] = table[codes[cell]];
  },

  valuesOfIndices: (index, table, out) => {
    for (let cell = 0; cell < out.length; cell++) out[cell] = table[index[cell]];
  },

  valuesOfIndicesByCode: (codes, starts, index, table, out) => {
    for (let cell = 0; cell < out.length; cell++) out[cell] = table[starts[codes[cell]] + index[cell]];
  },

  anyOfBytes: (codes, marks) => {
    let met = 0;
    for (let cell = 0; cell < codes.length; cell++) met |= marks[codes[cell]];
    return met;
  },

  evaluate: (factors, layers, practices, { modulus, intensity, cause }) => {
    erosionModulus(factors, modulus);
    settleCauses(layers, practices, modulus, cause);
    classifyIntensity(modulus, layers.tolerance, intensity);
  },

  countCells,

  sumBands: (bands, out) => {
    for (let cell = 0; cell < out.length; cell++) {
      let sum = 0;
      for (const band of bands) sum += band[cell];
      out[cell] = sum;
    }
  },

  sumCoverRatios: (at, a, b, rate) =>
    sumWeighted(at, at.cover.length, (k, cell) => clamp(1 / (a + b * exponential(rate * at.cover[k][cell])))),

  tabledPractice,

  forestBases: (count, grounds, bases, p, q) => {
    for (let n = 0; n < count; n++) bases[n] = p * exponential(q * grounds[n]);
  },

  sumForestRatios: (at, grounds, bases, r, s) =>
    sumWeighted(at, at.cover.length, (k, cell, n) => {
      const fraction = at.cover[k][cell];
      return clamp(bases[n] - r * exponential(fraction - fraction * grounds[n]) + s);
    }),
};
