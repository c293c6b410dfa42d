import type { CellWindow } from '../../models/grid/grid-spec.ts';
import type { AlignedLayer } from '../formats/aligned-layer.ts';

/** Cells and source pixels of a strip: some 50 MB with 24 cover layers as fine as the grid. */
const stripCells = 1 << 17;
const stripPixels = 1 << 24;

/** Cuts a window into strips of whole rows, alike but for the last, that fit in memory with the source pixels under them. */
export function stripsOf(window: CellWindow, layers: ReadonlyMap<string, AlignedLayer>): CellWindow[] {
  const pixels = (height: number): number => {
    let sum = 0;
    for (const layer of layers.values()) sum += layer.bandCount * layer.sourcePixels({ ...window, height });
    return sum;
  };
  let rows = Math.min(window.height, Math.max(1, Math.floor(stripCells / window.width)));
  while (rows > 1 && pixels(rows) > stripPixels) rows = Math.ceil(rows / 2);
  const strips: CellWindow[] = [];
  for (let row = 0; row < window.height; row += rows)
    strips.push({ ...window, y0: window.y0 + row, height: Math.min(rows, window.height - row) });
  return strips;
}
