import type { GridSpec } from '../../models/grid/grid-spec.ts';
import type { LoadedRun } from '../inputs/run-file.ts';

const smallTile = 512;
const largeTile = 1024;
/** So many large tiles keep several processes busy to the end. */
const enoughTiles = 16;

/**
 * Cells along a side of a tile: as the run file says, else by the size of the grid. No result depends on it. A task costs the
 * queue and its process the same whatever its tile, so large grids have larger tiles; still larger ones would need more
 * memory than they save time.
 */
export function tileSizeOf({ run }: LoadedRun, { width, height }: GridSpec): number {
  return run.grid.tileSize ?? (width * height >= enoughTiles * largeTile ** 2 ? largeTile : smallTile);
}
