import { MinHeap } from './min-heap.ts';

/** A rectangle of labels or costs. */
export interface Lattice {
  readonly width: number;
  readonly height: number;
}

export interface Seed {
  readonly cell: number;
  readonly label: number;
}

/**
 * Gives every cell the label of the seed that reaches it first, moving to side neighbours only, so that every region is of
 * one piece. Cells that already have a label ≥ 0 in `labels` keep it and spread from where they are.
 *
 * @param cost price of entering a cell, > 0; Infinity shuts it out and leaves it −1.
 */
export function growRegions(lattice: Lattice, cost: Float32Array, seeds: readonly Seed[], labels: Int32Array): void {
  const { width } = lattice;
  const reach = new Float64Array(labels.length).fill(Number.POSITIVE_INFINITY);
  const heap = new MinHeap();
  const done = new Uint8Array(labels.length);
  for (let i = 0; i < labels.length; i++)
    if (labels[i]! >= 0) {
      reach[i] = 0;
      heap.push(0, i);
    }
  for (const seed of seeds) {
    labels[seed.cell] = seed.label;
    reach[seed.cell] = 0;
    heap.push(0, seed.cell);
  }
  const visit = (j: number, from: number) => {
    const through = reach[from]! + cost[j]!;
    if (through >= reach[j]!) return;
    reach[j] = through;
    labels[j] = labels[from]!;
    heap.push(through, j);
  };
  while (heap.size > 0) {
    const i = heap.pop();
    if (done[i]) continue;
    done[i] = 1;
    const x = i % width;
    if (x + 1 < width) visit(i + 1, i);
    if (x > 0) visit(i - 1, i);
    if (i + width < labels.length) visit(i + width, i);
    if (i >= width) visit(i - width, i);
  }
}

/** Numbers the pieces of equal label that hang together by their sides; cells labelled −1 stay −1. */
export function connectedPieces(lattice: Lattice, labels: Int32Array): { piece: Int32Array; sizes: number[] } {
  const { width } = lattice;
  const piece = new Int32Array(labels.length).fill(-1);
  const sizes: number[] = [];
  const stack: number[] = [];
  for (let start = 0; start < labels.length; start++) {
    if (piece[start]! >= 0 || labels[start]! < 0) continue;
    const id = sizes.length;
    let size = 0;
    piece[start] = id;
    stack.push(start);
    while (stack.length > 0) {
      const i = stack.pop()!;
      size++;
      const x = i % width;
      for (let k = 0; k < 4; k++) {
        const j = k === 0 ? i + 1 : k === 1 ? i - 1 : k === 2 ? i + width : i - width;
        if ((k === 0 && x + 1 === width) || (k === 1 && x === 0) || j < 0 || j >= labels.length) continue;
        if (piece[j]! >= 0 || labels[j] !== labels[i]) continue;
        piece[j] = id;
        stack.push(j);
      }
    }
    sizes.push(size);
  }
  return { piece, sizes };
}

/**
 * Gives pieces of fewer than `minimum` cells to their neighbours; with `onePiece`, all but the largest piece of every label
 * too.
 */
export function tidyPieces(lattice: Lattice, labels: Int32Array, minimum: number, onePiece: boolean): Int32Array {
  const { piece, sizes } = connectedPieces(lattice, labels);
  const largest = new Map<number, number>();
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label < 0) continue;
    const best = largest.get(label);
    if (best === undefined || sizes[piece[i]!]! > sizes[best]!) largest.set(label, piece[i]!);
  }
  const kept = new Int32Array(labels.length).fill(-1);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label < 0 || sizes[piece[i]!]! < minimum) continue;
    if (!onePiece || largest.get(label) === piece[i]) kept[i] = label;
  }
  growRegions(lattice, new Float32Array(labels.length).fill(1), [], kept);
  return kept;
}
