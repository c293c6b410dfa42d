import type { GridSpec } from '../../models/grid/grid-spec.ts';
import { coordinateTransform, isGeographic } from './crs.ts';
import type { GeoTransform } from './raster-read.ts';

/** Where a raster lies: everything that decides which of its pixels belong to a place. */
export interface SourcePlacement {
  readonly crs: string;
  readonly geotransform: GeoTransform;
  readonly width: number;
  readonly height: number;
}

/**
 * Source pixel coordinates of positions in target cells.
 *
 * Pixel (i, j) covers [i, i+1) × [j, j+1). Coordinates are rounded to 2⁻²⁰ pixel, which keeps a position that lies on a
 * pixel's edge on the same side whatever the rounding noise of its computation, and makes coinciding grids exact.
 *
 * Every coordinate is computed from the absolute index of its cell (counted from the origin of the coordinate system),
 * never from the corner of a tile. So a cell gets the same coordinate in whatever tile it is computed.
 */
export interface PixelMap {
  readonly width: number;
  readonly height: number;
  /** Set where x depends on the column only and y on the row only. */
  readonly separable: { readonly x: Float64Array; readonly y: Float64Array } | undefined;
  /** Coordinates of one row of positions. */
  row(row: number, x: Float64Array, y: Float64Array): void;
}

const quantum = 2 ** 20;
// Finer than the quantum of pixels, so that its rounding never moves a pixel coordinate by a step.
const latticeQuantum = 2 ** 24;
const quantise = (value: number): number => Math.round(value * quantum) / quantum;

/** Position of the first cell on the lattice of cells that starts at the coordinate origin: whole index + fraction. */
function latticeStart(origin: number, cell: number): { index: number; fraction: number } {
  const steps = Math.round((origin / cell) * latticeQuantum);
  const index = Math.floor(steps / latticeQuantum);
  return { index, fraction: (steps - index * latticeQuantum) / latticeQuantum };
}

/** Map coordinates of positions by absolute index; rows count northwards, so they fall while grid rows rise. */
interface Lattice {
  readonly firstColumn: number;
  readonly firstRow: number;
  x(column: number): number;
  y(row: number): number;
}

function lattice(grid: GridSpec, shift: number): Lattice {
  const cell = grid.cellSizeMetres;
  const east = latticeStart(grid.originX, cell);
  const north = latticeStart(grid.originY, cell);
  return {
    firstColumn: east.index,
    firstRow: north.index,
    x: (column) => (column + (east.fraction + shift)) * cell,
    y: (row) => (row + (north.fraction - shift)) * cell,
  };
}

type ToPixel = (x: number, y: number) => [number, number];

function toPixel(source: SourcePlacement): ToPixel {
  const [g0, g1, g2, g3, g4, g5] = source.geotransform;
  const determinant = g1 * g5 - g2 * g4;
  if (g2 === 0 && g4 === 0) return (x, y) => [(x - g0) / g1, (y - g3) / g5];
  return (x, y) => {
    const dx = x - g0;
    const dy = y - g3;
    return [(g5 * dx - g2 * dy) / determinant, (g1 * dy - g4 * dx) / determinant];
  };
}

function separableMap(grid: GridSpec, source: SourcePlacement, shift: number, width: number, height: number): PixelMap {
  const cells = lattice(grid, shift);
  const [g0, g1, , g3, , g5] = source.geotransform;
  const x = new Float64Array(width);
  const y = new Float64Array(height);
  for (let i = 0; i < width; i++) x[i] = quantise((cells.x(cells.firstColumn + i) - g0) / g1);
  for (let j = 0; j < height; j++) y[j] = quantise((cells.y(cells.firstRow - j) - g3) / g5);
  const row: PixelMap['row'] = (j, xs, ys) => {
    xs.set(x);
    ys.fill(y[j]!);
  };
  return { width, height, separable: { x, y }, row };
}

function rotatedMap(grid: GridSpec, source: SourcePlacement, shift: number, width: number, height: number): PixelMap {
  const cells = lattice(grid, shift);
  const pixel = toPixel(source);
  const row: PixelMap['row'] = (j, xs, ys) => {
    const north = cells.y(cells.firstRow - j);
    for (let i = 0; i < width; i++) {
      const [x, y] = pixel(cells.x(cells.firstColumn + i), north);
      xs[i] = quantise(x);
      ys[i] = quantise(y);
    }
  };
  return { width, height, separable: undefined, row };
}

/** Weights of four neighbouring nodes at −1, 0, 1, 2 for a position between the middle two (Lagrange's cubic). */
function cubicWeights(steps: number): Float64Array {
  const weights = new Float64Array(steps * 4);
  for (let s = 0; s < steps; s++) {
    const t = s / steps;
    weights[s * 4] = (-t * (t - 1) * (t - 2)) / 6;
    weights[s * 4 + 1] = ((t + 1) * (t - 1) * (t - 2)) / 2;
    weights[s * 4 + 2] = (-(t + 1) * t * (t - 2)) / 2;
    weights[s * 4 + 3] = ((t + 1) * t * (t - 1)) / 6;
  }
  return weights;
}

