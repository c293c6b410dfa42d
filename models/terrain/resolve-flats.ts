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

/**
 * Steps from each flat cell to the nearest draining cell of its flat.
 *
 * @returns uint32: 0 for draining and nodata cells, ≥ 1 for flat cells, `unreachedFlat` for flats without a way out
 *   (none on a filled surface)
 */
export function flatDistances(filled: Float32Array, direction: Uint8Array, width: number): Uint32Array {
  const offsets = d8Offsets(width);
  const distance = new Uint32Array(direction.length);
  let front = new CellStack();
  for (let i = 0; i < direction.length; i++) {
    if (direction[i] !== flatCell) continue;
    distance[i] = unreachedFlat;
    for (let k = 0; k < 8; k++) {
      const neighbour = i + offsets[k];
      if (direction[neighbour] === flatCell || filled[neighbour] !== filled[i]) continue;
      distance[i] = 1;
      front.push(i);
      break;
    }
  }

  let next = new CellStack();
  for (let steps = 2; front.size > 0; steps++) {
    while (front.size > 0) {
      const cell = front.pop();
      for (let k = 0; k < 8; k++) {
        const neighbour = cell + offsets[k];
        if (distance[neighbour] !== unreachedFlat || direction[neighbour] !== flatCell) continue;
        if (filled[neighbour] !== filled[cell]) continue;
        distance[neighbour] = steps;
        next.push(neighbour);
      }
    }
    [front, next] = [next, front];
  }
  return distance;
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
