import type { CellWindow } from '../../models/grid/grid-spec.ts';
import type { Allocator } from '../../models/kernels/allocator.ts';
import {
  type AnnualKernels,
  type ColumnWeights,
  evenCount,
  type RowWeights,
} from '../../models/kernels/annual-kernels.ts';
import type { PixelMap } from './pixel-map.ts';
import { bilinearAt, type SourceValues } from './samplers.ts';

/** Values of a band. A negative zero at the centre of a cell is kept, which a weighted sum would not do. */
export interface BandValues extends SourceValues {
  readonly hasNegativeZero: boolean;
}

/** Values of a band, looked through for negative zeros when that is asked for the first time. */
export function bandValues(source: SourceValues): BandValues {
  let found: boolean | undefined;
  return {
    ...source,
    get hasNegativeZero() {
      found ??= holdsNegativeZero(source);
      return found;
    },
  };
}

function holdsNegativeZero({ values }: SourceValues): boolean {
  let hasNegativeZero = false;
  if (values instanceof Float32Array) {
    const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
    for (let i = 0; i < bits.length; i++) if (bits[i] === negativeZeroBits) hasNegativeZero = true;
  } else for (let i = 0; i < values.length; i++) if (Object.is(values[i], -0)) hasNegativeZero = true;
  return hasNegativeZero;
}

const negativeZeroBits = -(2 ** 31);

/** Memory of the weights of one row at a time. */
export type RowMemory = RowWeights & ColumnWeights;

/** Memory for the weights of rows of a width. */
export function rowWeights(allocator: Allocator, width: number): RowMemory {
  const even = evenCount(width);
  return {
    count: width,
    offset: allocator.int32(even).fill(0),
    north: allocator.float64(2 * even).fill(0),
    south: allocator.float64(2 * even).fill(0),
    west: allocator.int32(even).fill(0),
    shares: allocator.float64(2 * even).fill(0),
  };
}

/** The part of the memory that a row of a width fills; what evens out its lists is zero. */
function ofWidth(memory: RowMemory, width: number): RowMemory {
  const even = evenCount(width);
  const list = <Numbers extends Int32Array | Float64Array>(numbers: Numbers, length: number): Numbers =>
    numbers.subarray(0, length) as Numbers;
  const weights: RowMemory = {
    count: width,
    offset: list(memory.offset, even),
    north: list(memory.north, 2 * even),
    south: list(memory.south, 2 * even),
    west: list(memory.west, even),
    shares: list(memory.shares, 2 * even),
  };
  if (even > width) {
    for (const numbers of [weights.offset, weights.west]) numbers[width] = 0;
    for (const numbers of [weights.north, weights.south, weights.shares])
      for (const last of [width, even + width]) numbers[last] = 0;
  }
  return weights;
}

/**
 * Where the cells of one row of a target lie among the pixels of a source window, worked out once for all its bands: the
 * north-western of the four pixel centres around each cell, and the weights of the four.
 *
 * The first weight is NaN where the four are not all inside the window. Such a cell, like one that meets a pixel without a
 * value, is interpolated by {@link bilinearAt}, which leaves pixels out and scales up the other weights. The weights are
 * products of short binary fractions and add up to 1 exactly, so elsewhere there is nothing to divide by.
 */
export class BilinearRow {
  private readonly centres: PixelMap;
  private readonly window: CellWindow;
  private readonly weights: RowMemory;
  private readonly kernels: AnnualKernels;
  /* Pixel coordinates of the cell centres, where they are needed. */
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  /* True where the cells are pixels of the source, one after another. */
  private isCopy = false;
  /* The same of the columns alone: pixel of the first within the window, else −1. */
  private firstPixel = -1;
  private current = -1;

  /** @param memory for rows of at least as many cells */
  constructor(centres: PixelMap, window: CellWindow, memory: RowMemory, kernels: AnnualKernels) {
    const { width } = centres;
    this.centres = centres;
    this.window = window;
    this.weights = ofWidth(memory, width);
    this.kernels = kernels;
    this.x = new Float64Array(width);
    this.y = new Float64Array(width);
    if (centres.separable !== undefined) this.placeColumns(centres.separable.x);
  }

