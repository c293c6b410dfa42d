import { d8Offsets, flatCell } from '../../grid/d8.ts';
import { CellStack } from '../cell-queues.ts';
import { unreachedFlat } from '../resolve-flats.ts';
import { encodeCellSet, forEachCellOfSet } from './cell-set-bytes.ts';
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
export function paddedIndex(cell: number, width: number): number {
  return (Math.floor(cell / width) + 1) * (width + 2) + (cell % width) + 1;
}

/** One tile's border flats, laid out for walking; the memory is reused from tile to tile. */
export class BorderFlatField {
  private inside = new Uint8Array(0);
  private steps = new Uint32Array(0);

  /**
   * Spreads steps from perimeter cells through a tile's border flats.
   *
   * @param cells see `borderFlatCells`
   * @param perimeterSteps steps at the perimeter cells; lowered where a seed offers less
   * @param seeds places on the perimeter whose steps have fallen
   * @returns places on the perimeter whose steps have fallen on the way, seeds not among them
   */
  spread(
    cells: Uint8Array,
    width: number,
    height: number,
    perimeterSteps: Uint32Array,
    seeds: readonly number[],
  ): number[] {
    const size = (width + 2) * (height + 2);
    if (this.inside.length < size) {
      this.inside = new Uint8Array(size);
      this.steps = new Uint32Array(size);
    }
    const { inside, steps } = this;
    forEachCellOfSet(cells, (cell) => {
      const at = paddedIndex(cell, width);
      inside[at] = 1;
      steps[at] = unreachedFlat;
    });
    const perimeter = perimeterCells(width, height);
    const places = new Map<number, number>();
    perimeter.forEach((cell, place) => {
      const at = paddedIndex(cell, width);
      if (inside[at] === 0) return;
      steps[at] = perimeterSteps[place];
      places.set(at, place);
    });
    const reached = walk(
      inside,
      steps,
      d8Offsets(width + 2),
      seeds.map((place) => paddedIndex(perimeter[place], width)),
    );
    const fallen: number[] = [];
    for (const at of reached) {
      const place = places.get(at);
      if (place === undefined || steps[at] >= perimeterSteps[place]) continue;
      perimeterSteps[place] = steps[at];
      fallen.push(place);
    }
    forEachCellOfSet(cells, (cell) => {
      inside[paddedIndex(cell, width)] = 0;
    });
    return fallen;
  }
}

/** Breadth-first walk from cells of different steps; returns every cell it entered. */
function walk(inside: Uint8Array, steps: Uint32Array, offsets: Int32Array, seeds: number[]): number[] {
  const reached: number[] = [];
  seeds.sort((a, b) => steps[a] - steps[b]);
  const begins = seeds.map((cell) => steps[cell]);
  let front = new CellStack();
  let next = new CellStack();
  let seed = 0;
  for (let at = 1; front.size > 0 || seed < seeds.length; at++) {
    if (front.size === 0) at = begins[seed];
    for (; seed < seeds.length && begins[seed] === at; seed++) if (steps[seeds[seed]] === at) front.push(seeds[seed]);
    while (front.size > 0) {
      const cell = front.pop();
      for (let k = 0; k < 8; k++) {
        const neighbour = cell + offsets[k];
        if (inside[neighbour] === 0 || steps[neighbour] <= at + 1) continue;
        steps[neighbour] = at + 1;
        reached.push(neighbour);
        next.push(neighbour);
      }
    }
    [front, next] = [next, front];
  }
  return reached;
}
