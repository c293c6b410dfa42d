import type { CellWindow, GridSpec } from '../../models/grid/grid-spec.ts';
import { type PixelMap, pixelMap, type SourcePlacement } from './pixel-map.ts';

/** Pixel coordinates around a kernel centre that each way of sampling may touch, beside the footprint of the cell. */
const kernelMargin = 1;

function boundsOf(map: PixelMap): [west: number, east: number, north: number, south: number] {
  const bounds: [number, number, number, number] = [Infinity, -Infinity, Infinity, -Infinity];
  const include = (x: number, y: number): void => {
    if (x < bounds[0]) bounds[0] = x;
    if (x > bounds[1]) bounds[1] = x;
    if (y < bounds[2]) bounds[2] = y;
    if (y > bounds[3]) bounds[3] = y;
  };
  if (map.separable !== undefined) {
    const { x, y } = map.separable;
    include(x[0]!, y[0]!);
    include(x.at(-1)!, y.at(-1)!);
    return bounds;
  }
  const xs = new Float64Array(map.width);
  const ys = new Float64Array(map.width);
  for (let row = 0; row < map.height; row++) {
    map.row(row, xs, ys);
    for (let i = 0; i < map.width; i++) include(xs[i]!, ys[i]!);
  }
  return bounds;
}

/**
 * Window of source pixels that the cells of a target grid depend on; undefined when they do not meet. It holds every pixel
 * that alignment reads, so a digest of the blocks under it is a safe content key.
 *
 * @param nearestOnly the nearest pixel of each cell is all that is read, so the window ends where those do
 */
export function sourceWindow(target: GridSpec, source: SourcePlacement, nearestOnly = false): CellWindow | undefined {
  return nearestOnly
    ? pixelsAround(pixelMap(target, source, 'centres'), source, 0)
    : pixelsAround(pixelMap(target, source, 'corners'), source, kernelMargin);
}

/** The same from the corners of the cells. */
export const pixelsUnder = (corners: PixelMap, source: SourcePlacement): CellWindow | undefined =>
  pixelsAround(corners, source, kernelMargin);

function pixelsAround(map: PixelMap, source: SourcePlacement, margin: number): CellWindow | undefined {
  const [west, east, north, south] = boundsOf(map);
  const x0 = Math.max(0, Math.floor(west) - margin);
  const y0 = Math.max(0, Math.floor(north) - margin);
  const x1 = Math.min(source.width, Math.floor(east) + 1 + margin);
  const y1 = Math.min(source.height, Math.floor(south) + 1 + margin);
  // NaN bounds fail this comparison too.
  return x1 > x0 && y1 > y0 ? { x0, y0, width: x1 - x0, height: y1 - y0 } : undefined;
}
