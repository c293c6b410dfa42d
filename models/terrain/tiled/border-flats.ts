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
  return cell + 2 * Math.floor(cell / width) + width + 3;
}

/** One tile's border flats, laid out for walking; the memory is reused from tile to tile. */
export class BorderFlatField {
  private inside = new Uint8Array(0);
  private steps = new Uint32Array(0);
  /** Place on the perimeter of each cell, −1 inside. */
  private places = new Int32Array(0);
  private flats = new Int32Array(0);
  private queue = new Int32Array(0);
  /** Padded places of the perimeter cells of the tile's shape. */
  private perimeter = { width: 0, height: 0, cells: new Uint32Array(0) };

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
    this.fit((width + 2) * (height + 2));
    const { inside, steps, places, flats, queue } = this;
    let count = 0;
    forEachCellOfSet(cells, (cell) => {
      const at = paddedIndex(cell, width);
      inside[at] = 1;
      steps[at] = unreachedFlat;
      flats[count++] = at;
    });
    const perimeter = this.paddedPerimeter(width, height);
    for (let place = 0; place < perimeter.length; place++) {
      const at = perimeter[place];
      if (inside[at] === 0) continue;
      steps[at] = perimeterSteps[place];
      places[at] = place;
    }
    const begins = new Int32Array(seeds.length);
    for (let i = 0; i < begins.length; i++) begins[i] = perimeter[seeds[i]];
    const entered = walk(inside, steps, d8Offsets(width + 2), begins, queue);
    const fallen: number[] = [];
    for (let i = 0; i < entered; i++) {
      const place = places[queue[i]];
      if (place < 0 || steps[queue[i]] >= perimeterSteps[place]) continue;
      perimeterSteps[place] = steps[queue[i]];
      fallen.push(place);
    }
    for (let i = 0; i < count; i++) {
      inside[flats[i]] = 0;
      places[flats[i]] = -1;
    }
    return fallen;
  }

  private paddedPerimeter(width: number, height: number): Uint32Array {
    if (this.perimeter.width !== width || this.perimeter.height !== height) {
      const cells = perimeterCells(width, height).map((cell) => paddedIndex(cell, width));
      this.perimeter = { width, height, cells };
    }
    return this.perimeter.cells;
  }

  private fit(size: number): void {
    if (this.inside.length >= size) return;
    this.inside = new Uint8Array(size);
    this.steps = new Uint32Array(size);
    this.places = new Int32Array(size).fill(-1);
    this.flats = new Int32Array(size);
    this.queue = new Int32Array(size);
  }
}

/**
 * Breadth-first walk from cells of different steps.
 *
 * @param queue receives every cell it entered, each once, the seeds not among them
 * @returns how many
 */
function walk(
  inside: Uint8Array,
  steps: Uint32Array,
  offsets: Int32Array,
  seeds: Int32Array,
  queue: Int32Array,
): number {
  seeds.sort((a, b) => steps[a] - steps[b]);
  const begins = Float64Array.from(seeds, (cell) => steps[cell]);
  let tail = 0;
  const enter = (cell: number, next: number): void => {
    for (let k = 0; k < 8; k++) {
      const neighbour = cell + offsets[k];
      if (inside[neighbour] === 0 || steps[neighbour] <= next) continue;
      steps[neighbour] = next;
      queue[tail++] = neighbour;
    }
  };
  let head = 0;
  let seed = 0;
  for (let at = 1; head < tail || seed < seeds.length; at++) {
    if (head === tail) at = begins[seed];
    const end = tail;
    for (; seed < seeds.length && begins[seed] === at; seed++)
      if (steps[seeds[seed]] === at) enter(seeds[seed], at + 1);
    while (head < end) enter(queue[head++], at + 1);
  }
  return tail;
}
