import type { CommonLayers, EquationLayers, PracticeLayer } from '../erosion/annual-erosion.ts';
import type { countCells } from './cell-counts.ts';
import type { slotsOfCells } from './cell-slots.ts';
import type { ErodibilityLine, TextureLayers } from './epic-erodibility.ts';
import type { seasonalPractice, tabledPractice } from './half-month-kernels.ts';
import type { ValidRange } from './keep-floats.ts';
import type { alongLines, linesOfCells, linesOfPixels, sumLines } from './line-rows.ts';

/** What the equation of a run and those of its scenarios have in common, one value per cell. */
export interface CommonResult {
  /** R·K·L·S, NaN = nodata. */
  readonly product: Float32Array;
  /** Why there is no modulus whatever the practices; 0 where nothing but these is in the way. */
  readonly cause: Uint8Array;
}

/** The hot loops of the annual pass. Every implementation gives the bits of `referenceKernels`. */
export interface AnnualKernels {
  /** Lines of rows of an upright grid: models/kernels/line-rows.ts, as are the next three. */
  linesOfPixels: typeof linesOfPixels;
  linesOfCells: typeof linesOfCells;
  alongLines: typeof alongLines;
  sumLines: typeof sumLines;
  /** Puts NaN in the place of values that are nodata, beyond all measure or outside a range. */
  keepFloats(values: Float32Array, nodata: number, range: ValidRange): void;
  /** K of the EPIC model from texture: models/kernels/epic-erodibility.ts. */
  erodibilityEpic(layers: TextureLayers, line: ErodibilityLine, out: Float32Array): void;
  /** Bytes through a table of 256. */
  mapBytes(codes: Uint8Array, table: Uint8Array, out: Uint8Array): void;
  /** Values of bytes from a table of 256. */
  valuesOfBytes(codes: Uint8Array, table: Float32Array, out: Float32Array): void;
  /** Values of indices from a table that holds them all. */
  valuesOfIndices(index: Uint16Array, table: Float32Array, out: Float32Array): void;
  /**
   * Values of indices from a table for each code.
   * @param starts where the table of each of 256 codes starts
   */
  valuesOfIndicesByCode(
    codes: Uint8Array,
    starts: Int32Array,
    index: Uint16Array,
    table: Float32Array,
    out: Float32Array,
  ): void;
  /** Marks of all bytes, from a table of 256, or-ed together. */
  anyOfBytes(codes: Uint8Array, marks: Uint8Array): number;
  /** What variants of the equation start from: `factorProduct` and `commonCauses` of models/erosion. */
  evaluateCommon(layers: CommonLayers, out: CommonResult): void;
  /**
   * Erosion modulus, t/(km²·a), with the intensity class 1–6 and the cause of nodata of each cell: `erosionModulus`,
   * `settleCauses` and `classifyIntensity` of models/erosion. Cells without a modulus have NaN and class 0.
   * @param practices in the order of the equation
   */
  evaluate(
    common: CommonResult,
    tolerance: Float32Array,
    practices: readonly PracticeLayer[],
    out: EquationLayers,
  ): void;
  /** Where cells count, and counting them there: models/kernels/cell-slots.ts, cell-counts.ts. */
  slotsOfCells: typeof slotsOfCells;
  countCells: typeof countCells;
  /** B from bytes of cover, and from fractions: models/kernels/half-month-kernels.ts. */
  tabledPractice: typeof tabledPractice;
  seasonalPractice: typeof seasonalPractice;
}
