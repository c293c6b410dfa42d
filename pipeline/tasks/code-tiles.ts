import { join } from 'node:path';
import { type GridSpec, windowGrid } from '../../models/grid/grid-spec.ts';
import { type TileFrame, tileFrames, tileLayout } from '../../models/grid/tile-layout.ts';
import { writeRaster } from '../formats/raster-write.ts';
import { copyToOverview, overviewGrid } from './overview.ts';
import type { TaskContext, TaskOutput } from './task.ts';

/** One entry of the table beside the rasters; `index` is what the cells hold, 0 means none. */
export interface CodeEntry {
  readonly index: number;
  readonly code: string;
  readonly name: string;
  readonly parent: string;
}

/** Indices of one tile and what its file says beside them. */
export interface CodeTile {
  readonly data: Uint16Array;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Writes zones or codes tile by tile.
 *
 * Outputs: one raster per tile (uint16 index, 0 = none), `table` (JSON, array of CodeEntry) and `overview`, the indices of
 * every n-th cell as raw little-endian uint16, for maps.
 */
export async function writeCodeTiles(
  context: TaskContext,
  grid: GridSpec,
  tileSize: number,
  table: readonly CodeEntry[],
  tile: (frame: TileFrame) => Promise<CodeTile>,
): Promise<Record<string, TaskOutput>> {
  const outputs: Record<string, TaskOutput> = {
    table: { bytes: Buffer.from(JSON.stringify(table)), mediaType: 'application/json' },
  };
  const small = overviewGrid(grid);
  const overview = new Uint16Array(small.width * small.height);
  for (const frame of tileFrames(tileLayout(grid.width, grid.height, tileSize))) {
    context.signal.throwIfAborted();
    const { data, metadata } = await tile(frame);
    const path = join(context.temporaryDirectory, `${frame.id}.tif`);
    await writeRaster(path, {
      grid: windowGrid(grid, frame),
      bands: [{ data, nodata: 0 }],
      metadata,
      codec: 'working',
    });
    outputs[frame.id] = { path, mediaType: 'image/tiff' };
    copyToOverview(overview, grid, frame, data);
  }
  outputs.overview = { bytes: new Uint8Array(overview.buffer), mediaType: 'application/octet-stream' };
  return outputs;
}
