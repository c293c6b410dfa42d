import type { CellWindow } from '../../models/grid/grid-spec.ts';
import type { PixelMap, SourcePlacement } from './pixel-map.ts';

/** Index of the pixel under the first position, where each next one lies in the next pixel; else undefined. */
function firstOfRun(positions: Float64Array, pixels: number, isAtCentres: boolean): number | undefined {
  const first = Math.floor(positions[0]!);
  if (!(first >= 0 && first + positions.length <= pixels)) return undefined;
  for (let n = 0; n < positions.length; n++) {
    const position = positions[n]!;
    if (isAtCentres ? position !== first + n + 0.5 : Math.floor(position) !== first + n) return undefined;
  }
  return first;
}

/**
 * The pixels that the cells of a target are, one for one; undefined where they are not, or lie outside the raster in part.
 * @param isAtCentres cells and pixels must have the same centres, as interpolation demands; else it is enough that every
 *   cell's centre lies in a pixel of its own
 */
export function copiedPixels(
  { separable }: PixelMap,
  place: SourcePlacement,
  isAtCentres: boolean,
): CellWindow | undefined {
  if (separable === undefined) return undefined;
  const x0 = firstOfRun(separable.x, place.width, isAtCentres);
  const y0 = firstOfRun(separable.y, place.height, isAtCentres);
  if (x0 === undefined || y0 === undefined) return undefined;
  return { x0, y0, width: separable.x.length, height: separable.y.length };
}
