import { CellHeap } from '../cell-queues.ts';

/** Passes kept in mind to recognise repetitions, which come close together: two to this many. */
const rememberedBits = 13;

/** Passes between vertices, and how high water must rise at each to reach vertex 0. */
export class PassGraph {
  private readonly vertices: number;
  /** Vertices of pass i at 2i and 2i + 1. */
  private ends = new Uint32Array(64);
  private levels = new Float32Array(32);
  private passes = 0;
  /** By a hash of its vertices, the number of a pass met last, plus one. */
  private readonly recent = new Uint32Array(1 << rememberedBits);

  constructor(vertices: number) {
    this.vertices = vertices;
  }

  /** A way between two vertices over a level; of several only the lowest matters. */
  add(a: number, b: number, level: number): void {
    if (a === b) return;
    const [lower, higher] = a < b ? [a, b] : [b, a];
    const slot = (Math.imul(lower, 0x9e3779b1) ^ Math.imul(higher, 0x85ebca6b)) >>> (32 - rememberedBits);
    const known = this.recent[slot] - 1;
    if (known >= 0 && this.ends[2 * known] === lower && this.ends[2 * known + 1] === higher) {
      if (level < this.levels[known]) this.levels[known] = level;
      return;
    }
    this.recent[slot] = this.passes + 1;
    if (this.passes === this.levels.length) this.grow();
    this.ends[2 * this.passes] = lower;
    this.ends[2 * this.passes + 1] = higher;
    this.levels[this.passes++] = level;
  }

  /** Per vertex the lowest level over which it reaches vertex 0; −∞ at vertex 0, NaN where there is no way. */
  overflowLevels(): Float32Array {
    const { vertices, ends, levels, passes } = this;
    const starts = new Uint32Array(vertices + 1);
    for (let end = 0; end < 2 * passes; end++) starts[ends[end] + 1]++;
    for (let v = 0; v < vertices; v++) starts[v + 1] += starts[v];
    const links = new Uint32Array(2 * passes);
    const used = starts.slice();
    for (let end = 0; end < 2 * passes; end++) links[used[ends[end]]++] = end;

    const overflow = new Float32Array(vertices).fill(Number.NaN);
    const heap = new CellHeap();
    const reach = new Float32Array(vertices).fill(Number.POSITIVE_INFINITY);
    reach[0] = Number.NEGATIVE_INFINITY;
    heap.push(0, reach[0]);
    while (heap.size > 0) {
      const vertex = heap.pop();
      if (!Number.isNaN(overflow[vertex])) continue;
      overflow[vertex] = reach[vertex];
      for (let i = starts[vertex]; i < starts[vertex + 1]; i++) {
        const other = ends[links[i] ^ 1];
        const level = Math.max(overflow[vertex], levels[links[i] >>> 1]);
        if (level >= reach[other]) continue;
        reach[other] = level;
        heap.push(other, level);
      }
    }
    return overflow;
  }

  private grow(): void {
    const [ends, levels] = [new Uint32Array(this.ends.length * 2), new Float32Array(this.levels.length * 2)];
    ends.set(this.ends);
    levels.set(this.levels);
    [this.ends, this.levels] = [ends, levels];
  }
}
