import type { GridSpec } from '../../models/grid/grid-spec.ts';

/** Longest side of a picture of the whole grid, cells. */
const longestSide = 1300;

/** How many cells of the grid one cell of the picture stands for, each way. */
export const overviewStride = ({ width, height }: GridSpec): number =>
  Math.max(1, Math.ceil(Math.max(width, height) / longestSide));

/** Grid of a picture of the whole grid: the grid itself when small, else every n-th cell, each n times as large. */
export function overviewGrid(grid: GridSpec): GridSpec {
  const stride = overviewStride(grid);
  return {
    ...grid,
    cellSizeMetres: grid.cellSizeMetres * stride,
    width: Math.ceil(grid.width / stride),
    height: Math.ceil(grid.height / stride),
  };
}

/** Copies the cells of a tile that the picture shows into it. */
export function copyToOverview(
  overview: Uint16Array,
  grid: GridSpec,
  tile: { readonly x0: number; readonly y0: number; readonly width: number; readonly height: number },
  data: ArrayLike<number>,
): void {
  const stride = overviewStride(grid);
  const { width } = overviewGrid(grid);
  const first = (start: number) => Math.ceil(start / stride);
  for (let row = first(tile.y0); row * stride < tile.y0 + tile.height; row++)
    for (let column = first(tile.x0); column * stride < tile.x0 + tile.width; column++)
      overview[row * width + column] = data[(row * stride - tile.y0) * tile.width + column * stride - tile.x0]!;
}
