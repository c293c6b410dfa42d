import { join } from 'node:path';
import type { GridSpec } from '../../../models/grid/grid-spec.ts';
import { readTile } from '../../formats/raster-read.ts';
import { type BandContent, writeRaster } from '../../formats/raster-write.ts';
import type { TaskContext, TaskOutput } from '../task.ts';

/** Grid of the tile that a task works on. */
export interface TerrainTileParameters {
  readonly target: GridSpec;
}

/** Writes a working raster as an output of a task. */
export async function rasterOutput(
  context: TaskContext,
  name: string,
  grid: GridSpec,
  bands: readonly BandContent[],
): Promise<TaskOutput> {
  const path = join(context.temporaryDirectory, `${name}.tif`);
  await writeRaster(path, { grid, bands, codec: 'working' });
  return { path, mediaType: 'image/tiff' };
}

/** Bands of a float32 input, all of them unless some are named. */
export async function readFloats(
  context: TaskContext,
  input: string,
  bands?: readonly number[],
): Promise<readonly Float32Array[]> {
  return (await readTile(await context.inputPath(input), bands)).data as readonly Float32Array[];
}

/** Bands of a uint8 input. */
export async function readBytes(context: TaskContext, input: string): Promise<readonly Uint8Array[]> {
  return (await readTile(await context.inputPath(input))).data as readonly Uint8Array[];
}
