/**
 * Rows of cells whose values change in a straight line from place to place along each row: pixels brought onto the row's
 * height, with the cells between them.
 *
 * The value of a cell in a band is west + share·step, in double precision, where west is the value at its place and step what
 * the next place has more.
 */
export interface LineRows {
  readonly bands: number;
  /** Cells of a row, and rows. */
  readonly width: number;
  readonly rows: number;
  /** By column: the place at the cell or to its west, among those of its row. Zeros follow up to {@link paddedCount}. */
  readonly place: Int32Array;
  /** How far a cell is from its place to the next, 0–1, NaN for none: by column, or by cell where `shareStep` is the width. */
  readonly share: Float64Array;
  readonly shareStep: number;
  /** Places of a row; 0 where all rows have the same. */
  readonly places: number;
  /** West and step of each band of each place of each row. */
  readonly line: Float64Array;
}

/** The two rows of pixels around each of some rows of cells. */
export interface PixelRows {
  /** Index of the first pixel of the row to the north. */
  readonly first: Int32Array;
  /** How far the cells lie below it, in pixels; NaN where one of the two rows of pixels is missing. */
  readonly below: Float64Array;
}

/** Where single cells lie among pixels. */
export interface CellPlaces {
  /** Index of the pixel to the north-west. */
  readonly offset: Int32Array;
  /** How far the cell lies below it, in pixels; NaN where one of the four pixels around it is missing. */
  readonly below: Float64Array;
}

type Values = Float32Array | Float64Array;

/** Length of a list of places for rows of a width. */
export const paddedCount = (width: number): number => 4 * Math.ceil(width / 4);

/** Numbers that some lines take, with one place more, which kernels may write to. */
export const lineLength = (places: number, bands: number): number => 2 * (places + 1) * bands;

/**
 * Lines of rows of an upright grid, of which each pixel is a place; the last place of a row has no step.
 * @param values of a window of pixels, by band
 * @param width pixels of a row of the window
 * @param scale pixels × scale + shift are what the lines hold
 * @returns true when any pixel among them has no value
 */
export function linesOfPixels(
  values: readonly Values[],
  width: number,
  { first, below }: PixelRows,
  rows: number,
  scale: number,
  shift: number,
  line: Float64Array,
): boolean {
  const bands = values.length;
  let hasGaps = false;
  for (let row = 0; row < rows; row++)
    for (let band = 0; band < bands; band++) {
      const at = (p: number): number => 2 * ((row * width + p) * bands + band);
      const pixels = values[band];
      for (let p = 0; p < width; p++) {
        const north = pixels[first[row] + p];
        const south = pixels[first[row] + width + p];
        const value = (north + below[row] * (south - north)) * scale + shift;
        if (Number.isNaN(value)) hasGaps = true;
        line[at(p)] = value;
        if (p > 0) line[at(p - 1) + 1] = value - line[at(p - 1)];
      }
      line[at(width - 1) + 1] = 0;
    }
  return hasGaps;
}

/**
 * Lines of cells of a grid that is not upright, of which each is a place with a step of its own.
 * @returns true when any cell is not among four pixels with values
 */
export function linesOfCells(
  values: readonly Values[],
  width: number,
  { offset, below }: CellPlaces,
  cells: number,
  scale: number,
  shift: number,
  line: Float64Array,
): boolean {
  const bands = values.length;
  let hasGaps = false;
  for (let cell = 0; cell < cells; cell++)
    for (let band = 0; band < bands; band++) {
      const pixels = values[band];
      const value = (p: number): number => {
        const north = pixels[p];
        return (north + below[cell] * (pixels[p + width] - north)) * scale + shift;
      };
      const west = value(offset[cell]);
      const step = value(offset[cell] + 1) - west;
      if (Number.isNaN(step)) hasGaps = true;
      line[2 * (cell * bands + band)] = west;
      line[2 * (cell * bands + band) + 1] = step;
    }
  return hasGaps;
}

/** Memory of lines of cells that are places themselves. */
export interface LineRoom {
  readonly place: Int32Array;
  readonly share: Float64Array;
  readonly line: Float64Array;
}

/** Lines of values that are known by cell. */
export function linesOfValues(
  bands: readonly Float32Array[],
  width: number,
  { place, share, line }: LineRoom,
): LineRows {
  const cells = bands[0].length;
  place.fill(0);
  for (let column = 0; column < width; column++) place[column] = column;
  share.fill(0, 0, width);
  for (const [band, values] of bands.entries())
    for (let cell = 0; cell < cells; cell++) {
      const at = 2 * (cell * bands.length + band);
      line[at] = values[cell];
      line[at + 1] = 0;
    }
  return { bands: bands.length, width, rows: cells / width, place, share, shareStep: 0, places: width, line };
}

/**
 * Values of the cells, rounded to float32.
 * @param out receives the rows of each band, one after another, from index `at` on
 * @returns by band, true when any of its values is NaN
 */
export function alongLines(rows: LineRows, out: readonly Float32Array[], at: number): boolean[] {
  return Array.from({ length: rows.bands }, (_, band) => {
    let hasGaps = false;
    for (let row = 0; row < rows.rows; row++)
      for (let column = 0; column < rows.width; column++) {
        const value = valueOfLine(rows, band, row, column);
        if (Number.isNaN(value)) hasGaps = true;
        out[band][at + row * rows.width + column] = value;
      }
    return hasGaps;
  });
}

/** The value of one cell in a band. */
export function valueOfLine(
  { line, place, share, shareStep, places, bands }: LineRows,
  band: number,
  row: number,
  column: number,
): number {
  const at = 2 * ((row * places + place[column]) * bands + band);
  return line[at] + share[row * shareStep + column] * line[at + 1];
}

/** Lines of the sums of all bands, in their order. */
export function sumLines({ line, places, rows, bands }: LineRows, sums: Float64Array): void {
  for (let n = 0; n < places * rows; n++) {
    let west = 0;
    let step = 0;
    for (let band = 0; band < bands; band++) {
      west += line[2 * (n * bands + band)];
      step += line[2 * (n * bands + band) + 1];
    }
    sums[2 * n] = west;
    sums[2 * n + 1] = step;
  }
}
