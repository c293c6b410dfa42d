import type { GridSpec } from '../../../models/grid/grid-spec.ts';
import type { BasinDrains } from '../../../models/terrain/tiled/basin-drains.ts';
import type { FillCorrection } from '../../../models/terrain/tiled/fill-depressions-barnes2016.ts';
import { terrainOfTile } from '../../kernels/terrain/terrain-kernels.ts';
import type { TaskHandler, TaskOutput } from '../task.ts';
import { boundaryOutput, readBoundary } from './boundary-artifact.ts';
import { rasterOutput, readLayerInput, type TileShape } from './terrain-rasters.ts';

export interface FlowTileParameters extends TileShape {
  /** Grid of the tile where its filled elevation is asked for as a raster. */
  readonly filledRaster: GridSpec | null;
}

/**
 * Finishes the filling of a tile and directs its water as far as the tile and its ring can tell. The next visit does so
 * again, for that takes less than to keep what it gives.
 *
 * Inputs: `elevation`, `drains`, `fill` (correction). Outputs: `boundary`, and where asked for `filledRaster` (float32,
 * metres).
 */
export const flowTile: TaskHandler = {
  kind: 'flow-tile',
  version: 6,
  async run(task, context) {
    const { filledRaster, ...shape } = task.parameters as unknown as FlowTileParameters;
    const fill = await readBoundary<FillCorrection>(context, 'fill');
    const drains = await readBoundary<BasinDrains>(context, 'drains');
    const terrain = terrainOfTile(shape);
    await readLayerInput(context, 'elevation', terrain.elevation);
    const boundary = terrain.flow(drains, fill);
    const outputs: Record<string, TaskOutput> = { boundary: boundaryOutput(boundary) };
    if (filledRaster !== null) {
      const bands = [{ data: terrain.filled, nodata: Number.NaN, description: 'filled elevation', unit: 'm' }];
      outputs.filledRaster = await rasterOutput(context, 'filledRaster', filledRaster, bands, 'working-unpacked');
    }
    return { outputs };
  },
};
