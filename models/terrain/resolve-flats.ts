import { d8Codes, d8Offsets, flatCell } from '../grid/d8.ts';
import { CellStack } from './cell-queues.ts';

/** Distance of a flat cell that no draining cell has reached yet. */
export const unreachedFlat = 0xffffffff;

/**
 * Gives every flat cell a direction towards the nearest way out of its flat.
 *
 * dist(c) = 0 for draining cells; for flat cells the number of 8-steps, through cells of the same flat (equal filled
 * elevation), to the nearest draining cell of that flat. The receiver of a flat cell is the first neighbour in D8 order
 * with equal elevation and dist(c) − 1. Both depend on the filled surface alone, never on the order of a flood, and no
 * cycle can arise: elevation never rises along the way, and dist falls wherever elevation stays.
 * (The flow towards lower terrain of Barnes, Lehman & Mulla 2014, Computers & Geosciences 62, 128–135, without its
 * gradient away from higher ground.)
 *
 * @param filled depression-free surface, metres
 * @param direction codes from `d8FlowDirection`, changed in place: no flat code is left
 */
export function resolveFlats(filled: Float32Array, direction: Uint8Array, width: number): Uint8Array {
  return directFlats(filled, direction, flatDistances(filled, direction, width), width);
}

/** Steps known beforehand at cells around a tile, whose own directions are not known. */
export interface KnownSteps {
  /** Array places; their direction code must be `noDirection`. */
  readonly cells: Uint32Array;
  /** 0 where the cell drains, `unreachedFlat` where nothing is known yet. */
  readonly steps: Uint32Array;
}

/**
 * Steps from each flat cell to the nearest draining cell of its flat.
 *
 * @param known cells outside the tile that continue its flats
 * @returns uint32: 0 for draining and nodata cells, ≥ 1 for flat cells, `unreachedFlat` for flats without a way out
 *   (none on a filled surface, if the whole flat is known)
 */
export function flatDistances(
  filled: Float32Array,
  direction: Uint8Array,
  width: number,
  known?: KnownSteps,
): Uint32Array {
  const offsets = d8Offsets(width);
  const distance = new Uint32Array(direction.length);
  known?.cells.forEach((cell, i) => {
    distance[cell] = known.steps[i];
  });
  const seeds = flatSeeds(filled, direction, distance, width);
  if (known) seeds.sort((a, b) => distance[a] - distance[b]);

  let front = new CellStack();
  let next = new CellStack();
  let seed = 0;
  const waiting = Uint32Array.from(seeds, (cell) => distance[cell]);
  for (let steps = 1; front.size > 0 || seed < seeds.length; steps++) {
    if (front.size === 0) steps = waiting[seed];
    for (; seed < seeds.length && waiting[seed] === steps; seed++)
      if (distance[seeds[seed]] === steps) front.push(seeds[seed]);
    while (front.size > 0) {
      const cell = front.pop();
      for (let k = 0; k < 8; k++) {
        const neighbour = cell + offsets[k];
        if (direction[neighbour] !== flatCell || distance[neighbour] <= steps + 1) continue;
        if (filled[neighbour] !== filled[cell]) continue;
        distance[neighbour] = steps + 1;
        next.push(neighbour);
      }
    }
    [front, next] = [next, front];
  }
  return distance;
}

/** Flat cells beside a cell whose steps are known; sets their steps, and those of all other flat cells to unreached. */
function flatSeeds(filled: Float32Array, direction: Uint8Array, distance: Uint32Array, width: number): number[] {
  const offsets = d8Offsets(width);
  const seeds: number[] = [];
  for (let i = 0; i < direction.length; i++) {
    if (direction[i] !== flatCell) continue;
    let nearest = unreachedFlat;
    for (let k = 0; k < 8; k++) {
      const neighbour = i + offsets[k];
      if (direction[neighbour] === flatCell || filled[neighbour] !== filled[i]) continue;
      if (distance[neighbour] < nearest) nearest = distance[neighbour];
    }
    distance[i] = nearest === unreachedFlat ? unreachedFlat : nearest + 1;
    if (nearest !== unreachedFlat) seeds.push(i);
  }
  return seeds;
}

/** Replaces every flat code by the direction of the first neighbour on the same level that is one step closer. */
export function directFlats(
  filled: Float32Array,
  direction: Uint8Array,
  distance: Uint32Array,
  width: number,
): Uint8Array {
  const offsets = d8Offsets(width);
  for (let i = 0; i < direction.length; i++) {
    if (direction[i] !== flatCell) continue;
    for (let k = 0; k < 8; k++) {
      const neighbour = i + offsets[k];
      if (filled[neighbour] !== filled[i] || distance[neighbour] !== distance[i] - 1) continue;
      direction[i] = d8Codes[k];
      break;
    }
  }
  return direction;
}
