import { d8ColumnSteps, d8RowSteps } from '../../grid/d8.ts';
import type { CellWindow } from '../../grid/grid-spec.ts';
import { type TileFrame, type TileLayout, tileFrame } from '../../grid/tile-layout.ts';
import { haloCells } from './halo.ts';

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

/** Frames of a layout, and where perimeter cells meet across tiles. */
export class TileSeams {
  readonly layout: TileLayout;
  readonly frames: TileFrame[] = [];
  /** First number of each tile's perimeter cells when all tiles' perimeters are numbered through; one more at the end. */
  readonly starts: Float64Array;

  constructor(layout: TileLayout) {
    this.layout = layout;
    for (let row = 0; row < layout.rows; row++)
      for (let column = 0; column < layout.columns; column++) this.frames.push(tileFrame(layout, column, row));
    this.starts = new Float64Array(this.frames.length + 1);
    this.frames.forEach((frame, i) => {
      this.starts[i + 1] = this.starts[i] + perimeterLength(frame.width, frame.height);
    });
  }

  /** Through number of the perimeter cell at a place of the grid, or −1 outside the grid. */
  nodeAt(column: number, row: number): number {
    const { gridWidth, gridHeight, tileSize, columns } = this.layout;
    if (column < 0 || row < 0 || column >= gridWidth || row >= gridHeight) return -1;
    const tile = Math.floor(row / tileSize) * columns + Math.floor(column / tileSize);
    const frame = this.frames[tile];
    return this.starts[tile] + perimeterIndex(column - frame.x0, row - frame.y0, frame.width, frame.height);
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
  ringNodes({ x0, y0, width, height }: CellWindow): Float64Array {
    const cells = haloCells(width, height);
    const nodes = new Float64Array(cells.length);
    for (let i = 0; i < cells.length; i++) {
      const row = Math.floor(cells[i] / (width + 2));
      nodes[i] = this.nodeAt(x0 + (cells[i] - row * (width + 2)) - 1, y0 + row - 1);
    }
    return nodes;
  }

  /** Values at the ring of cells around a tile, in the order of `haloCells`, from an array by through numbers. */
  ringValues<A extends Float32Array | Uint32Array>(frame: CellWindow, values: A, outside: number): A {
    const nodes = this.ringNodes(frame);
    const ring = new (values.constructor as new (length: number) => A)(nodes.length);
    for (let i = 0; i < nodes.length; i++) ring[i] = nodes[i] < 0 ? outside : values[nodes[i]];
    return ring;
  }

  /**
   * Calls back for every pair of a perimeter cell and a neighbour outside its tile; pairs of two tiles are met from both
   * sides.
   *
   * @param use gets the through numbers of cell and neighbour (−1 outside the grid) and the neighbour's D8 index
   */
  forEachCrossing(use: (node: number, neighbour: number, k: number) => void): void {
    for (let tile = 0; tile < this.frames.length; tile++) {
      const { x0, y0, width, height } = this.frames[tile];
      let node = this.starts[tile];
      for (let row = 0; row < height; row++) {
        const rowSides = (row === 0 ? north : 0) | (row === height - 1 ? south : 0);
        for (let column = 0; column < width; column += rowSides === 0 ? Math.max(1, width - 1) : 1) {
          const sides = rowSides | (column === 0 ? west : 0) | (column === width - 1 ? east : 0);
          for (const k of neighboursBeyond[sides])
            use(node, this.nodeAt(x0 + column + d8ColumnSteps[k], y0 + row + d8RowSteps[k]), k);
          node++;
        }
      }
    }
  }
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
