import type { CellWindow } from '../../models/grid/grid-spec.ts';
import type { PixelMap } from './pixel-map.ts';
import { bilinearAt, type SourceValues } from './samplers.ts';

/** Values of a band. A negative zero at the centre of a cell is kept, which a weighted sum would not do. */
export interface BandValues extends SourceValues {
  readonly hasNegativeZero: boolean;
}

/** Values of a band, looked through for negative zeros. */
export function bandValues(source: SourceValues): BandValues {
  return { ...source, hasNegativeZero: source.values.some((value) => value === 0 && Object.is(value, -0)) };
}

/**
 * Where the cells of one row of a target lie among the pixels of a source window, worked out once for all its bands: the
 * north-western of the four pixel centres around each cell, and the weights of the four.
 *
 * The north-western weight is NaN where the four are not all inside the window. Such a cell, like one that meets a pixel
 * without a value, is interpolated by {@link bilinearAt}, which leaves pixels out and scales up the other weights.
 */
export class BilinearRow {
  /** Pixel coordinates of the cell centres. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Index of the north-western pixel in the source window. */
  readonly offset: Int32Array;
  readonly northWest: Float64Array;
  readonly northEast: Float64Array;
  readonly southWest: Float64Array;
  readonly southEast: Float64Array;
  private readonly centres: PixelMap;
  private readonly window: CellWindow;
  /* By column: pixel to the west within the window, −1 outside; share of the pixel to the east. */
  private readonly west: Int32Array;
  private readonly east: Float64Array;
  private isCopy = false;
  private current = -1;

  constructor(centres: PixelMap, window: CellWindow) {
    const { width } = centres;
    this.centres = centres;
    this.window = window;
    this.x = new Float64Array(width);
    this.y = new Float64Array(width);
    this.offset = new Int32Array(width);
    this.northWest = new Float64Array(width);
    this.northEast = new Float64Array(width);
    this.southWest = new Float64Array(width);
    this.southEast = new Float64Array(width);
    this.west = new Int32Array(width);
    this.east = new Float64Array(width);
    if (centres.separable !== undefined) this.placeColumns(centres.separable.x);
  }

  /** Moves to a row of the target. */
  moveTo(row: number): void {
    if (row === this.current) return;
    this.current = row;
    this.centres.row(row, this.x, this.y);
    const { separable } = this.centres;
    if (separable === undefined) this.weighCells();
    else this.weighRow(separable.y[row]!);
  }

  /**
   * Values of the row's cells: those of the source × scale + shift, rounded to float32.
   * @param source values of the window this row was made for
   * @param out receives one value per cell from index `at` on, NaN for none
   */
  sample(source: BandValues, scale: number, shift: number, out: Float32Array, at: number): void {
    const { offset, northWest, northEast, southWest, southEast, x, y } = this;
    const { values, width } = source;
    const cells = x.length;
    const rescaled = scale !== 1 || shift !== 0;
    if (this.isCopy) {
      for (let c = 0; c < cells; c++) {
        const value = values[offset[c]!]!;
        out[at + c] = rescaled ? value * scale + shift : value;
      }
      return;
    }
    for (let c = 0; c < cells; c++) {
      const p = offset[c]!;
      // Weights are products of short binary fractions and add up to 1 exactly: there is nothing to divide by.
      let value =
        0 +
        northWest[c]! * values[p]! +
        northEast[c]! * values[p + 1]! +
        southWest[c]! * values[p + width]! +
        southEast[c]! * values[p + width + 1]!;
      if (Number.isNaN(value) || source.hasNegativeZero) value = bilinearAt(source, x[c]!, y[c]!);
      out[at + c] = rescaled ? value * scale + shift : value;
    }
  }

  private placeColumns(x: Float64Array): void {
    const { west, east, window } = this;
    for (let c = 0; c < x.length; c++) {
      const left = Math.floor(x[c]! - 0.5);
      const i = left - window.x0;
      west[c] = i >= 0 && i < window.width - 1 ? i : -1;
      east[c] = x[c]! - 0.5 - left;
    }
  }

  private weighRow(y: number): void {
    const { offset, northWest, northEast, southWest, southEast, west, east, window } = this;
    const top = Math.floor(y - 0.5);
    const j = top - window.y0;
    const south = y - 0.5 - top;
    const north = 1 - south;
    const isInside = j >= 0 && j < window.height - 1;
    const first = isInside ? j * window.width : 0;
    let copies = 0;
    for (let c = 0; c < offset.length; c++) {
      const i = west[c]!;
      const share = east[c]!;
      if (share === 0 && south === 0 && i >= 0) copies++;
      offset[c] = i < 0 || !isInside ? 0 : first + i;
      northWest[c] = i < 0 || !isInside ? Number.NaN : (1 - share) * north;
      northEast[c] = share * north;
      southWest[c] = (1 - share) * south;
      southEast[c] = share * south;
    }
    this.isCopy = isInside && copies === offset.length;
  }

  private weighCells(): void {
    const { x, y, offset, northWest, northEast, southWest, southEast, window } = this;
    const { x0, y0, width, height } = window;
    for (let c = 0; c < x.length; c++) {
      const left = Math.floor(x[c]! - 0.5);
      const top = Math.floor(y[c]! - 0.5);
      const i = left - x0;
      const j = top - y0;
      const isInside = i >= 0 && j >= 0 && i < width - 1 && j < height - 1;
      const share = x[c]! - 0.5 - left;
      const south = y[c]! - 0.5 - top;
      offset[c] = isInside ? j * width + i : 0;
      northWest[c] = isInside ? (1 - share) * (1 - south) : Number.NaN;
      northEast[c] = share * (1 - south);
      southWest[c] = (1 - share) * south;
      southEast[c] = share * south;
    }
  }
}
