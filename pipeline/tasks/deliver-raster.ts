import { join } from 'node:path';
import type { GridSpec } from '../../models/grid/grid-spec.ts';
import { type PyramidLevel, pyramidLevels } from '../../models/grid/pyramid.ts';
import { assembleCog, type BlockSource } from '../formats/cog.ts';
import type { BandDescription, Codec } from '../formats/raster-write.ts';
import type { DeliveredType } from './overview-cells.ts';
import type { TaskHandler } from './task.ts';

/** Which levels lie in the files of the tiles, several blocks in each. */
export interface TileBlocks {
  /** Blocks in each row of a tile's own file; 0 where all levels come as single blocks. */
  readonly blocksPerTile: number;
  /** Levels of overviews that the tiles have files of, too. */
  readonly tileOverviews: number;
}

export interface DeliverRasterParameters extends TileBlocks {
  readonly grid: GridSpec;
  readonly type: DeliveredType;
  readonly band: BandDescription;
  /** NaN cannot stand in a plan, so float layers say it by name. */
  readonly nodataIsNaN: boolean;
  readonly codec: Codec;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Input that holds a block of a level, or those of a tile; see `blockAddress`. */
export const blockInput = (level: number, { column, row }: BlockPlace): string => `${level}/${column}_${row}`;

/** A place among the blocks of a level, or among the files of its tiles. */
export interface BlockPlace {
  readonly column: number;
  readonly row: number;
}

/** The tile whose file holds a block of a level; undefined where the block is a file of its own. */
export function tileOfBlock(
  { blocksPerTile, tileOverviews }: TileBlocks,
  { level }: PyramidLevel,
  { column, row }: BlockPlace,
): BlockPlace | undefined {
  if (blocksPerTile === 0 || level > tileOverviews) return undefined;
  const side = blocksPerTile / 2 ** level;
  return { column: Math.floor(column / side), row: Math.floor(row / side) };
}

/** The input that holds a block and the block's index in it. */
export function blockAddress(
  blocks: TileBlocks,
  level: PyramidLevel,
  place: BlockPlace,
): { readonly input: string; readonly index: number } {
  const tile = tileOfBlock(blocks, level, place);
  if (!tile) return { input: blockInput(level.level, place), index: 0 };
  const side = blocks.blocksPerTile / 2 ** level.level;
  // The last tile of a row has only the blocks that are left.
  const width = Math.min(side, level.columns - tile.column * side);
  const index = (place.row - tile.row * side) * width + place.column - tile.column * side;
  return { input: blockInput(level.level, tile), index };
}

/** Joins the blocks of a layer into one Cloud-Optimized GeoTIFF that says what it holds; nothing is encoded again. */
export const deliverRaster: TaskHandler = {
  kind: 'deliver-raster',
  version: 3,
  async run(task, context) {
    const { grid, type, codec, metadata, blocksPerTile, tileOverviews, ...rest } =
      task.parameters as unknown as DeliverRasterParameters;
    const paths = new Map<string, string>();
    for (const name of Object.keys(task.inputs)) paths.set(name, await context.inputPath(name));
    const block = (level: PyramidLevel, column: number, row: number): BlockSource => {
      const { input, index } = blockAddress({ blocksPerTile, tileOverviews }, level, { column, row });
      return { path: paths.get(input)!, index };
    };
    const path = join(context.temporaryDirectory, 'layer.tif');
    const band = rest.nodataIsNaN ? { ...rest.band, nodata: Number.NaN } : rest.band;
    const levels = pyramidLevels(grid.width, grid.height);
    await assembleCog(path, { grid, type, codec, band, metadata, levels, block });
    return { outputs: { raster: { path, mediaType: 'image/tiff; application=geotiff; profile=cloud-optimized' } } };
  },
};
