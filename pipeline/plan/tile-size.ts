import type { GridSpec } from '../../models/grid/grid-spec.ts';
import type { LoadedRun } from '../inputs/run-file.ts';

const smallestTile = 512;
const largerTiles = [2048, 1024];
/** A grid with cells for so many tiles keeps several processes busy to the end. */
const enoughTiles = 15;

/** Cells along a side of a tile, by the size of the grid. */
export const usualTileSize = ({ width, height }: Pick<GridSpec, 'width' | 'height'>): number =>
  largerTiles.find((side) => width * height >= enoughTiles * side ** 2) ?? smallestTile;

/**
 * Cells along a side of a tile: as the run file says, else by the size of the grid. No result depends on it. A task costs the
 * queue and its process the same whatever its tile, so large grids have larger tiles; still larger ones would need more
 * memory than they save time, and be in hand for longer when a run is to stop.
 */
export const tileSizeOf = ({ run }: LoadedRun, grid: GridSpec): number => run.grid.tileSize ?? usualTileSize(grid);

const largestAnnualTile = 1024;

/**
 * Cells along a side of a tile of the annual pass, of zones and of measures: tiles of terrain are cut into whole ones, since
 * an edited input costs the tiles that it touches, and only flow needs large tiles to be quick.
 */
export const annualTileSizeOf = (loaded: LoadedRun, grid: GridSpec): number => annualTileSize(tileSizeOf(loaded, grid));

/** The same under tiles of terrain of that size. */
export const annualTileSize = (tileSize: number): number =>
  tileSize % largestAnnualTile === 0 ? largestAnnualTile : tileSize;
