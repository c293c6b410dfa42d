import type { CellWindow } from '../../models/grid/grid-spec.ts';
import type { PixelMap } from './pixel-map.ts';

/** A window of source values, NaN where there are none. */
export interface SourceValues extends CellWindow {
  readonly values: Float32Array | Float64Array;
}

/** What makes values of stored numbers: × scale + shift. */
export interface Rescaling {
  readonly scale: number;
  readonly shift: number;
}

export const noRescaling: Rescaling = { scale: 1, shift: 0 };

const rescaled = (value: number, { scale, shift }: Rescaling): number =>
  scale === 1 && shift === 0 ? value : value * scale + shift;

/** Takes the value of each cell in turn; NaN for none. `index` counts row by row. */
export type Receive = (index: number, value: number) => void;

/** Value of the pixel that holds the centre of the cell. */
export function sampleNearest(
  source: SourceValues,
  centres: PixelMap,
  receive: Receive,
  rescaling: Rescaling = noRescaling,
): void {
  const { values, x0, y0, width, height } = source;
  const xs = new Float64Array(centres.width);
  const ys = new Float64Array(centres.width);
  for (let row = 0, index = 0; row < centres.height; row++) {
    centres.row(row, xs, ys);
    for (let column = 0; column < centres.width; column++, index++) {
      const i = Math.floor(xs[column]!) - x0;
      const j = Math.floor(ys[column]!) - y0;
      const isInside = i >= 0 && j >= 0 && i < width && j < height;
      receive(index, isInside ? rescaled(values[j * width + i]!, rescaling) : Number.NaN);
    }
  }
}

/**
 * Value at a position among the four pixel centres around it: the western and the eastern two are interpolated and rescaled
 * on their own, and the position lies on the straight line between them (decision 0013).
 *
 * There is a value exactly where the pixel that holds the position has one. Where any of the four has none, it is the weighted
 * mean of the others: their weights are scaled up.
 */
export function bilinearAt(source: SourceValues, x: number, y: number, rescaling: Rescaling = noRescaling): number {
  const { values, x0, y0, width, height } = source;
  const holderColumn = Math.floor(x) - x0;
  const holderRow = Math.floor(y) - y0;
  if (!(holderColumn >= 0 && holderRow >= 0 && holderColumn < width && holderRow < height)) return Number.NaN;
  const holder = values[holderRow * width + holderColumn]!;
  if (Number.isNaN(holder)) return Number.NaN;
  const left = Math.floor(x - 0.5);
  const top = Math.floor(y - 0.5);
  const fx = x - 0.5 - left;
  const fy = y - 0.5 - top;
  if (fx === 0 && fy === 0) return rescaled(holder, rescaling);
  const i = left - x0;
  const j = top - y0;
  if (i >= 0 && j >= 0 && i < width - 1 && j < height - 1) {
    const { scale, shift } = rescaling;
    const onHeight = (p: number): number => (values[p]! + fy * (values[p + width]! - values[p]!)) * scale + shift;
    const west = onHeight(j * width + i);
    const value = west + fx * (onHeight(j * width + i + 1) - west);
    if (!Number.isNaN(value)) return value;
  }
  return rescaled(meanOfKnown(source, left, top, fx, fy), rescaling);
}

/** Mean of those of four pixels that have a value, by weight. */
function meanOfKnown(source: SourceValues, left: number, top: number, fx: number, fy: number): number {
  const { values, x0, y0, width, height } = source;
  let sum = 0;
  let weightSum = 0;
  for (let dy = 0; dy < 2; dy++) {
    const j = top + dy - y0;
    const wy = dy === 0 ? 1 - fy : fy;
    if (wy === 0 || j < 0 || j >= height) continue;
    for (let dx = 0; dx < 2; dx++) {
      const i = left + dx - x0;
      const weight = (dx === 0 ? 1 - fx : fx) * wy;
      if (weight === 0 || i < 0 || i >= width) continue;
      const value = values[j * width + i]!;
      if (Number.isNaN(value)) continue;
      sum += weight * value;
      weightSum += weight;
    }
  }
  return weightSum === 1 ? sum : sum / weightSum;
}

/** Bilinear interpolation at cell centres. */
export function sampleBilinear(
  source: SourceValues,
  centres: PixelMap,
  receive: Receive,
  rescaling: Rescaling = noRescaling,
): void {
  const xs = new Float64Array(centres.width);
  const ys = new Float64Array(centres.width);
  for (let row = 0, index = 0; row < centres.height; row++) {
    centres.row(row, xs, ys);
    for (let column = 0; column < centres.width; column++, index++)
      receive(index, bilinearAt(source, xs[column]!, ys[column]!, rescaling));
  }
}

// A footprint hardly larger than a pixel is a matter of rounding, not of downsampling.
const noticeablyLarger = 1 + 1e-4;

/**
 * True when no cell of a target is noticeably larger than a source pixel, so that averaging means interpolating.
 *
 * Cells of a projected map change size so slowly that every sixteenth tells, with room to spare for those between.
 */
