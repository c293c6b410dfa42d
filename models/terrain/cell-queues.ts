/** A stack of cell indices that grows as needed. */
export class CellStack {
  private cells: Int32Array;
  size = 0;

  constructor(capacity = 32) {
    this.cells = new Int32Array(capacity);
  }

  push(cell: number): void {
    if (this.size === this.cells.length) this.cells = grown(this.cells, new Int32Array(this.size * 2));
    this.cells[this.size++] = cell;
  }

  /** Takes the last cell; the stack must not be empty. */
  pop(): number {
    return this.cells[--this.size];
  }
}

/** A binary min-heap of cells by elevation. The order among equal elevations is unspecified. */
export class CellHeap {
  private cells: Int32Array;
  private keys: Float32Array;
  size = 0;

  constructor(capacity = 32) {
    this.cells = new Int32Array(capacity);
    this.keys = new Float32Array(capacity);
  }

  push(cell: number, key: number): void {
    if (this.size === this.cells.length) {
      this.cells = grown(this.cells, new Int32Array(this.size * 2));
      this.keys = grown(this.keys, new Float32Array(this.size * 2));
    }
    const { cells, keys } = this;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (keys[parent] <= key) break;
      cells[at] = cells[parent];
      keys[at] = keys[parent];
      at = parent;
    }
    cells[at] = cell;
    keys[at] = key;
  }

  /** Takes the lowest cell; the heap must not be empty. */
  pop(): number {
    const { cells, keys } = this;
    const lowest = cells[0];
    const size = --this.size;
    const cell = cells[size];
    const key = keys[size];
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && keys[child + 1] < keys[child]) child++;
      if (keys[child] >= key) break;
      cells[at] = cells[child];
      keys[at] = keys[child];
      at = child;
    }
    cells[at] = cell;
    keys[at] = key;
    return lowest;
  }
}

function grown<T extends Int32Array | Float32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
