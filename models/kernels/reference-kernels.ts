import { settleCauses } from '../erosion/annual-erosion.ts';
import { classifyIntensity } from '../erosion/classify-sl190.ts';
import { erosionModulus } from '../erosion/soil-loss.ts';
import { type AnnualKernels, evenCount, type SeasonalCells } from './annual-kernels.ts';
import { countCells } from './cell-counts.ts';
import { erodibilityEpic } from './epic-erodibility.ts';
import { exponential } from './exponential.ts';
import { keepFloats } from './keep-floats.ts';

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

  endOfRun: (values, from, to) => {
    const first = values[from];
    let end = from + 1;
    while (end < to && values[end] === first) end++;
    return end;
  },

  product: erosionModulus,

  settleCauses: (layers, practices, modulus, out) => void settleCauses(layers, practices, modulus, out),

  classify: classifyIntensity,

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
