import { join } from 'node:path';
import { windowGrid } from '../../models/grid/grid-spec.ts';
import type { Cube } from '../../models/statistics/cube.ts';
import { encodeCube } from '../../models/statistics/encode-cube.ts';
import { mergeCubes } from '../../models/statistics/merge-cubes.ts';
import { tileCube } from '../../models/statistics/tile-cube.ts';
import type { PixelType } from '../formats/pixel-type.ts';
import { type BandDescription, createRaster, type RasterWriter } from '../formats/raster-write.ts';
import type { ErosionTileParameters } from './erosion-parameters.ts';
import { erosionWindow } from './erosion-window.ts';
import { openSource } from './source-file.ts';
import type { TaskHandler, TaskOutput } from './task.ts';

/** Cells worked on at once: the 24 cover and 24 erosivity layers of a strip stay below 30 MB. */
const cellsPerStrip = 1 << 17;

/**
 * The annual pass over one tile: reads each input once and writes modulus, intensity, cause of nodata, the factors asked
 * for, and the tile's statistics cube.
 *
 * Outputs: `modulus` (float32, t·km⁻²·a⁻¹), `intensity` (uint8), `cause` (uint8), `agent` (uint8, where wind erosion is given), `cube`, `factor-R` …
 */
export const erosionTile: TaskHandler = {
  kind: 'erosion-tile',
  version: 2,
  async run(task, context) {
    const parameters = task.parameters as unknown as ErosionTileParameters;
    const tile = parameters.window;
    const paths = (name: string) => {
      const input = task.inputs[name]!;
      return input.source === undefined ? context.inputPath(name) : openSource(input);
    };
    const outputs: Record<string, TaskOutput> = {};
    const writers = new Map<string, RasterWriter>();
    const create = (name: string, type: PixelType, band: BandDescription) => {
      const path = join(context.temporaryDirectory, `${name}.tif`);
      writers.set(
        name,
        createRaster(path, { grid: windowGrid(parameters.grid, tile), codec: 'working' }, type, [band]),
      );
      outputs[name] = { path, mediaType: 'image/tiff' };
    };
    create('modulus', 'Float32', { nodata: Number.NaN, unit: 't·km⁻²·a⁻¹', description: 'erosion modulus' });
    create('intensity', 'Byte', { nodata: 0, description: 'erosion intensity' });
    create('cause', 'Byte', { description: 'cause of nodata' });
    if (parameters.windErosion !== null) create('agent', 'Byte', { nodata: 0, description: 'eroding agent' });
    for (const symbol of parameters.factors)
      create(`factor-${symbol}`, 'Float32', { nodata: Number.NaN, description: symbol });

    const rows = Math.max(1, Math.floor(cellsPerStrip / tile.width));
    const cubes: Cube[] = [];
    for (let row = 0; row < tile.height; row += rows) {
      context.signal.throwIfAborted();
      const strip = { x0: 0, y0: row, width: tile.width, height: Math.min(rows, tile.height - row) };
      const window = { ...strip, x0: tile.x0, y0: tile.y0 + row };
      const result = await erosionWindow(parameters, tile, window, paths);
      await writers.get('modulus')!.write(1, strip, result.modulus);
      await writers.get('intensity')!.write(1, strip, result.intensity);
      await writers.get('cause')!.write(1, strip, result.cause);
      if (result.agent) await writers.get('agent')!.write(1, strip, result.agent);
      for (const symbol of parameters.factors) {
        const values = symbol === 'slope' ? result.layers.slopeDegrees : result.factors[symbol]!;
        await writers.get(`factor-${symbol}`)!.write(1, strip, values);
      }
      cubes.push(
        tileCube({
          zones: result.zones,
          landUse: result.layers.landUse,
          slopeDegrees: result.layers.slopeDegrees,
          intensity: result.intensity,
          modulus: result.modulus,
          cause: result.cause,
        }),
      );
    }
    for (const writer of writers.values()) writer.close();
    const cube = mergeCubes(cubes);
    outputs.cube = { bytes: encodeCube(cube), mediaType: 'application/octet-stream' };
    return { outputs };
  },
};
