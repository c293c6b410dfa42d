import { join } from 'node:path';
import { type GridSpec, windowGrid } from '../../models/grid/grid-spec.ts';
import { type TileFrame, tileFrames, tileLayout } from '../../models/grid/tile-layout.ts';
import { readTile } from '../formats/raster-read.ts';
import { writeRaster } from '../formats/raster-write.ts';
import type { TaskHandler, TaskOutput } from './task.ts';
import { type TerrainParameters, terrainLayers } from './terrain-layers.ts';

export interface TerrainTaskParameters {
  readonly grid: GridSpec;
  readonly tileSize: number;
  readonly terrain: TerrainParameters;
}

/** Bands of a terrain tile, in file order. */
export const terrainBands = [
  { id: 'slope', description: 'slope', unit: '°' },
  { id: 'slopeLength', description: 'slope length', unit: 'm' },
  { id: 'L', description: 'slope length factor L', unit: '1' },
  { id: 'S', description: 'slope steepness factor S', unit: '1' },
] as const;

/**
 * Slope, slope length, L and S of the whole grid from the elevation tiles. Depends on the elevation and the terrain
 * settings alone, so it is done once per elevation model.
 *
 * Inputs: `x000_y000` … elevation tiles. Outputs: `x000_y000` … four float32 bands, and `x000_y000-edge` (uint8, 1 where
 * the result may depend on land outside the data).
 */
export const terrain: TaskHandler = {
  kind: 'terrain',
  version: 1,
  async run(task, context) {
    const { grid, tileSize, terrain: parameters } = task.parameters as unknown as TerrainTaskParameters;
    const frames = tileFrames(tileLayout(grid.width, grid.height, tileSize));
    const elevation = new Float32Array(grid.width * grid.height);
    for (const frame of frames) {
      const tile = await readTile(await context.inputPath(frame.id));
      paste(elevation, grid.width, frame, tile.data[0] as Float32Array);
    }
    const layers = terrainLayers(elevation, grid, parameters);
    const whole = [
      layers.slopeDegrees,
      layers.slopeLengthMetres,
      layers.slopeLengthFactor,
      layers.slopeSteepnessFactor,
    ];

    const outputs: Record<string, TaskOutput> = {};
    for (const frame of frames) {
      const path = join(context.temporaryDirectory, `${frame.id}.tif`);
      const target = windowGrid(grid, frame);
      await writeRaster(path, {
        grid: target,
        bands: terrainBands.map(({ description, unit }, band) => ({
          data: cut(whole[band]!, grid.width, frame, new Float32Array(frame.width * frame.height)),
          nodata: Number.NaN,
          description,
          unit,
        })),
        codec: 'working',
      });
      outputs[frame.id] = { path, mediaType: 'image/tiff' };
      const edgePath = join(context.temporaryDirectory, `${frame.id}-edge.tif`);
      const edge = cut(layers.edgeContamination, grid.width, frame, new Uint8Array(frame.width * frame.height));
      await writeRaster(edgePath, { grid: target, bands: [{ data: edge }], codec: 'working' });
      outputs[`${frame.id}-edge`] = { path: edgePath, mediaType: 'image/tiff' };
    }
    return { outputs };
  },
};

function paste<A extends Float32Array | Uint8Array>(whole: A, width: number, frame: TileFrame, tile: A): void {
  for (let row = 0; row < frame.height; row++)
    whole.set(tile.subarray(row * frame.width, (row + 1) * frame.width) as never, (frame.y0 + row) * width + frame.x0);
}

function cut<A extends Float32Array | Uint8Array>(whole: A, width: number, frame: TileFrame, out: A): A {
  for (let row = 0; row < frame.height; row++) {
    const start = (frame.y0 + row) * width + frame.x0;
    out.set(whole.subarray(start, start + frame.width) as never, row * frame.width);
  }
  return out;
}
