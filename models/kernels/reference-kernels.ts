import { commonCauses, settleCauses } from '../erosion/annual-erosion.ts';
import { classifyIntensity } from '../erosion/classify-sl190.ts';
import { erosionModulus, factorProduct } from '../erosion/soil-loss.ts';
import type { AnnualKernels } from './annual-kernels.ts';
import { countCells } from './cell-counts.ts';
import { slotsOfCells } from './cell-slots.ts';
import { erodibilityEpic } from './epic-erodibility.ts';
import { seasonalPractice, tabledPractice } from './half-month-kernels.ts';
import { keepFloats } from './keep-floats.ts';
import { alongLines, linesOfCells, linesOfPixels, sumLines } from './line-rows.ts';

/** The kernels in TypeScript: the norm, and what runs where the compiled ones are not at hand. */
export const referenceKernels: AnnualKernels = {
  linesOfPixels,
  linesOfCells,
  alongLines,
  sumLines,

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

  evaluateCommon: (layers, { product, cause }) => {
    const { rainfallErosivity, soilErodibility, slopeLengthFactor, slopeSteepnessFactor } = layers;
    factorProduct([rainfallErosivity, soilErodibility, slopeLengthFactor, slopeSteepnessFactor], product);
    commonCauses(layers, cause);
  },

  evaluate: (common, tolerance, practices, { modulus, intensity, cause }) => {
    erosionModulus([common.product, ...practices.map(({ values }) => values)], modulus);
    settleCauses(common.cause, practices, modulus, cause);
    classifyIntensity(modulus, tolerance, intensity);
  },

  slotsOfCells,
  countCells,

  tabledPractice,
  seasonalPractice,
};
