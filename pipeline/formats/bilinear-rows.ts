import type { CellWindow } from '../../models/grid/grid-spec.ts';
import type { Allocator } from '../../models/kernels/allocator.ts';
import type { AnnualKernels } from '../../models/kernels/annual-kernels.ts';
import {
  type CellPlaces,
  type LineRows,
  lineLength,
  type PixelRows,
  paddedCount,
} from '../../models/kernels/line-rows.ts';
import type { PixelMap } from './pixel-map.ts';
import { bilinearAt, type Rescaling, type SourceValues } from './samplers.ts';

/** Values of a band. A negative zero at the centre of a cell is kept, which a step away from it would not do. */
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

/** Memory of the places of some rows of cells. */
export interface RowMemory extends PixelRows, CellPlaces {
  readonly rows: number;
  /** Of the columns of an upright grid. */
  readonly place: Int32Array;
  readonly share: Float64Array;
  /** Of cells that are places themselves. */
  readonly cellPlace: Int32Array;
  readonly cellShare: Float64Array;
}

/** Memory for the places of some rows at once, up to a width. */
export const rowMemory = (allocator: Allocator, width: number, rows: number): RowMemory => ({
  rows,
  place: allocator.int32(paddedCount(width)),
  share: allocator.float64(paddedCount(width)),
  cellPlace: allocator.int32(paddedCount(width)),
  cellShare: allocator.float64(paddedCount(rows * width) + 3),
  first: allocator.int32(rows),
  below: allocator.float64(rows * width),
  offset: allocator.int32(rows * width),
});

/** Numbers that lines of some rows take, and of one more, which is worked on beside them. */
export const linesLength = (rows: number, width: number, pixels: number, bands: number): number =>
  lineLength((rows + 1) * Math.max(width, pixels), bands);

/**
 * Rows of a target among the pixels of a source window, worked out once for all its bands, as {@link bilinearAt} has it:
 * pixels are brought onto the height of the cells and cells lie on straight lines between them. On an upright grid that is
 * done once for a row of pixels, elsewhere for each cell.
 *
 * A cell that is not among four pixels with values has no place on a line; it is interpolated by {@link bilinearAt} itself.
 */
export class BilinearRows {
  private readonly centres: PixelMap;
  private readonly window: CellWindow;
  private readonly memory: RowMemory;
  private readonly kernels: AnnualKernels;
  /* Pixel coordinates of the cell centres of a row, where they are needed. */
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  /* True when any column has no place. */
  private hasGaps = false;
  /* Where the cells are pixels of the source: that of the first column within the window; else −1. */
  private firstPixel = -1;

  /** @param memory for rows of at least as many cells */
  constructor(centres: PixelMap, window: CellWindow, memory: RowMemory, kernels: AnnualKernels) {
    const { width, separable } = centres;
    this.centres = centres;
    this.window = window;
    this.memory = memory;
    this.kernels = kernels;
    this.x = new Float64Array(width);
    this.y = new Float64Array(width);
    for (const list of [memory.place, memory.share, memory.cellPlace]) list.fill(0);
    for (let c = 0; c < width; c++) memory.cellPlace[c] = c;
    if (separable !== undefined) this.placeColumns(separable.x, separable.y);
  }

  /**
   * Values of rows: those of the sources rescaled, rounded to float32.
   * @param sources values of the window the rows were made for, by band
   * @param line memory of lines
   * @param out receives the values of each band, row by row, NaN for none
   */
  sample(
    sources: readonly BandValues[],
    rescaling: Rescaling,
    first: number,
    count: number,
    line: Float64Array,
    out: readonly Float32Array[],
  ): void {
    if (this.firstPixel >= 0) {
      this.copy(sources, rescaling, first, count, out);
      return;
    }
    const { width } = this.centres;
    const { rows: most } = this.memory;
    for (let done = 0; done < count; done += most) {
      const rows = Math.min(most, count - done);
      const { lines } = this.lines(sources, rescaling, first + done, rows, line);
      const hasGaps = this.kernels.alongLines(lines, out, done * width);
      for (const [b, source] of sources.entries())
        if (hasGaps[b] || source.hasNegativeZero)
          this.lookAfter(source, rescaling, first + done, rows, out[b]!, done * width);
    }
  }

