import { d8ColumnSteps, d8RowSteps } from '../../grid/d8.ts';
import { type TileFrame, type TileLayout, tileFrames } from '../../grid/tile-layout.ts';
import { haloLength } from './halo.ts';

/** Number of cells on the perimeter of a tile: 2w + 2h − 4, or all cells of a tile one cell wide or high. */
export function perimeterLength(width: number, height: number): number {
  return width < 2 || height < 2 ? width * height : 2 * (width + height) - 4;
}

/** Tile cell of each perimeter cell, row by row. */
export function perimeterCells(width: number, height: number): Uint32Array {
  const cells = new Uint32Array(perimeterLength(width, height));
  let count = 0;
  for (let row = 0; row < height; row++) {
    const whole = row === 0 || row === height - 1;
    for (let column = 0; column < width; column += whole ? 1 : Math.max(1, width - 1))
      cells[count++] = row * width + column;
  }
  return cells;
}

/** Place of a cell in `perimeterCells`; the cell must lie on the perimeter. */
export function perimeterIndex(column: number, row: number, width: number, height: number): number {
  if (row === 0) return column;
  const perRow = Math.min(width, 2);
  if (row === height - 1) return width + (height - 2) * perRow + column;
  return width + (row - 1) * perRow + (column === 0 ? 0 : 1);
}

/**
 * Pairs of a perimeter cell of one tile and a neighbour outside it, in the order of the perimeter and then of D8; pairs of two
 * tiles are met from both sides.
 */
export interface TileCrossings {
  readonly count: number;
  /** Through number of each pair's perimeter cell. */
  readonly nodes: Int32Array;
  /** Through number of the neighbour; −1 outside the grid. */
  readonly neighbours: Int32Array;
  /** D8 index of the neighbour. */
  readonly orders: Uint8Array;
}

/** Frames of a layout, and where perimeter cells meet across tiles. */
export class TileSeams {
  readonly layout: TileLayout;
  readonly frames: TileFrame[];
  /** First number of each tile's perimeter cells when all tiles' perimeters are numbered through; one more at the end. */
  readonly starts: Float64Array;

  constructor(layout: TileLayout) {
    this.layout = layout;
    this.frames = tileFrames(layout);
    this.starts = new Float64Array(this.frames.length + 1);
    this.frames.forEach((frame, i) => {
      this.starts[i + 1] = this.starts[i] + perimeterLength(frame.width, frame.height);
    });
  }

  /** Index, in `frames`, of the tile that a through number belongs to. */
  tileOf(node: number): number {
    let [low, high] = [0, this.frames.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= node) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Through numbers of the ring of cells around a tile, in the order of `haloCells`; −1 outside the grid. */
  ringNodes(tile: number): Int32Array {
    const { width, height } = this.frames[tile];
    const nodes = new Int32Array(haloLength(width, height));
    let count = 0;
    for (let row = -1; row <= height; row++) {
      const down = row < 0 ? -1 : row < height ? 0 : 1;
      count = this.nodesBeyond(tile, -1, down, row, 1, nodes, count);
      if (down !== 0) count = this.nodesBeyond(tile, 0, down, row, width, nodes, count);
      count = this.nodesBeyond(tile, 1, down, row, 1, nodes, count);
    }
    return nodes;
  }

  /** Through numbers of some cells of the ring, from the first in a row that a neighbouring tile has; returns their end. */
  private nodesBeyond(
    tile: number,
    right: number,
    down: number,
    ringRow: number,
    cells: number,
    nodes: Int32Array,
    start: number,
  ): number {
    const { columns, rows } = this.layout;
    const column = this.frames[tile].column + right;
    const row = this.frames[tile].row + down;
    const end = start + cells;
    if (column < 0 || row < 0 || column >= columns || row >= rows) {
      nodes.fill(-1, start, end);
      return end;
    }
    const other = row * columns + column;
    const { width, height } = this.frames[other];
    const inRow = down < 0 ? height - 1 : down > 0 ? 0 : ringRow;
    const first = this.starts[other] + perimeterIndex(right < 0 ? width - 1 : 0, inRow, width, height);
    for (let i = 0; i < cells; i++) nodes[start + i] = first + i;
    return end;
  }

  /** The crossings of each tile, in the order of `frames`. The arrays serve again for the next tile. */
  *crossings(): Generator<TileCrossings> {
    let room = 0;
    let nodes = new Int32Array(0);
    let neighbours = new Int32Array(0);
    let orders = new Uint8Array(0);
    for (let tile = 0; tile < this.frames.length; tile++) {
      const { width, height } = this.frames[tile];
      const most = 8 * perimeterLength(width, height);
      if (most > room) {
        room = most;
        [nodes, neighbours, orders] = [new Int32Array(room), new Int32Array(room), new Uint8Array(room)];
      }
      yield { count: this.tileCrossings(tile, nodes, neighbours, orders), nodes, neighbours, orders };
    }
  }

  private tileCrossings(tile: number, nodes: Int32Array, neighbours: Int32Array, orders: Uint8Array): number {
    const { width, height } = this.frames[tile];
    const ring = this.ringNodes(tile);
    let node = this.starts[tile];
    let count = 0;
    for (let row = 0; row < height; row++) {
      const rowSides = (row === 0 ? north : 0) | (row === height - 1 ? south : 0);
      for (let column = 0; column < width; column += rowSides === 0 ? Math.max(1, width - 1) : 1) {
        const sides = rowSides | (column === 0 ? west : 0) | (column === width - 1 ? east : 0);
        const beyond = neighboursBeyond[sides];
        for (let i = 0; i < beyond.length; i++) {
          const k = beyond[i];
          nodes[count] = node;
          neighbours[count] =
            ring[perimeterIndex(column + 1 + d8ColumnSteps[k], row + 1 + d8RowSteps[k], width + 2, height + 2)];
          orders[count++] = k;
        }
        node++;
      }
    }
    return count;
  }
}

/** Values at the cells of a ring from an array by through numbers, see `TileSeams.ringNodes`. */
export function ringValues<A extends Float32Array | Uint32Array>(nodes: Int32Array, values: A, outside: number): A {
  const ring = new (values.constructor as new (length: number) => A)(nodes.length);
  for (let i = 0; i < nodes.length; i++) ring[i] = nodes[i] < 0 ? outside : values[nodes[i]];
  return ring;
}

const [west, east, north, south] = [1, 2, 4, 8];

/** D8 indices of the neighbours outside a tile, by the sides of the tile that a cell lies on. */
const neighboursBeyond = Array.from({ length: 16 }, (_, sides) =>
  [0, 1, 2, 3, 4, 5, 6, 7].filter((k) => {
    const [dx, dy] = [d8ColumnSteps[k], d8RowSteps[k]];
    return (sides & ((dx < 0 ? west : 0) | (dx > 0 ? east : 0) | (dy < 0 ? north : 0) | (dy > 0 ? south : 0))) !== 0;
  }),
);

/** Joins per-tile perimeter arrays, in frame order, into one array by through numbers. */
export function joinPerimeters<A extends Float32Array | Float64Array | Uint8Array | Uint32Array | Int32Array>(
  perimeters: readonly A[],
  joined: A,
): A {
  let start = 0;
  for (const perimeter of perimeters) {
    joined.set(perimeter as never, start);
    start += perimeter.length;
  }
  return joined;
}
