import { join } from 'node:path';
import type { GridSpec } from '../../models/grid/grid-spec.ts';
import { type PyramidLevel, pyramidLevels } from '../../models/grid/pyramid.ts';
import { assembleCog, type BlockSource } from '../formats/cog.ts';
import type { BandDescription, Codec } from '../formats/raster-write.ts';
import type { DeliveredType } from './pyramid-block.ts';
import type { TaskHandler } from './task.ts';

export interface DeliverRasterParameters {
  readonly grid: GridSpec;
  readonly type: DeliveredType;
  readonly band: BandDescription;
  /** NaN cannot stand in a plan, so float layers say it by name. */
  readonly nodataIsNaN: boolean;
  readonly codec: Codec;
  readonly metadata: Readonly<Record<string, string>>;
  /** Blocks in each row of a tile's own file; 0 where level 0 comes as single blocks like the overviews. */
  readonly blocksPerTile: number;
}

/** Input that holds a block of a level; see `blockAddress`. */
export const blockInput = (level: number, column: number, row: number): string => `${level}/${column}_${row}`;

/**
 * The input that holds a block and the block's index in it. Blocks of level 0 lie in the files of the tiles where tiles are
 * whole blocks.
 */
export function blockAddress(
  grid: GridSpec,
  blocksPerTile: number,
  level: PyramidLevel,
  column: number,
  row: number,
): { readonly input: string; readonly index: number } {
  if (level.level > 0 || blocksPerTile === 0) return { input: blockInput(level.level, column, row), index: 0 };
  const tileColumn = Math.floor(column / blocksPerTile);
  const tileRow = Math.floor(row / blocksPerTile);
  // The last tile of a row has only the blocks that are left.
  const width = Math.min(
    blocksPerTile,
    pyramidLevels(grid.width, grid.height)[0]!.columns - tileColumn * blocksPerTile,
  );
  const index = (row - tileRow * blocksPerTile) * width + column - tileColumn * blocksPerTile;
  return { input: blockInput(0, tileColumn, tileRow), index };
}

/** Joins the blocks of a layer into one Cloud-Optimized GeoTIFF that says what it holds; nothing is encoded again. */
export const deliverRaster: TaskHandler = {
  kind: 'deliver-raster',
  version: 2,
  async run(task, context) {
    const { grid, type, codec, metadata, blocksPerTile, ...rest } =
      task.parameters as unknown as DeliverRasterParameters;
    const paths = new Map<string, string>();
    for (const name of Object.keys(task.inputs)) paths.set(name, await context.inputPath(name));
    const block = (level: PyramidLevel, column: number, row: number): BlockSource => {
      const { input, index } = blockAddress(grid, blocksPerTile, level, column, row);
      return { path: paths.get(input)!, index };
    };
    const path = join(context.temporaryDirectory, 'layer.tif');
    const band = rest.nodataIsNaN ? { ...rest.band, nodata: Number.NaN } : rest.band;
    const levels = pyramidLevels(grid.width, grid.height);
    await assembleCog(path, { grid, type, codec, band, metadata, levels, block });
    return { outputs: { raster: { path, mediaType: 'image/tiff; application=geotiff; profile=cloud-optimized' } } };
  },
};
