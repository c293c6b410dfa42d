import { join } from 'node:path';
import type { GridSpec } from '../../../models/grid/grid-spec.ts';
import { type BandContent, type BandRows, type Codec, writeRaster } from '../../formats/raster-write.ts';
import { readLayer, writeLayer } from '../../formats/raw-layer.ts';
import type { RowLayer } from '../../formats/row-layer.ts';
import type { TaskContext, TaskOutput } from '../task.ts';

/** Grid of the tile that a task works on. */
export interface TerrainTileParameters {
  readonly target: GridSpec;
}

/** Shape of a tile; its place does not matter. */
export type TileShape = Pick<GridSpec, 'width' | 'height'>;

/** Writes a working raster as an output of a task, for whoever opens it. */
export async function rasterOutput(
  context: TaskContext,
  name: string,
  grid: GridSpec,
  bands: readonly (BandContent | BandRows)[],
  codec: Codec = 'working',
): Promise<TaskOutput> {
  const path = join(context.temporaryDirectory, `${name}.tif`);
  await writeRaster(path, { grid, bands, codec });
  return { path, mediaType: 'image/tiff' };
}

/** Writes a layer as an output that the next visits alone read. */
export function layerOutput(context: TaskContext, name: string, layer: RowLayer): TaskOutput {
  const path = join(context.temporaryDirectory, `${name}.cells`);
  writeLayer(path, layer);
  return { path, mediaType: 'application/octet-stream' };
}

/** Reads what `layerOutput` gave into the memory of a visit. */
export async function readLayerInput(context: TaskContext, input: string, layer: RowLayer): Promise<void> {
  readLayer(await context.inputPath(input), layer);
}