  /** Lines of no more rows than there is memory for; undefined where a pixel among them may have no value. */
  plainLines(
    sources: readonly SourceValues[],
    rescaling: Rescaling,
    first: number,
    count: number,
    line: Float64Array,
  ): LineRows | undefined {
    const { lines, hasGaps } = this.lines(sources, rescaling, first, count, line);
    return hasGaps ? undefined : lines;
  }

  /** The same in any case: a cell that is not among four pixels with values is a place by itself. */
  allLines(
    sources: readonly SourceValues[],
    rescaling: Rescaling,
    first: number,
    count: number,
    line: Float64Array,
  ): LineRows {
    return (
      this.plainLines(sources, rescaling, first, count, line) ??
      this.linesByCell(sources, rescaling, first, count, line)
    );
  }

  private lines(
    sources: readonly SourceValues[],
    { scale, shift }: Rescaling,
    first: number,
    count: number,
    line: Float64Array,
  ): { lines: LineRows; hasGaps: boolean } {
    const { window, memory, kernels } = this;
    const { width, separable } = this.centres;
    const values = sources.map((source) => source.values);
    if (separable === undefined) {
      this.placeCells(first, count);
      const hasGaps = kernels.linesOfCells(values, window.width, memory, count * width, scale, shift, line);
      return { lines: this.cellLines(values.length, count, line), hasGaps };
    }
    const { place, share } = memory;
    const rows = { bands: values.length, width, rows: count, place, share, line };
    for (let r = 0; r < count; r++) this.placeRow(separable.y[first + r]!, r);
    const hasGaps = kernels.linesOfPixels(values, window.width, memory, count, scale, shift, line);
    return { lines: { ...rows, shareStep: 0, places: window.width }, hasGaps: hasGaps || this.hasGaps };
  }

  private cellLines(bands: number, rows: number, line: Float64Array): LineRows {
    const { cellPlace: place, cellShare: share } = this.memory;
    const { width } = this.centres;
    return { bands, width, rows, place, share, shareStep: width, places: width, line };
  }

  /* Cells take what they need from the line of their row, which lies behind them in the memory. */
  private linesByCell(
    sources: readonly SourceValues[],
    rescaling: Rescaling,
    first: number,
    count: number,
    line: Float64Array,
  ): LineRows {
    const { x, y } = this;
    const { width } = this.centres;
    const numbers = 2 * sources.length;
    const behind = count * width * numbers;
    const shares = new Float64Array(count * width);
    for (let r = 0, cell = 0; r < count; r++) {
      const { lines } = this.lines(sources, rescaling, first + r, 1, line.subarray(behind));
      const gaps = placesWithGaps(lines);
      this.centres.row(first + r, x, y);
      for (let c = 0; c < width; c++, cell++) {
        const at = lines.place[c]!;
        if (gaps[at] === 0 && !Number.isNaN(lines.share[c]!)) {
          line.copyWithin(cell * numbers, behind + at * numbers, behind + (at + 1) * numbers);
          shares[cell] = lines.share[c]!;
        } else
          for (const [b, source] of sources.entries()) {
            line[cell * numbers + 2 * b] = bilinearAt(source, x[c]!, y[c]!, rescaling);
            line[cell * numbers + 2 * b + 1] = 0;
          }
      }
    }
    this.memory.cellShare.set(shares);
    return this.cellLines(sources.length, count, line);
  }

