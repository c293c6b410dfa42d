import type { CellWindow } from './grid-spec.ts';

/** Side of a block of delivered rasters, cells. */
export const blockSize = 512;

/** One level of a raster's pyramid: level 0 is the raster, each further one half as wide and high, rounded up. */
export interface PyramidLevel {
  readonly level: number;
  readonly width: number;
  readonly height: number;
  /** Blocks from west to east and from north to south. */
  readonly columns: number;
  readonly rows: number;
}

/** The levels of a raster's pyramid, down to the first that fits into one block. */
export function pyramidLevels(width: number, height: number): PyramidLevel[] {
  const levels: PyramidLevel[] = [];
  for (let level = 0; ; level++) {
    const scale = 2 ** level;
    const [w, h] = [Math.ceil(width / scale), Math.ceil(height / scale)];
    levels.push({ level, width: w, height: h, columns: Math.ceil(w / blockSize), rows: Math.ceil(h / blockSize) });
    if (Math.max(w, h) <= blockSize) return levels;
  }
}

/**
 * How many levels of a raster's overviews are made of whole blocks within a tile, so that no block reaches beyond it.
 * @param width cells of the raster, as is height
 * @param tileSize side of a full tile, cells
 */
export function overviewsOfTile(width: number, height: number, tileSize: number): number {
  const most = pyramidLevels(width, height).length - 1;
  let levels = 0;
  while (levels < most && tileSize % (blockSize * 2 ** (levels + 1)) === 0) levels++;
  return levels;
}

/** Cells of a level that a block of it covers. */
export function blockWindow({ width, height }: PyramidLevel, column: number, row: number): CellWindow {
  const [x0, y0] = [column * blockSize, row * blockSize];
  return { x0, y0, width: Math.min(blockSize, width - x0), height: Math.min(blockSize, height - y0) };
}

/** Cells of the level below (twice as fine) that a block is made from. */
export function sourceWindowOfBlock(below: PyramidLevel, column: number, row: number): CellWindow {
  const [x0, y0] = [column * 2 * blockSize, row * 2 * blockSize];
  return {
    x0,
    y0,
    width: Math.min(2 * blockSize, below.width - x0),
    height: Math.min(2 * blockSize, below.height - y0),
  };
}

/** What two windows of the same cells have in common, or undefined. */
export function intersection(a: CellWindow, b: CellWindow): CellWindow | undefined {
  const x0 = Math.max(a.x0, b.x0);
  const y0 = Math.max(a.y0, b.y0);
  const width = Math.min(a.x0 + a.width, b.x0 + b.width) - x0;
  const height = Math.min(a.y0 + a.height, b.y0 + b.height) - y0;
  return width > 0 && height > 0 ? { x0, y0, width, height } : undefined;
}
