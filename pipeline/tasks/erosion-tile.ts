import { join } from 'node:path';
import { windowGrid } from '../../models/grid/grid-spec.ts';
import { blockSize } from '../../models/grid/pyramid.ts';
import { encodeCube } from '../../models/statistics/encode-cube.ts';
import { CubeCounter } from '../../models/statistics/tile-cube.ts';
import type { PixelType } from '../formats/pixel-type.ts';
import { type BandDescription, createRaster, type RasterWriter } from '../formats/raster-write.ts';
import type { ErosionTileParameters } from './erosion-parameters.ts';
import type { ErosionStrip } from './erosion-arrays.ts';
import { erosionOf } from './erosion-window.ts';
import { openSource } from './source-file.ts';
import type { StripInputs } from './strip-inputs.ts';
import { TileInputs } from './tile-inputs.ts';
import type { TaskHandler, TaskOutput } from './task.ts';

/**
 * The annual pass over one tile: reads each input once and writes modulus, intensity, cause of nodata, the factors asked
 * for, and the tile's statistics cube.
 *
 * Outputs: `modulus` (float32, t·km⁻²·a⁻¹), `intensity` (uint8), `cause` (uint8), `agent` (uint8, where wind erosion is given), `cube`, `factor-R` …
 */
export const erosionTile: TaskHandler = {
  kind: 'erosion-tile',
  version: 5,
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
        createRaster(
          path,
          { grid: windowGrid(parameters.grid, tile), codec: parameters.codec, exactBlockSize: blockSize },
          type,
          [band],
        ),
      );
      outputs[name] = { path, mediaType: 'image/tiff' };
    };
    create('modulus', 'Float32', { nodata: Number.NaN, unit: 't·km⁻²·a⁻¹', description: 'erosion modulus' });
    create('intensity', 'Byte', { nodata: 0, description: 'erosion intensity' });
    create('cause', 'Byte', { description: 'cause of nodata' });
    if (parameters.windErosion !== null) create('agent', 'Byte', { nodata: 0, description: 'eroding agent' });
    for (const symbol of parameters.factors)
      create(`factor-${symbol}`, 'Float32', { nodata: Number.NaN, description: symbol });

    const inputs = await TileInputs.open(parameters, tile, tile, paths);
    const counter = new CubeCounter(parameters.zoneSets.length);
    let next: Promise<StripInputs> | undefined;
    try {
      const compute = erosionOf(parameters, inputs);
      const { strips } = inputs;
      next = inputs.load(0);
      for (let at = 0; at < strips.length; at++) {
        context.signal.throwIfAborted();
        const strip = await next!;
        // The next strip is decoded on GDAL's threads while this one is computed here.
        next = at + 1 < strips.length ? inputs.load(at + 1) : undefined;
        // Its failure is seen when it is awaited; until then it must not count as unhandled.
        next?.catch(() => {});
        const result = compute(strip);
        const { x0, y0, width, height } = strip.window;
        const place = { x0: x0 - tile.x0, y0: y0 - tile.y0, width, height };
        for (const [name, writer] of writers) await writer.write(1, place, outputOf(name, result));
        count(counter, result);
      }
    } finally {
      // GDAL may still be reading into the memory.
      await next?.catch(() => {});
      inputs.close();
    }
    for (const writer of writers.values()) writer.close();
    outputs.cube = { bytes: encodeCube(counter.cube()), mediaType: 'application/octet-stream' };
    return { outputs };
  },
};

function outputOf(name: string, result: ErosionStrip): Float32Array | Uint8Array {
  if (name === 'modulus' || name === 'intensity' || name === 'cause') return result[name];
  if (name === 'agent') return result.wind!.agent;
  const symbol = name.slice('factor-'.length);
  return symbol === 'slope' ? result.inputs.slopeDegrees : result.factors[symbol]!;
}

const count = (counter: CubeCounter, { inputs, landUse, intensity, modulus, cause }: ErosionStrip): void =>
  counter.add({ zones: inputs.zones, slopeDegrees: inputs.slopeDegrees, landUse, intensity, modulus, cause });
