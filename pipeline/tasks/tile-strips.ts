import type { CellWindow } from '../../models/grid/grid-spec.ts';
import { blockSize } from '../../models/grid/pyramid.ts';
import type { AlignedLayer } from '../formats/aligned-layer.ts';

/** Cells and source pixels of a strip: some 50 MB with 24 cover layers as fine as the grid. */
const stripCells = 1 << 17;
const stripPixels = 1 << 24;

/** Decoded blocks of the layers under a row of parts: most of what GDAL keeps. */
const cachedBytes = 96 * 2 ** 20;

type Layers = ReadonlyMap<string, AlignedLayer>;

/**
 * Cuts a window into strips of whole rows, alike but for the last, that fit in memory with the source pixels under them. Their
 * rows are even in number, so that each can be halved for an overview by itself.
 */
export function stripsOf(window: CellWindow, layers: Layers): CellWindow[] {
  let rows = evenRows(Math.min(window.height, Math.floor(stripCells / window.width)));
  while (rows > 2 && pixelsUnder({ ...window, height: rows }, layers) > stripPixels) rows = evenRows(rows / 2);
  const strips: CellWindow[] = [];
  for (let row = 0; row < window.height; row += rows)
    strips.push({ ...window, y0: window.y0 + row, height: Math.min(rows, window.height - row) });
  return strips;
}

const evenRows = (rows: number): number => Math.max(2, 2 * Math.ceil(rows / 2));

/**
 * Cuts a tile into the blocks of its own files, which are decoded and encoded where they lie in memory; the first is the
 * largest. Strips take their place where the blocks of the layers do not last from one row of parts to the next, as with
 * files of rows as long as a province, or do not fit in memory.
 */
export function partsOf(tile: CellWindow, layers: Layers): CellWindow[] {
  const [width, height] = [Math.min(blockSize, tile.width), Math.min(blockSize, tile.height)];
  const isKept = sumOf(layers, (layer) => layer.blockBytes({ ...tile, height })) <= cachedBytes;
  if (!isKept || pixelsUnder({ ...tile, width, height }, layers) > stripPixels) return stripsOf(tile, layers);
  const parts: CellWindow[] = [];
  for (let row = 0; row < tile.height; row += blockSize)
    for (let column = 0; column < tile.width; column += blockSize)
      parts.push({
        x0: tile.x0 + column,
        y0: tile.y0 + row,
        width: Math.min(blockSize, tile.width - column),
        height: Math.min(blockSize, tile.height - row),
      });
  return parts;
}

/** Source pixels of all bands of the layers under a window. */
const pixelsUnder = (window: CellWindow, layers: Layers): number =>
  sumOf(layers, (layer) => layer.bandCount * layer.sourcePixels(window));

function sumOf(layers: Layers, of: (layer: AlignedLayer) => number): number {
  let sum = 0;
  for (const layer of layers.values()) sum += of(layer);
  return sum;
}
