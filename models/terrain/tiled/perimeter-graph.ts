import { d8Codes } from '../../grid/d8.ts';
import { linkEnds } from './perimeter-links.ts';
import type { TileSeams } from './tile-perimeter.ts';

/** Where water goes next from each perimeter cell of all tiles: over a seam, or through the tile to its exit. */
export interface PerimeterGraph {
  /** Through number of the next perimeter cell; −1 where water stays. */
  readonly next: Int32Array;
  /** 1 where the step to `next` crosses a seam. */
  readonly crosses: Uint8Array;
}

/** Joins the links of all tiles. `directions` and `links` are per through number. */
export function perimeterGraph(seams: TileSeams, directions: Uint8Array, links: Uint32Array): PerimeterGraph {
  const next = new Int32Array(directions.length).fill(-1);
  const crosses = new Uint8Array(directions.length);
  for (let tile = 0; tile < seams.frames.length; tile++)
    for (let node = seams.starts[tile]; node < seams.starts[tile + 1]; node++) {
      const exit = links[node];
      if (exit !== linkEnds && seams.starts[tile] + exit !== node) next[node] = seams.starts[tile] + exit;
    }
  for (const { count, nodes, neighbours, orders } of seams.crossings())
    for (let i = 0; i < count; i++) {
      if (neighbours[i] < 0 || directions[nodes[i]] !== d8Codes[orders[i]]) continue;
      next[nodes[i]] = neighbours[i];
      crosses[nodes[i]] = 1;
    }
  return { next, crosses };
}

/** Perimeter cells from which water goes on, each after all that lead to it. */
export function downstreamOrder({ next }: PerimeterGraph): Int32Array {
  const waiting = new Uint32Array(next.length);
  for (let node = 0; node < next.length; node++) if (next[node] >= 0) waiting[next[node]]++;
  const order = new Int32Array(next.length);
  let count = 0;
  for (let node = 0; node < next.length; node++) {
    if (waiting[node] !== 0) continue;
    // On down from a cell that nothing is left to lead to; those that come later in the array begin a way of their own.
    for (let from = node; next[from] >= 0; from = next[from]) {
      order[count++] = from;
      if (--waiting[next[from]] !== 0 || next[from] > node) break;
    }
  }
  return order.subarray(0, count);
}
