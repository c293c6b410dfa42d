/**
 * Whole-number circulation with lower and upper bounds on every arc, by Dinic's algorithm (Dinic 1970) on the usual extra
 * source and sink that carry the lower bounds. Arcs are added first, then `solve` is called once.
 */
export class BoundedFlow {
  private readonly nodeCount: number;
  private readonly from: number[] = [];
  private readonly to: number[] = [];
  private readonly lower: number[] = [];
  private readonly upper: number[] = [];

  constructor(nodeCount: number) {
    this.nodeCount = nodeCount;
  }

  /** Adds an arc and returns its number. */
  arc(from: number, to: number, lower: number, upper: number): number {
    this.from.push(from);
    this.to.push(to);
    this.lower.push(lower);
    this.upper.push(upper);
    return this.from.length - 1;
  }

  /** Flow of every arc, or undefined when no circulation keeps all bounds. */
  solve(): Float64Array | undefined {
    const arcCount = this.from.length;
    const source = this.nodeCount;
    const sink = this.nodeCount + 1;
    const network = new Residual(this.nodeCount + 2);
    const excess = new Float64Array(this.nodeCount);
    for (let arc = 0; arc < arcCount; arc++) {
      if (this.lower[arc] > this.upper[arc]) return undefined;
      network.arc(this.from[arc], this.to[arc], this.upper[arc] - this.lower[arc]);
      excess[this.to[arc]] += this.lower[arc];
      excess[this.from[arc]] -= this.lower[arc];
    }
    let demand = 0;
    for (let node = 0; node < this.nodeCount; node++) {
      if (excess[node] > 0) {
        network.arc(source, node, excess[node]);
        demand += excess[node];
      } else if (excess[node] < 0) network.arc(node, sink, -excess[node]);
    }
    if (network.maximumFlow(source, sink) !== demand) return undefined;
    return Float64Array.from({ length: arcCount }, (_, arc) => this.lower[arc] + network.flowOf(arc));
  }
}

/** Residual network: arc k of the caller is edge 2k, its reverse edge 2k + 1. */
class Residual {
  private readonly edges: number[][];
  private readonly head: number[] = [];
  private readonly room: number[] = [];

  constructor(nodeCount: number) {
    this.edges = Array.from({ length: nodeCount }, () => []);
  }

  arc(from: number, to: number, capacity: number): void {
    this.edges[from].push(this.head.length);
    this.head.push(to);
    this.room.push(capacity);
    this.edges[to].push(this.head.length);
    this.head.push(from);
    this.room.push(0);
  }

  flowOf(arc: number): number {
    return this.room[2 * arc + 1];
  }

  maximumFlow(source: number, sink: number): number {
    let total = 0;
    for (;;) {
      const level = this.levels(source);
      if (level[sink] < 0) return total;
      const next = new Int32Array(this.edges.length);
      for (let pushed = this.push(source, sink, level, next); pushed > 0; ) {
        total += pushed;
        pushed = this.push(source, sink, level, next);
      }
    }
  }

  private levels(source: number): Int32Array {
    const level = new Int32Array(this.edges.length).fill(-1);
    level[source] = 0;
    const queue = [source];
    for (const node of queue)
      for (const edge of this.edges[node]) {
        const reached = this.head[edge];
        if (this.room[edge] <= 0 || level[reached] >= 0) continue;
        level[reached] = level[node] + 1;
        queue.push(reached);
      }
    return level;
  }

  /** One augmenting path in the level graph, walked with an explicit stack: paths may be as long as the network. */
  private push(source: number, sink: number, level: Int32Array, next: Int32Array): number {
    const path: number[] = [];
    let node = source;
    while (node !== sink) {
      let advanced = false;
      while (next[node] < this.edges[node].length) {
        const edge = this.edges[node][next[node]];
        if (this.room[edge] > 0 && level[this.head[edge]] === level[node] + 1) {
          path.push(edge);
          node = this.head[edge];
          advanced = true;
          break;
        }
        next[node]++;
      }
      if (advanced) continue;
      if (path.length === 0) return 0;
      node = this.head[path.pop()! ^ 1];
      next[node]++;
    }
    let amount = Number.POSITIVE_INFINITY;
    for (const edge of path) amount = Math.min(amount, this.room[edge]);
    for (const edge of path) {
      this.room[edge] -= amount;
      this.room[edge ^ 1] += amount;
    }
    return amount;
  }
}
