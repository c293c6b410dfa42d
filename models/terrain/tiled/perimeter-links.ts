import {
  d8ColumnSteps,
  d8IndexOfCode,
  d8OffsetsByCode,
  d8RowSteps,
  drainsOut,
  flatCell,
  noDirection,
} from '../../grid/d8.ts';
import { perimeterCells } from './tile-perimeter.ts';

/** Link of a perimeter cell whose water ends inside its tile: it drains out of the data, or there are no data. */
export const linkEnds = 0xffffffff;

/** Directions of a tile with those that leave it replaced by `drainsOut`, so that sweeps stay inside. */
export function insideDirections(direction: Uint8Array, width: number, height: number): Uint8Array {
  const inside = direction.slice();
  for (const cell of perimeterCells(width, height))
    if (leavesTile(direction, cell, width, height)) inside[cell] = drainsOut;
  return inside;
}

/** True when a cell's receiver lies in another tile. */
export function leavesTile(direction: Uint8Array, cell: number, width: number, height: number): boolean {
  const code = direction[cell];
  if (code === drainsOut || code === noDirection || code === flatCell) return false;
  const k = d8IndexOfCode(code);
  const column = (cell % width) + d8ColumnSteps[k];
  const row = Math.floor(cell / width) + d8RowSteps[k];
  return column < 0 || row < 0 || column >= width || row >= height;
}

/**
 * For every perimeter cell the place on the perimeter where its water leaves the tile, itself if it leaves at once, or
 * `linkEnds`. Each cell of the tile is walked once.
 *
 * @param along called for every cell whose water leaves the tile further down, its receiver before it
 */
export function perimeterLinks(
  direction: Uint8Array,
  width: number,
  height: number,
  along?: (cell: number, receiver: number) => void,
): Uint32Array {
  const offsets = d8OffsetsByCode(width);
  const perimeter = perimeterCells(width, height);
  const unknown = 0xfffffffe;
  const exits = new Uint32Array(direction.length).fill(unknown);
  perimeter.forEach((cell, index) => {
    if (leavesTile(direction, cell, width, height)) exits[cell] = index;
  });
  const path: number[] = [];
  return perimeter.map((start) => {
    let cell = start;
    for (; exits[cell] === unknown; cell += offsets[direction[cell]]) {
      if (offsets[direction[cell]] === 0) {
        exits[cell] = linkEnds;
        break;
      }
      path.push(cell);
    }
    while (path.length > 0) {
      const upper = path.pop()!;
      exits[upper] = exits[cell];
      if (along && exits[upper] !== linkEnds) along(upper, upper + offsets[direction[upper]]);
    }
    return exits[start];
  });
}
