import type { CellWindow } from '../../models/grid/grid-spec.ts';
import type { PixelArray } from './pixel-type.ts';

/** A raster inside a larger array: cell (column, row) is `cells[first + row × stride + column]`. */
export interface RowLayer<Cells extends PixelArray = PixelArray> {
  readonly cells: Cells;
  readonly first: number;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
  /**
   * Copies a window to the beginning of a square of `side`, which holds zeros elsewhere, where the layer's memory has a quicker
   * way than row by row and room for it.
   * @returns the square; the next copy out of the same memory takes its place
   */
  readonly square?: (window: CellWindow, side: number) => Cells | undefined;
}

/** A raster that fills its array. */
export function wholeLayer<Cells extends PixelArray>(cells: Cells, width: number, height: number): RowLayer<Cells> {
  return { cells, first: 0, stride: width, width, height };
}

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
  fillWindow(layer, { x0: 0, y0: 0, width: layer.width, height: layer.height }, from);
}

/** Copies cells, row by row, into a window of a layer. */
export function fillWindow<Cells extends PixelArray>(
  { cells, first, stride }: RowLayer<Cells>,
  { x0, y0, width, height }: CellWindow,
  from: Cells,
): void {
  for (let row = 0; row < height; row++)
    cells.set(from.subarray(row * width, (row + 1) * width) as never, first + (y0 + row) * stride + x0);
}
