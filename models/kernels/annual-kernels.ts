import type { CommonLayers, PracticeLayer } from '../erosion/annual-erosion.ts';
import type { CountedCells, CountingMemory } from './cell-counts.ts';
import type { ErodibilityLine, TextureLayers } from './epic-erodibility.ts';
import type { ValidRange } from './keep-floats.ts';

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
  /** Receives Σ SLR·R/R of the year by listed cell. */
  readonly sums: Float64Array;
}

export interface HalfMonthCells extends SeasonalCells {
  /** FVC of the half-months, fractions, by cell of the layer. */
  readonly cover: readonly Float32Array[];
}

/** Cells one after another whose B follows bytes of cover, among others. */
export interface TabledCells {
  /** Codes, and by code where the tables of the land use start; below 0 where it has none. */
  readonly landUse: Uint8Array;
  readonly starts: Int32Array;
  /** By code how much further on the table of each byte of understorey starts. */
  readonly steps: Int32Array;
  /** Bytes of understorey; undefined where it is the same everywhere. */
  readonly ground: Uint8Array | undefined;
  /** Cover of the half-months, bytes. */
  readonly cover: readonly Uint8Array[];
  /** R of the half-months; undefined where half-months weigh alike. */
  readonly erosivity: readonly Float32Array[] | undefined;
  /** R of the year. */
  readonly annual: Float32Array;
  /** SLR of each byte of cover, 256 numbers a table. */
  readonly ratios: Float64Array;
}

/** What the equation gives, one value per cell. */
export interface EquationLayers {
  /** t·km⁻²·a⁻¹, NaN = nodata. */
  readonly modulus: Float32Array;
  /** 1–6, 0 = nodata. */
  readonly intensity: Uint8Array;
  readonly cause: Uint8Array;
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

/** The hot loops of the annual pass. Every implementation gives the bits of `referenceKernels`. */
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
   * @param values of the window of pixels, by band
   * @param out receives the row of each band from index `at` on
   * @returns by band, true when any of its values is NaN
   */
  bilinearBands(
    values: readonly (Float32Array | Float64Array)[],
    width: number,
    weights: RowWeights,
    scale: number,
    shift: number,
    out: readonly Float32Array[],
    at: number,
  ): boolean[];
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
  /**
   * Erosion modulus, t/(km²·a), with the intensity class 1–6 and the cause of nodata of each cell: `erosionModulus`,
   * `settleCauses` and `classifyIntensity` of models/erosion. Cells without a modulus have NaN and class 0.
   * @param factors in the order of the equation
   */
  evaluate(
    factors: readonly Float32Array[],
    layers: CommonLayers,
    practices: readonly PracticeLayer[],
    out: EquationLayers,
  ): void;
  /**
   * Counts cells by zones, land use, slope band and outcome.
   * @param tuples how many zone tuples the memory holds
   * @returns the first cell that was not counted, because its zones are not held, its land use has no block or it is not as
   *   {@link CountedCells} says; `to` when all were
   */
  countCells(cells: CountedCells, from: number, to: number, memory: CountingMemory, tuples: number): number;
  /** Sum over the bands of each cell in double precision, rounded to float32. */
  sumBands(bands: readonly Float32Array[], out: Float32Array): void;
  /** Mean over the half-months, by weight, of SLR = 1/(a + b·e^(rate·FVC)), held to 0–1. */
  sumCoverRatios(at: HalfMonthCells, a: number, b: number, rate: number): void;
  /**
   * B of cells whose land use has tables of SLR: weighted by half-months and rounded to float32. Others keep what they have.
   * @returns true when any of the former has none
   */
  tabledPractice(at: TabledCells, out: Float32Array): boolean;
  /** p·e^(q·GD) by listed cell. */
  forestBases(count: number, grounds: Float64Array, bases: Float64Array, p: number, q: number): void;
  /** The same for SLR = base − r·e^(FVC − FVC·GD) + s, held to 0–1. */
  sumForestRatios(at: HalfMonthCells, grounds: Float64Array, bases: Float64Array, r: number, s: number): void;
}
