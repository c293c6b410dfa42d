import { windowGrid } from '../../models/grid/grid-spec.ts';
import { blockSize } from '../../models/grid/pyramid.ts';
import { encodeCube } from '../../models/statistics/encode-cube.ts';
import { CubeCounter } from '../../models/statistics/tile-cube.ts';
import { allDone } from './all-done.ts';
import type { ErosionStrip } from './erosion-arrays.ts';
import { scenarioOutput, type TileOutput, tileOutputs } from './erosion-outputs.ts';
import type { ErosionTileParameters } from './erosion-parameters.ts';
import { erosionOf } from './erosion-window.ts';
import { openSource } from './source-file.ts';
import type { StripInputs } from './strip-inputs.ts';
import type { TaskHandler, TaskOutput } from './task.ts';
import { TileInputs } from './tile-inputs.ts';
import { TileRaster } from './tile-raster.ts';

/**
 * The annual pass over one tile: reads each input once and writes modulus, intensity, cause of nodata, the factors asked for,
 * and the tile's statistics cube; then modulus, intensity and cube of each scenario.
 *
 * Outputs: `modulus` (float32, t·km⁻²·a⁻¹), `intensity` (uint8), `cause` (uint8), `agent` (uint8, where wind erosion is given),
 * `factor-R` …, `cube`; `modulus@<scenario>`, `intensity@<scenario>`, `cube@<scenario>`; of each raster
 * `<raster>.overview1` … as far as overviews lie wholly in the tile.
 */
export const erosionTile: TaskHandler = {
  kind: 'erosion-tile',
  version: 10,
  async run(task, context) {
    const parameters = task.parameters as unknown as ErosionTileParameters;
    const tile = parameters.window;
    const paths = (name: string) => {
      const input = task.inputs[name]!;
      return input.source === undefined ? context.inputPath(name) : openSource(input);
    };
    const layout = { grid: windowGrid(parameters.grid, tile), codec: parameters.codec, exactBlockSize: blockSize };
    const outputs = tileOutputs(parameters);
    const rasters = outputs.map(
      (output) => new TileRaster(context.temporaryDirectory, layout, output, parameters.overviews),
    );

    const inputs = await TileInputs.open(parameters, tile, tile, paths);
    const { kernels, memory, strips } = inputs;
    const counter = new CubeCounter(parameters.zoneSets.length, kernels, memory.counting);
    let next: Promise<StripInputs> | undefined;
    try {
      const compute = erosionOf(parameters, inputs, counter);
      next = inputs.load(0);
      for (let at = 0; at < strips.length; at++) {
        context.signal.throwIfAborted();
        const strip = await next!;
        // The next strip is decoded on GDAL's threads while this one is computed here.
        next = at + 1 < strips.length ? inputs.load(at + 1) : undefined;
        // Its failure is seen when it is awaited; until then it must not count as unhandled.
        next?.catch(() => {});
        await write(outputs, rasters, compute(strip), tile);
      }
    } finally {
      // GDAL may still be reading into the memory.
      await next?.catch(() => {});
      inputs.close();
    }
    const names = ['cube', ...parameters.scenarios.map(({ id }) => scenarioOutput('cube', id))];
    const cubes = counter
      .cubes()
      .map((cube, at): [string, TaskOutput] => [
        names[at]!,
        { bytes: encodeCube(cube), mediaType: 'application/octet-stream' },
      ]);
    const files = await allDone(rasters.map((raster) => raster.close()));
    return { outputs: Object.fromEntries([...files.flat(), ...cubes]) };
  },
};

async function write(
  outputs: readonly TileOutput[],
  rasters: readonly TileRaster[],
  results: readonly ErosionStrip[],
  tile: { readonly x0: number; readonly y0: number },
): Promise<void> {
  const { x0, y0, width, height } = results[0]!.inputs.window;
  const place = { x0: x0 - tile.x0, y0: y0 - tile.y0, width, height };
  await allDone(outputs.map((output, at) => rasters[at]!.write(place, output.values(results))));
}
