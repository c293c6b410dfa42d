import { d8Offsets, flatCell } from '../../grid/d8.ts';
import { CellStack } from '../cell-queues.ts';
import { encodeCellSet } from './cell-set-bytes.ts';
import { cropped } from './halo.ts';
import { perimeterCells } from './tile-perimeter.ts';

/**
 * The flat cells of a tile through which a way from another tile could be shorter than every way inside the tile, as
 * bytes of `encodeCellSet`.
 *
 * A way from outside has at least one step before it reaches the perimeter and then at least as many as the cell is
 * away from the perimeter; where the tile's own way out is no longer than that, foreign ways are of no use.
 */
export function borderFlatCells(
  direction: Uint8Array,
  ownSteps: Uint32Array,
  width: number,
  height: number,
): Uint8Array {
  const offsets = d8Offsets(width + 2);
  const paddedWidth = width + 2;
  const kept = new Uint8Array(paddedWidth * (height + 2));
  let front = new CellStack();
  let next = new CellStack();
  for (const cell of perimeterCells(width, height)) {
    if (direction[cell] !== flatCell || ownSteps[cell] <= 1) continue;
    const at = paddedIndex(cell, width);
    kept[at] = 1;
    front.push(at);
  }
  for (let steps = 2; front.size > 0; steps++) {
    while (front.size > 0) {
      const cell = front.pop();
      for (let k = 0; k < 8; k++) {
        const neighbour = cell + offsets[k];
        const column = (neighbour % paddedWidth) - 1;
        const row = Math.floor(neighbour / paddedWidth) - 1;
        if (kept[neighbour] === 1 || column < 0 || row < 0 || column >= width || row >= height) continue;
        const inTile = row * width + column;
        // Neighbouring flat cells are on one level: neither has a lower neighbour.
        if (direction[inTile] !== flatCell || ownSteps[inTile] <= steps) continue;
        kept[neighbour] = 1;
        next.push(neighbour);
      }
    }
    [front, next] = [next, front];
  }
  return encodeCellSet(cropped(kept, width, height));
}

/** Place of a tile's cell in an array with one cell of halo. */
function paddedIndex(cell: number, width: number): number {
  return cell + 2 * Math.floor(cell / width) + width + 3;
}
