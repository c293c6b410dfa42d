import { d8Codes, d8Neighbour, d8Offsets, drainsOut, flatCell, isDiagonal, noDirection } from '../grid/d8.ts';
import { interiorCell, nodataCell } from './edge-cells.ts';

/**
 * Steepest-descent direction on the filled surface (O'Callaghan & Mark 1984, Computer Vision, Graphics, and Image
 * Processing 28, 323–344). Drops are float32, diagonal ones × 0.70710677; of equal drops the first in D8 order wins.
 *
 * A cell without a lower neighbour drains out of the data (code 0) when it is an edge cell, else it is flat (code 9) and
 * waits for `resolveFlats`. An edge cell with a lower valid neighbour drains there, not out: the outside is unknown,
 * the neighbour is not, and a river along the border of the data stays whole.
 *
 * @param filled metres, NaN = nodata
 * @param edges see `edgeCells`
 * @returns uint8 codes of models/grid/d8.ts; 255 = nodata
 */
export function d8FlowDirection(
  filled: Float32Array,
  edges: Uint8Array,
  width: number,
  height: number,
  out: Uint8Array = new Uint8Array(filled.length),
): Uint8Array {
  const offsets = d8Offsets(width);
  const codes = Uint8Array.from(d8Codes);
  const factors = Float32Array.from(d8Codes, (_, k) => (isDiagonal(k) ? Math.SQRT1_2 : 1));
  const [interior, nodata] = [interiorCell, nodataCell];
  for (let i = 0; i < filled.length; i++) {
    const edge = edges[i];
    if (edge === nodata) {
      out[i] = noDirection;
      continue;
    }
    const level = filled[i];
    let steepest = 0;
    let code = edge === interior ? flatCell : drainsOut;
    for (let k = 0; k < 8; k++) {
      const neighbour = edge === interior ? i + offsets[k] : d8Neighbour(i, k, width, height);
      if (neighbour < 0) continue;
      const drop = Math.fround(Math.fround(level - filled[neighbour]) * factors[k]);
      // A nodata neighbour gives NaN, which is never greater.
      if (drop > steepest) {
        steepest = drop;
        code = codes[k];
      }
    }
    out[i] = code;
  }
  return out;
}
