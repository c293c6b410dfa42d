import type { FillCorrection } from '../../../models/terrain/tiled/fill-depressions-barnes2016.ts';
import type { AccumulationCorrection } from '../../../models/terrain/tiled/flow-accumulation-barnes2017.ts';
import type { SlopeLengthCorrection } from '../../../models/terrain/tiled/slope-length.ts';
import { terrainOfTile } from '../../kernels/terrain/terrain-kernels.ts';
import type { TaskHandler, TaskOutput } from '../task.ts';
import { readBoundary } from './boundary-artifact.ts';
import { type TerrainLayer, terrainBands, terrainRasters } from './terrain-layers.ts';
import { type TerrainParameters, terrainOptions } from './terrain-methods.ts';
import { rasterOutput, readLayerInput, type TerrainTileParameters } from './terrain-rasters.ts';

export interface TerrainFactorParameters extends TerrainTileParameters {
  readonly terrain: TerrainParameters;
  /** What to write. */
  readonly layers: readonly TerrainLayer[];
}

/**
 * The layers asked for of one tile: accumulation, slope, slope length, L, S, and where they may depend on land outside the
 * data.
 *
 * Inputs: `elevation`, `direction`, `fill`, `inflow` and `lengths` (corrections). Outputs where asked for: `terrain`
 * (float32, those of `terrainBands`), `direction` (uint8, D8), `accumulation` (uint32, cells), `slopeLengthMetres` (float32),
 * `edgeContamination` (uint8).
 */
export const terrainTile: TaskHandler = {
  kind: 'terrain-tile',
  version: 9,
  async run(task, context) {
    const { target, terrain: parameters, layers } = task.parameters as unknown as TerrainFactorParameters;
    const fill = await readBoundary<FillCorrection>(context, 'fill');
    const inflow = await readBoundary<AccumulationCorrection>(context, 'inflow');
    const lengths = await readBoundary<SlopeLengthCorrection>(context, 'lengths');
    const terrain = terrainOfTile(target);
    await readLayerInput(context, 'elevation', terrain.elevation);
    terrain.slope(fill, target.cellSizeMetres);
    await readLayerInput(context, 'direction', terrain.direction);
    const { slopeDegrees, direction } = terrain;
    const options = terrainOptions(parameters);
    const results = terrain.factors(fill, inflow, lengths, options, target.cellSizeMetres);
    const made = { ...results, slopeDegrees, direction };

    const outputs: Record<string, TaskOutput> = {};
    for (const { layer, codec, ...names } of terrainRasters)
      if (layers.includes(layer))
        outputs[layer] = await rasterOutput(context, layer, target, [{ data: made[layer], ...names }], codec);
    const bands = terrainBands
      .filter(({ layer }) => layers.includes(layer))
      .map(({ layer, ...names }) => ({ data: made[layer], nodata: Number.NaN, ...names }));
    if (bands.length > 0) outputs.terrain = await rasterOutput(context, 'terrain', target, bands, 'working-unpacked');
    return { outputs };
  },
};
