import { d8Neighbour, d8Offsets } from '../grid/d8.ts';
import { CellHeap, CellStack } from './cell-queues.ts';
import { interiorCell, nodataCell } from './edge-cells.ts';

/**
 * Raises every depression to the level at which it overflows:
 * filled(c) = min over 8-connected paths from c to an edge cell of the highest elevation on the path.
 *
 * The surface is that of the priority-flood (Barnes, Lehman & Mulla 2014, Computers & Geosciences 62, 117–127), reached
 * with fewer heap operations: a cell beside a finished cell and not below it is itself finished at its own elevation,
 * in whatever order it is met, so only the rims of depressions ever need ordering. Output values are copies of input
 * values (−0 becomes +0), hence independent of the order of work.
 *
 * @param elevation metres, NaN = nodata, row-major
 * @param edges seeds: see `edgeCells`
 * @returns metres, NaN = nodata; never below the input
 */
export function fillDepressions(
  elevation: Float32Array,
  edges: Uint8Array,
  width: number,
  height: number,
  out: Float32Array = new Float32Array(elevation.length),
): Float32Array {
  const flood = new Flood(elevation, edges, width, height, out);
  for (let i = 0; i < edges.length; i++) flood.climbFrom(i);
  flood.overflow();
  return out;
}

const unresolved = 0;
const resolved = 1;
const queued = 2;

class Flood {
  private readonly edges: Uint8Array;
  private readonly width: number;
  private readonly height: number;
  private readonly filled: Float32Array;
  private readonly offsets: Int32Array;
  private readonly state: Uint8Array;
  private readonly climbing = new CellStack();
  private readonly flooding = new CellStack();
  private readonly holding = new CellStack();
  private readonly rims = new CellHeap();

  constructor(elevation: Float32Array, edges: Uint8Array, width: number, height: number, out: Float32Array) {
    this.edges = edges;
    this.width = width;
    this.height = height;
    this.filled = out;
    this.offsets = d8Offsets(width);
    this.state = new Uint8Array(elevation.length);
    // Adding zero turns −0 into +0: equal elevations must be equal bytes whichever of them a flood copies.
    for (let i = 0; i < elevation.length; i++) out[i] = elevation[i] + 0;
    for (let i = 0; i < edges.length; i++) if (edges[i] === nodataCell) this.state[i] = resolved;
  }

  /** Finishes a seed and all cells on never-descending paths from it; does nothing on cells that are no seeds. */
  climbFrom(seed: number): void {
    if (this.edges[seed] === interiorCell || this.state[seed] !== unresolved) return;
    this.state[seed] = resolved;
    this.climbing.push(seed);
    this.climb(false);
  }

  /** Fills what no climb has reached, the depressions: lets water in over the lowest rim first. */
  overflow(): void {
    this.queueRims();
    const { filled, rims, flooding } = this;
    while (rims.size > 0) {
      const rim = rims.pop();
      if (!this.touchesUnresolved(rim)) continue;
      flooding.push(rim);
      this.flood(filled[rim]);
      this.climb(true);
    }
  }

  private queueRims(): void {
    const { filled, offsets, state, rims } = this;
    for (let i = 0; i < state.length; i++) {
      if (state[i] !== unresolved) continue;
      for (let k = 0; k < 8; k++) {
        const rim = i + offsets[k];
        if (state[rim] !== resolved) continue;
        state[rim] = queued;
        rims.push(rim, filled[rim]);
      }
    }
  }

  private flood(level: number): void {
    const { filled, state, flooding, climbing } = this;
    while (flooding.size > 0) {
      const cell = flooding.pop();
      for (let k = 0; k < 8; k++) {
        const neighbour = this.neighbour(cell, k);
        if (neighbour < 0 || state[neighbour] !== unresolved) continue;
        state[neighbour] = resolved;
        if (filled[neighbour] > level) climbing.push(neighbour);
        else {
          filled[neighbour] = level;
          flooding.push(neighbour);
        }
      }
    }
  }

  /** Finishes what lies above the cells on the stack; cells found to hold back lower ground may be queued as rims. */
  private climb(queueing: boolean): void {
    const { filled, state, climbing, holding, rims } = this;
    while (climbing.size > 0) {
      const cell = climbing.pop();
      const level = filled[cell];
      let holdsBack = false;
      for (let k = 0; k < 8; k++) {
        const neighbour = this.neighbour(cell, k);
        if (neighbour < 0 || state[neighbour] !== unresolved) continue;
        if (filled[neighbour] >= level) {
          state[neighbour] = resolved;
          climbing.push(neighbour);
        } else holdsBack = true;
      }
      if (holdsBack && queueing) holding.push(cell);
    }
    // Much of what a cell held back has been climbed to from another side since.
    while (holding.size > 0) {
      const cell = holding.pop();
      if (this.touchesUnresolved(cell)) rims.push(cell, filled[cell]);
    }
  }

  private touchesUnresolved(cell: number): boolean {
    for (let k = 0; k < 8; k++) {
      const neighbour = this.neighbour(cell, k);
      if (neighbour >= 0 && this.state[neighbour] === unresolved) return true;
    }
    return false;
  }

  private neighbour(cell: number, k: number): number {
    return this.edges[cell] === interiorCell ? cell + this.offsets[k] : d8Neighbour(cell, k, this.width, this.height);
  }
}
