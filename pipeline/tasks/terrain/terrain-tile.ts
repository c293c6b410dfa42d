import type { FillCorrection } from '../../../models/terrain/tiled/fill-depressions-barnes2016.ts';
import type { AccumulationCorrection } from '../../../models/terrain/tiled/flow-accumulation-barnes2017.ts';
import type { SlopeLengthCorrection } from '../../../models/terrain/tiled/slope-length.ts';
import { terrainVisits } from '../../kernels/terrain/terrain-kernels.ts';
import type { TaskContext, TaskHandler } from '../task.ts';
import { readBoundary } from './boundary-artifact.ts';
import { type TerrainParameters, terrainOptions } from './terrain-methods.ts';
import { rasterOutput, readBytes, readFloats, type TerrainTileParameters } from './terrain-rasters.ts';

export interface TerrainFactorParameters extends TerrainTileParameters {
  readonly terrain: TerrainParameters;
}

/** Bands of a terrain tile, in file order. */
export const terrainBands = [
  { layer: 'slopeDegrees', description: 'slope', unit: '°' },
  { layer: 'slopeLengthMetres', description: 'slope length', unit: 'm' },
  { layer: 'slopeLengthFactor', description: 'slope length factor L', unit: '1' },
  { layer: 'slopeSteepnessFactor', description: 'slope steepness factor S', unit: '1' },
] as const;

/**
 * Slope, slope length, L and S of one tile, and where they may depend on land outside the data.
 *
 * Inputs: `relief`, `flow`, `inflow` and `lengths` (corrections); for L formulas that read the azimuth also `elevation`
 * and `fill`. Outputs: `terrain` (float32, see `terrainBands`), `edge` (uint8, see `edgeContamination`).
 */
export const terrainTile: TaskHandler = {
  kind: 'terrain-tile',
  version: 2,
  async run(task, context) {
    const { target, terrain } = task.parameters as unknown as TerrainFactorParameters;
    const [[slope], [direction, edges], inflow, lengths] = await Promise.all([
      readFloats(context, 'relief', [2]),
      readBytes(context, 'flow'),
      readBoundary<AccumulationCorrection>(context, 'inflow'),
      readBoundary<SlopeLengthCorrection>(context, 'lengths'),
    ]);
    const relief = task.inputs.elevation ? await readRelief(context) : undefined;
    const grid = {
      direction: direction!,
      edges: edges!,
      slope: slope!,
      relief() {
        if (!relief) throw new Error(`${task.id} needs the elevation for its L formula`);
        return relief;
      },
    };
    const factors = terrainVisits().factors(
      grid,
      inflow,
      lengths,
      terrainOptions(terrain),
      target,
      target.cellSizeMetres,
    );
    const bands = terrainBands.map(({ layer, description, unit }) => ({
      data: factors[layer],
      nodata: Number.NaN,
      description,
      unit,
    }));
    const [terrainRaster, edge] = await Promise.all([
      rasterOutput(context, 'terrain', target, bands),
      rasterOutput(context, 'edge', target, [{ data: factors.edgeContamination }]),
    ]);
    return { outputs: { terrain: terrainRaster, edge } };
  },
};

async function readRelief(context: TaskContext) {
  const [elevation] = await readFloats(context, 'elevation');
  return { elevation: elevation!, fill: await readBoundary<FillCorrection>(context, 'fill') };
}
