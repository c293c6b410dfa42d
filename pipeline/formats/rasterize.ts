import type { CellWindow, GridSpec } from '../../models/grid/grid-spec.ts';
import { type Geometry, polygonsOf, type Ring } from './geometry.ts';

/** A geometry and the whole number its cells get. Points and lines cover no cell. */
export interface ValuedFeature {
  readonly geometry: Geometry | null;
  readonly value: number;
}

interface CodeArrays {
  uint8: Uint8Array;
  uint16: Uint16Array;
  int32: Int32Array;
}

export type CodeType = keyof CodeArrays;

export interface RasterizeOptions<Type extends CodeType = 'uint16'> {
  /** Type of the result; uint16 by default. */
  readonly dtype?: Type;
  /** Which feature keeps a cell that several hold: the first in order (default) or the last. */
  readonly overlap?: 'first' | 'last';
  /** What cells outside every feature hold; 0 by default. */
  readonly background?: number;
}

const makers: { [Type in CodeType]: (length: number) => CodeArrays[Type] } = {
  uint8: (length) => new Uint8Array(length),
  uint16: (length) => new Uint16Array(length),
  int32: (length) => new Int32Array(length),
};

const limits: Record<CodeType, readonly [number, number]> = {
  uint8: [0, 255],
  uint16: [0, 65535],
  int32: [-(2 ** 31), 2 ** 31 - 1],
};

/** Columns, per row of the window, from which on the inside of a polygon changes; absolute column numbers. */
type Crossings = number[][];

/**
 * First column whose centre lies on or east of the place where an edge crosses the line of a row's centres.
 *
 * Edges are taken from south to north whatever their direction in the ring, so that two polygons that share an edge get
 * the same number from it.
 */
function addEdge(crossings: Crossings, grid: GridSpec, window: CellWindow, from: Ring[0], to: Ring[0]): void {
  const [ax, ay] = from;
  const [bx, by] = to;
  const upward = ay < by || (ay === by && ax < bx);
  const [x0, y0, x1, y1] = upward ? [ax, ay, bx, by] : [bx, by, ax, ay];
  if (y0 === y1) return;
  const { cellSizeMetres: cell, originX, originY } = grid;
  const centreOfRow = (row: number): number => originY - (row + 0.5) * cell;
  // One row of slack on both sides; the half-open test below decides.
  const first = Math.max(window.y0, Math.floor((originY - y1) / cell - 0.5) - 1);
  const last = Math.min(window.y0 + window.height - 1, Math.ceil((originY - y0) / cell - 0.5) + 1);
  const slope = (x1 - x0) / (y1 - y0);
  for (let row = first; row <= last; row++) {
    const y = centreOfRow(row);
    // A centre at the height of a vertex counts for the edge below it only.
    if (!(y0 < y && y <= y1)) continue;
    const x = x0 + (y - y0) * slope;
    crossings[row - window.y0]!.push(Math.ceil((x - originX) / cell - 0.5));
  }
}

function touches(rings: readonly Ring[], grid: GridSpec, window: CellWindow): boolean {
  const cell = grid.cellSizeMetres;
  const west = grid.originX + window.x0 * cell;
  const north = grid.originY - window.y0 * cell;
  const east = west + window.width * cell;
  const south = north - window.height * cell;
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [x, y] of rings[0] ?? []) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
    top = Math.max(top, y);
  }
  return left <= east && right >= west && bottom <= north && top >= south;
}

/** Calls back for every run of cells whose centres a polygon holds (even-odd over all its rings). */
function fillPolygon(
  rings: readonly Ring[],
  grid: GridSpec,
  window: CellWindow,
  run: (row: number, from: number, to: number) => void,
): void {
  if (!touches(rings, grid, window)) return;
  const crossings: Crossings = Array.from({ length: window.height }, () => []);
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) addEdge(crossings, grid, window, ring[i - 1]!, ring[i]!);
    const [start, end] = [ring[0], ring.at(-1)];
    if (start !== undefined && end !== undefined && (start[0] !== end[0] || start[1] !== end[1]))
      addEdge(crossings, grid, window, end, start);
  }
  for (const [row, columns] of crossings.entries()) {
    columns.sort((a, b) => a - b);
    for (let i = 0; i + 1 < columns.length; i += 2) {
      const from = Math.max(0, columns[i]! - window.x0);
      const to = Math.min(window.width, columns[i + 1]! - window.x0);
      if (to > from) run(row, from, to);
    }
  }
}

/**
 * Burns polygons into the cells of a window by the centre rule: a cell belongs to the polygon that holds its centre.
 *
 * Borders are half-open: a centre exactly on an edge that two polygons share belongs to the eastern or southern of them,
 * so polygons that tile the plane give every cell to exactly one. The result for a window equals that part of the whole
 * grid's result. Parts of a multipolygon are filled one by one; holes stay empty.
 *
 * @param grid The whole grid; cells are placed by their index in it.
 * @param window The part to compute; the whole grid by default.
 * @throws RangeError when a value is not a whole number of the result's type.
 */
export function rasterizeFeatures<Type extends CodeType = 'uint16'>(
  features: readonly ValuedFeature[],
  grid: GridSpec,
  window: CellWindow = { x0: 0, y0: 0, width: grid.width, height: grid.height },
  options: RasterizeOptions<Type> = {},
): CodeArrays[Type] {
  const dtype = (options.dtype ?? 'uint16') as Type;
  const [low, high] = limits[dtype];
  const background = options.background ?? 0;
  const data = makers[dtype](window.width * window.height);
  data.fill(background);
  const taken = options.overlap === 'last' ? undefined : new Uint8Array(data.length);
  for (const { geometry, value } of features) {
    if (!Number.isInteger(value) || value < low || value > high)
      throw new RangeError(`value ${value} does not fit into ${dtype}`);
    if (geometry === null) continue;
    for (const rings of polygonsOf(geometry))
      fillPolygon(rings, grid, window, (row, from, to) => {
        const start = row * window.width;
        if (taken === undefined) data.fill(value, start + from, start + to);
        else
          for (let at = start + from; at < start + to; at++)
            if (taken[at] === 0) {
              taken[at] = 1;
              data[at] = value;
            }
      });
  }
  return data;
}
