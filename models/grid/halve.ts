/**
 * Halves a raster for an overview: each result cell stands for up to 2 × 2 cells, fewer at odd edges.
 *
 * The mean of the cells that have a value, summed row by row in double precision and rounded to float32; NaN where none has.
 * @param values row-major, NaN = nodata
 * @returns ceil(width/2) × ceil(height/2) cells
 */
export function halveByMean(values: Float32Array, width: number, height: number): Float32Array {
  const columns = Math.ceil(width / 2);
  const rows = Math.ceil(height / 2);
  const out = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const rowsHere = Math.min(2, height - 2 * row);
    const pairs = rowsHere === 2 ? width >> 1 : 0;
    let north = 2 * row * width;
    for (let column = 0; column < columns; column++, north += 2) {
      // Nearly everywhere there are four cells, all with values: their sum is then a number.
      const sum =
        column < pairs
          ? values[north] + values[north + 1] + values[north + width] + values[north + width + 1]
          : Number.NaN;
      const columnsHere = Math.min(2, width - 2 * column);
      out[row * columns + column] = Number.isNaN(sum)
        ? meanOfSome(values, width, north, columnsHere, rowsHere)
        : sum / 4;
    }
  }
  return out;
}

/** Mean of those that have a value, of up to 2 × 2 cells from an index on. */
function meanOfSome(values: Float32Array, width: number, first: number, columns: number, rows: number): number {
  let sum = 0;
  let count = 0;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const value = values[first + row * width + column];
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
  return count === 0 ? Number.NaN : sum / count;
}

/**
 * The same for codes: the most frequent one, the first in reading order among equals.
 * @param nodata code that counts only where there is no other; undefined when every code is a value
 */
export function halveByMode(codes: Uint8Array, width: number, height: number, nodata?: number): Uint8Array {
  const columns = Math.ceil(width / 2);
  const rows = Math.ceil(height / 2);
  const out = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const north = 2 * row * width + 2 * column;
      const east = 2 * column + 1 < width;
      const south = 2 * row + 1 < height;
      const a = codes[north];
      const b = east ? codes[north + 1] : a;
      const c = south ? codes[north + width] : a;
      const d = east && south ? codes[north + width + 1] : east ? b : c;
      out[row * columns + column] = modeOfFour(a, b, c, d, nodata);
    }
  return out;
}

/** The same for counts that grow downstream: the largest one, so that channels stay whole on a small map. */
export function halveByMaximum(counts: Uint32Array, width: number, height: number): Uint32Array {
  const columns = Math.ceil(width / 2);
  const out = new Uint32Array(columns * Math.ceil(height / 2));
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const at = (row >> 1) * columns + (column >> 1);
      out[at] = Math.max(out[at], counts[row * width + column]);
    }
  return out;
}

/** Cells beyond an odd edge repeat their neighbours, which changes no majority. */
function modeOfFour(a: number, b: number, c: number, d: number, nodata: number | undefined): number {
  if (a === b && c === d && a === c) return a;
  let best = nodata ?? a;
  let most = 0;
  for (const code of [a, b, c, d]) {
    if (code === nodata) continue;
    const count = Number(code === a) + Number(code === b) + Number(code === c) + Number(code === d);
    if (count > most) {
      most = count;
      best = code;
    }
  }
  return best;
}
