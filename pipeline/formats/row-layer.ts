import type { PixelArray } from './pixel-type.ts';

/** A raster inside a larger array: cell (column, row) is `cells[first + row × stride + column]`. */
export interface RowLayer<Cells extends PixelArray = PixelArray> {
  readonly cells: Cells;
  readonly first: number;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
}

/** A raster that fills its array. */
export function wholeLayer<Cells extends PixelArray>(cells: Cells, width: number, height: number): RowLayer<Cells> {
  return { cells, first: 0, stride: width, width, height };
}

/** From the first cell of a layer to its last, with what lies between its rows. */
export const layerSpan = <Cells extends PixelArray>({ cells, first, stride, width, height }: RowLayer<Cells>): Cells =>
  cells.subarray(first, first + (height - 1) * stride + width) as Cells;

/** A copy of a layer's cells, row by row. */
export function layerCells<Cells extends PixelArray>(layer: RowLayer<Cells>): Cells {
  const { cells, first, stride, width, height } = layer;
  const copy = new (cells.constructor as new (length: number) => Cells)(width * height);
  for (let row = 0; row < height; row++) {
    const start = first + row * stride;
    copy.set(cells.subarray(start, start + width) as never, row * width);
  }
  return copy;
}

/** Copies cells, row by row, into a layer. */
export function fillLayer<Cells extends PixelArray>(layer: RowLayer<Cells>, from: Cells): void {
  fillRows(layer, 0, layer.height, from);
}

/** Copies cells, row by row, into some rows of a layer. */
export function fillRows<Cells extends PixelArray>(
  { cells, first, stride, width }: RowLayer<Cells>,
  row: number,
  count: number,
  from: Cells,
): void {
  for (let r = 0; r < count; r++)
    cells.set(from.subarray(r * width, (r + 1) * width) as never, first + (row + r) * stride);
}