/** Longest distance between exact transforms, metres; a cubic through them is then off by less than a micrometre. */
const anchorSpacingMetres = 1500;
const largestAnchorStep = 64;

/** Cells between exactly transformed positions: a power of two that depends on the cell size alone. */
function anchorStep(cellSizeMetres: number): number {
  let step = largestAnchorStep;
  while (step > 1 && step * cellSizeMetres > anchorSpacingMetres) step /= 2;
  return step;
}

function exactPixel(grid: GridSpec, source: SourcePlacement): ToPixel {
  const transform = coordinateTransform(grid.crs, source.crs);
  const pixel = toPixel(source);
  if (!isGeographic(source.crs)) return (x, y) => pixel(...transform.point(x, y));
  const [g0, g1] = source.geotransform;
  const middle = g0 + (g1 * source.width) / 2;
  return (x, y) => {
    const [longitude, latitude] = transform.point(x, y);
    return pixel(longitude + 360 * Math.round((middle - longitude) / 360), latitude);
  };
}

function transformedMap(
  grid: GridSpec,
  source: SourcePlacement,
  shift: number,
  width: number,
  height: number,
): PixelMap {
  const cells = lattice(grid, shift);
  const pixel = exactPixel(grid, source);
  const step = anchorStep(grid.cellSizeMetres);
  const weights = cubicWeights(step);
  const firstAnchor = Math.floor(cells.firstColumn / step) - 1;
  const anchors = Math.floor((cells.firstColumn + width - 1) / step) + 3 - firstAnchor;
  const rows = new Map<number, { x: Float64Array; y: Float64Array }>();
  const anchorRow = (index: number): { x: Float64Array; y: Float64Array } => {
    let found = rows.get(index);
    if (found === undefined) {
      found = { x: new Float64Array(anchors), y: new Float64Array(anchors) };
      for (let k = 0; k < anchors; k++) {
        const [x, y] = pixel(cells.x((firstAnchor + k) * step), cells.y(index * step));
        found.x[k] = x;
        found.y[k] = y;
      }
      rows.set(index, found);
    }
    return found;
  };
  const lineX = new Float64Array(anchors);
  const lineY = new Float64Array(anchors);
  const row: PixelMap['row'] = (j, xs, ys) => {
    const n = cells.firstRow - j;
    const block = Math.floor(n / step);
    const wy = (n - block * step) * 4;
    const nodes = [block - 1, block, block + 1, block + 2].map(anchorRow);
    for (const [line, axis] of [
      [lineX, 'x'],
      [lineY, 'y'],
    ] as const) {
      const [a, b, c, d] = nodes.map((node) => node[axis]) as [Float64Array, Float64Array, Float64Array, Float64Array];
      for (let k = 0; k < anchors; k++)
        line[k] = weights[wy]! * a[k]! + weights[wy + 1]! * b[k]! + weights[wy + 2]! * c[k]! + weights[wy + 3]! * d[k]!;
    }
    for (let i = 0; i < width; i++) {
      const m = cells.firstColumn + i;
      const anchor = Math.floor(m / step);
      const wx = (m - anchor * step) * 4;
      const k = anchor - firstAnchor;
      const w0 = weights[wx]!;
      const w1 = weights[wx + 1]!;
      const w2 = weights[wx + 2]!;
      const w3 = weights[wx + 3]!;
      xs[i] = quantise(w0 * lineX[k - 1]! + w1 * lineX[k]! + w2 * lineX[k + 1]! + w3 * lineX[k + 2]!);
      ys[i] = quantise(w0 * lineY[k - 1]! + w1 * lineY[k]! + w2 * lineY[k + 1]! + w3 * lineY[k + 2]!);
    }
  };
  return { width, height, separable: undefined, row };
}

/**
 * Map from target cells to source pixels; `centres` gives one position per cell, `corners` one per cell corner
 * (width + 1 by height + 1).
 */
export function pixelMap(grid: GridSpec, source: SourcePlacement, position: 'centres' | 'corners'): PixelMap {
  const shift = position === 'centres' ? 0.5 : 0;
  const width = position === 'centres' ? grid.width : grid.width + 1;
  const height = position === 'centres' ? grid.height : grid.height + 1;
  const [, , g2, , g4] = source.geotransform;
  if (!coordinateTransform(grid.crs, source.crs).isIdentity) return transformedMap(grid, source, shift, width, height);
  const make = g2 === 0 && g4 === 0 ? separableMap : rotatedMap;
  return make(grid, source, shift, width, height);
}