  /** Moves to a row of the target. */
  moveTo(row: number): void {
    if (row === this.current) return;
    this.current = row;
    const { separable } = this.centres;
    if (separable !== undefined) {
      this.weighRow(separable.y[row]!);
      return;
    }
    this.centres.row(row, this.x, this.y);
    this.weighCells();
  }

  /**
   * Values of the row's cells: those of the sources × scale + shift, rounded to float32.
   * @param sources values of the window this row was made for, by band
   * @param out receives one value per cell and band from index `at` on, NaN for none
   */
  sample(sources: readonly BandValues[], scale: number, shift: number, out: readonly Float32Array[], at: number): void {
    const { weights } = this;
    if (this.isCopy) {
      const start = weights.offset[0]!;
      for (const [b, { values }] of sources.entries()) {
        const row = values.subarray(start, start + weights.count);
        if (scale === 1 && shift === 0) out[b]!.set(row, at);
        else for (let c = 0; c < row.length; c++) out[b]![at + c] = row[c]! * scale + shift;
      }
      return;
    }
    const { width } = this.window;
    const stored = sources.map(({ values }) => values);
    const hasGaps = this.kernels.bilinearBands(stored, width, weights, scale, shift, out, at);
    for (const [b, source] of sources.entries())
      if (hasGaps[b] || source.hasNegativeZero) this.lookAfter(source, scale, shift, out[b]!, at);
  }

  /* Cells that are no plain sum of four pixels. */
  private lookAfter(source: BandValues, scale: number, shift: number, out: Float32Array, at: number): void {
    const { x, y } = this;
    const isRescaled = scale !== 1 || shift !== 0;
    this.centres.row(this.current, x, y);
    for (let c = 0; c < x.length; c++) {
      if (!Number.isNaN(out[at + c]!) && !source.hasNegativeZero) continue;
      const value = bilinearAt(source, x[c]!, y[c]!);
      out[at + c] = isRescaled ? value * scale + shift : value;
    }
  }

  private placeColumns(x: Float64Array): void {
    const { window } = this;
    const { west, shares } = this.weights;
    const firstPixel = Math.floor(x[0]! - 0.5) - window.x0;
    const eastward = evenCount(x.length);
    let pixels = 0;
    for (let c = 0; c < x.length; c++) {
      const left = Math.floor(x[c]! - 0.5);
      const i = left - window.x0;
      const east = x[c]! - 0.5 - left;
      const hasBoth = i >= 0 && i < window.width - 1;
      west[c] = hasBoth ? i : 0;
      shares[c] = hasBoth ? 1 - east : Number.NaN;
      shares[eastward + c] = east;
      if (east === 0 && i >= 0 && i < window.width && i === firstPixel + c) pixels++;
    }
    this.firstPixel = pixels === x.length ? firstPixel : -1;
  }

  private weighRow(y: number): void {
    const { window, weights } = this;
    const top = Math.floor(y - 0.5);
    const j = top - window.y0;
    const below = y - 0.5 - top;
    this.isCopy = below === 0 && j >= 0 && j < window.height && this.firstPixel >= 0;
    if (this.isCopy) {
      weights.offset[0] = j * window.width + this.firstPixel;
      return;
    }
    const hasBoth = j >= 0 && j < window.height - 1;
    this.kernels.weighRow(weights, hasBoth ? j * window.width : 0, hasBoth ? 1 - below : Number.NaN, below, weights);
  }

  private weighCells(): void {
    const { x, y } = this;
    const { offset, north, south } = this.weights;
    const { x0, y0, width, height } = this.window;
    const east = evenCount(x.length);
    for (let c = 0; c < x.length; c++) {
      const left = Math.floor(x[c]! - 0.5);
      const top = Math.floor(y[c]! - 0.5);
      const i = left - x0;
      const j = top - y0;
      const hasFour = i >= 0 && j >= 0 && i < width - 1 && j < height - 1;
      const share = x[c]! - 0.5 - left;
      const below = y[c]! - 0.5 - top;
      offset[c] = hasFour ? j * width + i : 0;
      north[c] = hasFour ? (1 - share) * (1 - below) : Number.NaN;
      north[east + c] = share * (1 - below);
      south[c] = (1 - share) * below;
      south[east + c] = share * below;
    }
  }
}