  /* Rows of cells that are pixels of the source. */
  private copy(
    sources: readonly BandValues[],
    { scale, shift }: Rescaling,
    first: number,
    count: number,
    out: readonly Float32Array[],
  ): void {
    const { window, firstPixel } = this;
    const { width, separable } = this.centres;
    const isRescaled = scale !== 1 || shift !== 0;
    for (let r = 0; r < count; r++) {
      const j = Math.floor(separable!.y[first + r]!) - window.y0;
      const start = j * window.width + firstPixel;
      const isInside = j >= 0 && j < window.height;
      for (const [b, { values }] of sources.entries()) {
        const cells = out[b]!.subarray(r * width, (r + 1) * width);
        if (!isInside) cells.fill(Number.NaN);
        else if (!isRescaled) cells.set(values.subarray(start, start + width));
        else for (let c = 0; c < width; c++) cells[c] = values[start + c]! * scale + shift;
      }
    }
  }

  /* Cells that have no value on a line. */
  private lookAfter(
    source: BandValues,
    rescaling: Rescaling,
    first: number,
    count: number,
    out: Float32Array,
    at: number,
  ): void {
    const { x, y } = this;
    for (let r = 0; r < count; r++) {
      this.centres.row(first + r, x, y);
      for (let c = 0, cell = at + r * x.length; c < x.length; c++, cell++)
        if (Number.isNaN(out[cell]!) || source.hasNegativeZero) out[cell] = bilinearAt(source, x[c]!, y[c]!, rescaling);
    }
  }

  private placeColumns(x: Float64Array, y: Float64Array): void {
    const { window } = this;
    const { place, share } = this.memory;
    const firstPixel = Math.floor(x[0]!) - window.x0;
    let pixels = 0;
    for (let c = 0; c < x.length; c++) {
      const left = Math.floor(x[c]! - 0.5);
      const i = left - window.x0;
      const hasBoth = i >= 0 && i < window.width - 1;
      place[c] = hasBoth ? i : 0;
      share[c] = hasBoth ? x[c]! - 0.5 - left : Number.NaN;
      if (!hasBoth) this.hasGaps = true;
      if (x[c]! - 0.5 === left && i >= 0 && i < window.width && i === firstPixel + c) pixels++;
    }
    if (pixels === x.length && y.every((each) => each - 0.5 === Math.floor(each - 0.5))) this.firstPixel = firstPixel;
  }

  private placeRow(y: number, row: number): void {
    const { window } = this;
    const { first, below } = this.memory;
    const top = Math.floor(y - 0.5);
    const j = top - window.y0;
    const hasBoth = j >= 0 && j < window.height - 1;
    first[row] = hasBoth ? j * window.width : 0;
    below[row] = hasBoth ? y - 0.5 - top : Number.NaN;
  }

  private placeCells(firstRow: number, count: number): void {
    const { x, y } = this;
    const { offset, below, cellShare } = this.memory;
    const { x0, y0, width, height } = this.window;
    for (let r = 0, cell = 0; r < count; r++) {
      this.centres.row(firstRow + r, x, y);
      for (let c = 0; c < x.length; c++, cell++) {
        const left = Math.floor(x[c]! - 0.5);
        const top = Math.floor(y[c]! - 0.5);
        const i = left - x0;
        const j = top - y0;
        const hasFour = i >= 0 && j >= 0 && i < width - 1 && j < height - 1;
        offset[cell] = hasFour ? j * width + i : 0;
        below[cell] = hasFour ? y[c]! - 0.5 - top : Number.NaN;
        cellShare[cell] = x[c]! - 0.5 - left;
      }
    }
  }
}

/** By place of one row, 1 where a band has no value there or no step from there. */
function placesWithGaps({ line, places, bands }: LineRows): Uint8Array {
  const gaps = new Uint8Array(places);
  for (let n = 0; n < 2 * places * bands; n++) if (Number.isNaN(line[n]!)) gaps[Math.floor(n / (2 * bands))] = 1;
  return gaps;
}
