/** Which cells count as neighbours: 4 = across edges, 8 = across corners too. */
export type Connectivity = 4 | 8;

/** Disjoint sets over 0 … n − 1 whose representative is always the smallest member. */
export class SmallestRoot {
  private parent: Uint32Array;
  private size: number;

  constructor(size = 0) {
    this.parent = Uint32Array.from({ length: Math.max(16, size) }, (_, i) => i);
    this.size = size;
  }

  /** A new set of one member; returns the member. */
  add(): number {
    if (this.size === this.parent.length) {
      const grown = new Uint32Array(this.size * 2);
      grown.set(this.parent);
      this.parent = grown;
    }
    this.parent[this.size] = this.size;
    return this.size++;
  }

  root(member: number): number {
    const { parent } = this;
    while (parent[member] !== member) {
      parent[member] = parent[parent[member]];
      member = parent[member];
    }
    return member;
  }

  join(a: number, b: number): void {
    const [left, right] = [this.root(a), this.root(b)];
    if (left < right) this.parent[right] = left;
    else this.parent[left] = right;
  }
}

/** Labels 1 … count of the connected cells of equal value, 0 where the value is 0. */
export interface ComponentLabels {
  readonly labels: Uint32Array;
  readonly count: number;
}

/**
 * Connected components of equal non-zero value, numbered in the order in which row-by-row reading meets them first.
 * Two passes with union–find (Rosenfeld & Pfaltz 1966, Journal of the ACM 13, 471–494).
 */
export function labelComponents(values: Uint8Array, width: number, connectivity: Connectivity): ComponentLabels {
  const labels = new Uint32Array(values.length);
  const sets = new SmallestRoot();
  // Provisional label 0 is never handed out, so that 0 stays the background.
  sets.add();
  for (let cell = 0, column = 0; cell < values.length; cell++, column = column + 1 === width ? 0 : column + 1) {
    const value = values[cell];
    if (value === 0) continue;
    let label = 0;
    const meet = (other: number): void => {
      if (values[other] !== value) return;
      if (label === 0) label = labels[other];
      else if (labels[other] !== label) sets.join(label, labels[other]);
    };
    const above = cell >= width;
    if (column > 0) meet(cell - 1);
    if (above) meet(cell - width);
    if (connectivity === 8 && above) {
      if (column > 0) meet(cell - width - 1);
      if (column + 1 < width) meet(cell - width + 1);
    }
    labels[cell] = label === 0 ? sets.add() : label;
  }
  return renumbered(labels, (label) => sets.root(label));
}

/** Gives labels the numbers 1, 2, … in the order of their first cells, in place. */
function renumbered(labels: Uint32Array, rootOf: (label: number) => number): ComponentLabels {
  const numbers = new Map<number, number>();
  for (let cell = 0; cell < labels.length; cell++) {
    if (labels[cell] === 0) continue;
    const root = rootOf(labels[cell]);
    let number = numbers.get(root);
    if (number === undefined) numbers.set(root, (number = numbers.size + 1));
    labels[cell] = number;
  }
  return { labels, count: numbers.size };
}