export function isInterpolation(corners: PixelMap): boolean {
  if (corners.separable !== undefined) {
    const { x, y } = corners.separable;
    return areSteps(x, noticeablyLarger) && areSteps(y, noticeablyLarger);
  }
  const here = { x: new Float64Array(corners.width), y: new Float64Array(corners.width) };
  const below = { x: new Float64Array(corners.width), y: new Float64Array(corners.width) };
  const step = 16;
  for (let row = 0; row < corners.height - 1; row += step) {
    corners.row(row, here.x, here.y);
    corners.row(row + 1, below.x, below.y);
    for (let c = 0; c < corners.width - 1; c += step) {
      const eastward = Math.hypot(here.x[c + 1]! - here.x[c]!, here.y[c + 1]! - here.y[c]!);
      const southward = Math.hypot(below.x[c]! - here.x[c]!, below.y[c]! - here.y[c]!);
      if (!(Math.max(eastward, southward) <= 0.95)) return false;
    }
  }
  return true;
}

/** True when positions lie at most so far from each other. */
function areSteps(positions: Float64Array, most: number): boolean {
  for (let n = 1; n < positions.length; n++) if (!(Math.abs(positions[n]! - positions[n - 1]!) <= most)) return false;
  return true;
}

/** Mean of the pixels under an upright box, by share of the box; NaN unless half of the box has values. */
function boxMean(source: SourceValues, west: number, east: number, north: number, south: number): number {
  const { values, x0, y0, width, height } = source;
  const firstColumn = Math.max(Math.floor(west), x0);
  const lastColumn = Math.min(Math.ceil(east) - 1, x0 + width - 1);
  const firstRow = Math.max(Math.floor(north), y0);
  const lastRow = Math.min(Math.ceil(south) - 1, y0 + height - 1);
  let sum = 0;
  let weightSum = 0;
  for (let j = firstRow; j <= lastRow; j++) {
    const high = Math.min(j + 1, south) - Math.max(j, north);
    for (let i = firstColumn; i <= lastColumn; i++) {
      const value = values[(j - y0) * width + (i - x0)]!;
      if (Number.isNaN(value)) continue;
      const weight = high * (Math.min(i + 1, east) - Math.max(i, west));
      sum += weight * value;
      weightSum += weight;
    }
  }
  return weightSum * 2 >= (east - west) * (south - north) ? sum / weightSum : Number.NaN;
}

/** Corners of a cell's footprint among the pixels: north-west, north-east, south-west, south-east. */
interface Quad {
  readonly x: readonly [number, number, number, number];
  readonly y: readonly [number, number, number, number];
}

/** Mean over a tilted footprint by a regular net of points, at least two per pixel and side. */
function quadMean(source: SourceValues, quad: Quad, pixelsAcross: number): number {
  const { values, x0, y0, width, height } = source;
  const net = Math.ceil(2 * pixelsAcross) + 1;
  let sum = 0;
  let count = 0;
  for (let b = 0; b < net; b++) {
    const v = (b + 0.5) / net;
    const startX = quad.x[0] + (quad.x[2] - quad.x[0]) * v;
    const startY = quad.y[0] + (quad.y[2] - quad.y[0]) * v;
    const acrossX = quad.x[1] + (quad.x[3] - quad.x[1]) * v - startX;
    const acrossY = quad.y[1] + (quad.y[3] - quad.y[1]) * v - startY;
    for (let a = 0; a < net; a++) {
      const u = (a + 0.5) / net;
      const i = Math.floor(startX + acrossX * u) - x0;
      const j = Math.floor(startY + acrossY * u) - y0;
      if (i < 0 || j < 0 || i >= width || j >= height) continue;
      const value = values[j * width + i]!;
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
  }
  return count * 2 >= net * net ? sum / count : Number.NaN;
}

/**
 * Mean over the footprint of each cell, where that is larger than a pixel; bilinear interpolation elsewhere.
 *
 * A cell has a value when at least half of its footprint has. `corners` is the map of cell corners. With `first` and `count`
 * only some rows are done; `index` then counts from the first of them.
 */
export function sampleArea(
  source: SourceValues,
  centres: PixelMap,
  corners: PixelMap,
  receive: Receive,
  rescaling: Rescaling = noRescaling,
  first = 0,
  count = centres.height,
): void {
  const upright = corners.separable !== undefined;
  const xs = new Float64Array(centres.width);
  const ys = new Float64Array(centres.width);
  let north = { x: new Float64Array(corners.width), y: new Float64Array(corners.width) };
  let south = { x: new Float64Array(corners.width), y: new Float64Array(corners.width) };
  corners.row(first, south.x, south.y);
  for (let row = first, index = 0; row < first + count; row++) {
    [north, south] = [south, north];
    corners.row(row + 1, south.x, south.y);
    centres.row(row, xs, ys);
    for (let c = 0; c < centres.width; c++, index++) {
      const quad: Quad = {
        x: [north.x[c]!, north.x[c + 1]!, south.x[c]!, south.x[c + 1]!],
        y: [north.y[c]!, north.y[c + 1]!, south.y[c]!, south.y[c + 1]!],
      };
      const eastward = Math.hypot(quad.x[1] - quad.x[0], quad.y[1] - quad.y[0]);
      const southward = Math.hypot(quad.x[2] - quad.x[0], quad.y[2] - quad.y[0]);
      const pixelsAcross = Math.max(eastward, southward);
      if (!(pixelsAcross > noticeablyLarger)) receive(index, bilinearAt(source, xs[c]!, ys[c]!, rescaling));
      else if (upright)
        receive(
          index,
          rescaled(
            boxMean(
              source,
              Math.min(quad.x[0], quad.x[1]),
              Math.max(quad.x[0], quad.x[1]),
              Math.min(quad.y[0], quad.y[2]),
              Math.max(quad.y[0], quad.y[2]),
            ),
            rescaling,
          ),
        );
      else receive(index, rescaled(quadMean(source, quad, pixelsAcross), rescaling));
    }
  }
}
