import type { FillCorrection } from '../../../models/terrain/tiled/fill-depressions-barnes2016.ts';
import type { FlatCorrection } from '../../../models/terrain/tiled/flow-direction.ts';
import { visitAccumulation } from '../../../models/terrain/tiled/terrain-visits.ts';
import type { TaskHandler } from '../task.ts';
import { boundaryOutput, readBoundary } from './boundary-artifact.ts';
import { rasterOutput, readBytes, readFloats, type TerrainTileParameters } from './terrain-rasters.ts';

/**
 * Directs the water of a tile's flats and counts the cells that drain to its perimeter.
 *
 * Inputs: `relief`, `direction`, `fill` and `flats` (corrections). Outputs: `flow` (uint8: D8 direction, edge cells),
 * `boundary`.
 */
export const accumulationTile: TaskHandler = {
  kind: 'accumulation-tile',
  version: 1,
  async run(task, context) {
    const { target } = task.parameters as unknown as TerrainTileParameters;
    const [filled] = await readFloats(context, 'relief', [1]);
    const [unresolved] = await readBytes(context, 'direction');
    const fill = await readBoundary<FillCorrection>(context, 'fill');
    const flats = await readBoundary<FlatCorrection>(context, 'flats');
    const { direction, edges, boundary } = visitAccumulation(filled!, unresolved!, fill, flats, target);
    return {
      outputs: {
        flow: await rasterOutput(context, 'flow', target, [
          { data: direction, description: 'D8 direction' },
          { data: edges, description: 'edge cells' },
        ]),
        boundary: boundaryOutput(boundary),
      },
    };
  },
};
