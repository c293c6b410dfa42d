import type { PackedRings } from './packed-rings.ts';

/**
 * Cells whose centre lies inside rings given in cell coordinates (column, row as decimals; even-odd rule, half open),
 * row by row. Memory is the rings plus the rows asked for last. Rows are best asked for downwards: the edges that cross a row
 * are found from those of the row before, so that each edge costs the rows it crosses and no others.
 */
export class AreaMask {
  readonly #edges: Float64Array;
  readonly #byTop: Uint32Array;
  readonly #cache = new Map<number, Int32Array>();
  /** Edges that may cross the row worked out last, that row, and how many edges by top have been taken up for it. */
  #active: number[] = [];
  #activeRow = Number.NEGATIVE_INFINITY;
  #taken = 0;
  /** First and last row with cells of the area; may lie outside the raster. */
  readonly firstRow: number;
  readonly lastRow: number;

  constructor({ coordinates, ends }: PackedRings) {
    const edges = new Float64Array(coordinates.length * 2);
    let length = 0;
    let top = Number.POSITIVE_INFINITY;
    let bottom = Number.NEGATIVE_INFINITY;
    let start = 0;
    for (const end of ends) {
      for (let at = start; at < end; at += 2) {
        const next = at + 2 < end ? at + 2 : start;
        const [x0, y0, x1, y1] = [coordinates[at]!, coordinates[at + 1]!, coordinates[next]!, coordinates[next + 1]!];
        if (y0 === y1 || !Number.isFinite(x0 + y0 + x1 + y1)) continue;
        const upwards = y0 < y1;
        edges[length++] = upwards ? x0 : x1;
        edges[length++] = upwards ? y0 : y1;
        edges[length++] = upwards ? x1 : x0;
        edges[length++] = upwards ? y1 : y0;
        top = Math.min(top, y0, y1);
        bottom = Math.max(bottom, y0, y1);
      }
      start = end;
    }
    this.#edges = edges;
    this.#byTop = new Uint32Array(length / 4).map((_, index) => index);
    this.#byTop.sort((a, b) => edges[a * 4 + 1]! - edges[b * 4 + 1]!);
    this.firstRow = length > 0 ? Math.ceil(top - 0.5) : 0;
    this.lastRow = length > 0 ? Math.ceil(bottom - 0.5) - 1 : -1;
  }

  /** Spans of a row as first column and column after the last, in pairs; columns may lie outside the raster. */
  spans(row: number): Int32Array {
    const held = this.#cache.get(row);
    if (held) return held;
    const centre = row + 0.5;
    const crossings: number[] = [];
    const edges = this.#edges;
    for (const at of this.#crossing(row, centre)) {
      const share = (centre - edges[at + 1]!) / (edges[at + 3]! - edges[at + 1]!);
      crossings.push(edges[at]! + share * (edges[at + 2]! - edges[at]!));
    }
    crossings.sort((a, b) => a - b);
    const spans: number[] = [];
    for (let index = 0; index + 1 < crossings.length; index += 2) {
      const start = Math.ceil(crossings[index]! - 0.5);
      const end = Math.ceil(crossings[index + 1]! - 0.5);
      if (end > start) spans.push(start, end);
    }
    const result = Int32Array.from(spans);
    if (this.#cache.size > 4096) this.#cache.clear();
    this.#cache.set(row, result);
    return result;
  }

  /** Where the edges that cross the centre of a row lie among the coordinates. */
  #crossing(row: number, centre: number): readonly number[] {
    const edges = this.#edges;
    if (row < this.#activeRow) {
      this.#active = [];
      this.#taken = 0;
    }
    this.#activeRow = row;
    for (; this.#taken < this.#byTop.length; this.#taken++) {
      const at = this.#byTop[this.#taken]! * 4;
      if (edges[at + 1]! > centre) break;
      this.#active.push(at);
    }
    this.#active = this.#active.filter((at) => edges[at + 3]! > centre);
    return this.#active;
  }

  /** Number of cells of the area, inside or outside the raster. */
  cellCount(): number {
    let count = 0;
    for (let row = this.firstRow; row <= this.lastRow; row++) {
      const spans = this.spans(row);
      for (let index = 0; index < spans.length; index += 2) count += spans[index + 1]! - spans[index]!;
    }
    return count;
  }
}
