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
  seams.forEachCrossing((node, neighbour, k) => {
    if (neighbour < 0 || directions[node] !== d8Codes[k]) return;
    next[node] = neighbour;
    crosses[node] = 1;
  });
  return { next, crosses };
}

/** Visits every step of the graph, each cell's own step after all steps to it. */
export function sweepPerimeters({ next }: PerimeterGraph, visit: (from: number, to: number) => void): void {
  const waiting = new Uint32Array(next.length);
  for (const to of next) if (to >= 0) waiting[to]++;
  const ready: number[] = [];
  for (let node = 0; node < next.length; node++) if (waiting[node] === 0) ready.push(node);
  while (ready.length > 0) {
    const from = ready.pop()!;
    const to = next[from];
    if (to < 0) continue;
    visit(from, to);
    if (--waiting[to] === 0) ready.push(to);
  }
}
