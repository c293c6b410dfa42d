import type { CellWindow, GridSpec } from '../../models/grid/grid-spec.ts';
import type { Geometry } from './geometry.ts';
import { type PackedPolygon, packedPolygons } from './packed-polygon.ts';

/** A geometry and the whole number its cells get. Points and lines cover no cell. */
export interface ValuedFeature {
  readonly geometry: Geometry | null;
  readonly value: number;
}

/** A polygon and the whole number its cells get. */
export interface ValuedPolygon {
  readonly polygon: PackedPolygon;
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

/** Columns, per row from `firstRow` on, from which on the inside of a polygon changes; absolute numbers of the grid. */
interface Crossings {
  readonly firstRow: number;
  readonly rows: readonly number[][];
}

/**
 * First column whose centre lies on or east of the place where an edge crosses the line of a row's centres.
 *
 * Edges are taken from south to north whatever their direction in the ring, so that two polygons that share an edge get
 * the same number from it.
 */
function addEdge(
  { firstRow, rows }: Crossings,
  { cellSizeMetres: cell, originX, originY }: GridSpec,
  ax: number,
  ay: number,
  bx: number,
  by: number,
): void {
  const upward = ay < by || (ay === by && ax < bx);
  const [x0, y0, x1, y1] = upward ? [ax, ay, bx, by] : [bx, by, ax, ay];
  if (y0 === y1) return;
  const centreOfRow = (row: number): number => originY - (row + 0.5) * cell;
  // One row of slack on both sides; the half-open test below decides.
  const first = Math.max(firstRow, Math.floor((originY - y1) / cell - 0.5) - 1);
  const last = Math.min(firstRow + rows.length - 1, Math.ceil((originY - y0) / cell - 0.5) + 1);
  const slope = (x1 - x0) / (y1 - y0);
  for (let row = first; row <= last; row++) {
    const y = centreOfRow(row);
    // A centre at the height of a vertex counts for the edge below it only.
    if (!(y0 < y && y <= y1)) continue;
    const x = x0 + (y - y0) * slope;
    rows[row - firstRow]!.push(Math.ceil((x - originX) / cell - 0.5));
  }
}

/** Crossings of the rows of a window that a polygon may reach; none where it lies beside the window. */
function crossingsOf(polygon: PackedPolygon, grid: GridSpec, window: CellWindow): Crossings {
  const { cellSizeMetres: cell, originX, originY } = grid;
  const { coordinates, ringEnds, west, south, east, north } = polygon;
  const columnOf = (x: number): number => (x - originX) / cell - window.x0;
  if (columnOf(east) < 0 || columnOf(west) > window.width) return { firstRow: 0, rows: [] };
  // A row of slack on both sides, as for edges.
  const firstRow = Math.max(window.y0, Math.floor((originY - north) / cell - 0.5) - 1);
  const lastRow = Math.min(window.y0 + window.height - 1, Math.ceil((originY - south) / cell - 0.5) + 1);
  const crossings = { firstRow, rows: Array.from({ length: Math.max(0, lastRow - firstRow + 1) }, () => []) };
  if (crossings.rows.length === 0) return crossings;
  let start = 0;
  for (const end of ringEnds) {
    for (let at = start + 2; at < end; at += 2)
      addEdge(crossings, grid, coordinates[at - 2]!, coordinates[at - 1]!, coordinates[at]!, coordinates[at + 1]!);
    start = end;
  }
  return crossings;
}

/** Calls back for every run of cells whose centres a polygon holds (even-odd over all its rings). */
function fillPolygon(
  polygon: PackedPolygon,
  grid: GridSpec,
  window: CellWindow,
  run: (row: number, from: number, to: number) => void,
): void {
  const { firstRow, rows } = crossingsOf(polygon, grid, window);
  for (const [row, columns] of rows.entries()) {
    columns.sort((a, b) => a - b);
    for (let i = 0; i + 1 < columns.length; i += 2) {
      const from = Math.max(0, columns[i]! - window.x0);
      const to = Math.min(window.width, columns[i + 1]! - window.x0);
      if (to > from) run(firstRow - window.y0 + row, from, to);
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
  const type = options.dtype ?? 'uint16';
  for (const { value } of features) checkValue(value, type);
  const polygons = features.flatMap(({ geometry, value }) =>
    geometry === null ? [] : packedPolygons(geometry).map((polygon) => ({ polygon, value })),
  );
  return rasterizePolygons(polygons, grid, window, options);
}

/** The same of packed polygons. */
export function rasterizePolygons<Type extends CodeType = 'uint16'>(
  polygons: readonly ValuedPolygon[],
  grid: GridSpec,
  window: CellWindow,
  options: RasterizeOptions<Type> = {},
): CodeArrays[Type] {
  const type = (options.dtype ?? 'uint16') as Type;
  const data = makers[type](window.width * window.height);
  data.fill(options.background ?? 0);
  const taken = options.overlap === 'last' ? undefined : new Uint8Array(data.length);
  for (const { polygon, value } of polygons) {
    checkValue(value, type);
    fillPolygon(polygon, grid, window, (row, from, to) => {
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

function checkValue(value: number, type: CodeType): void {
  const [low, high] = limits[type];
  if (!Number.isInteger(value) || value < low || value > high)
    throw new RangeError(`value ${value} does not fit into ${type}`);
}
