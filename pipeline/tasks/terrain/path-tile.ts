import type { FillCorrection } from '../../../models/terrain/tiled/fill-depressions-barnes2016.ts';
import type { FlatCorrection } from '../../../models/terrain/tiled/flow-direction.ts';
import { terrainVisits } from '../../kernels/terrain/terrain-kernels.ts';
import type { TaskHandler } from '../task.ts';
import { boundaryOutput, readBoundary } from './boundary-artifact.ts';
import { type BreakParameters, slopeLengthRules } from './terrain-methods.ts';
import { rasterOutput, readBytes, readFloats, type TerrainTileParameters } from './terrain-rasters.ts';

export interface PathTileParameters extends TerrainTileParameters {
  readonly slopeLength: BreakParameters;
}

/**
 * Directs the water of a tile's flats, and finds what water and what slope lengths the tile's own cells bring to its
 * perimeter.
 *
 * Inputs: `relief`, `direction`, `fill` and `flats` (corrections). Outputs: `flow` (uint8: D8 direction, edge cells),
 * `boundary` (of the accumulation), `lengths` (boundary of the slope lengths).
 */
export const pathTile: TaskHandler = {
  kind: 'path-tile',
  version: 1,
  async run(task, context) {
    const { target, slopeLength } = task.parameters as unknown as PathTileParameters;
    const [[filled, slope], [unresolved], fill, flats] = await Promise.all([
      readFloats(context, 'relief'),
      readBytes(context, 'direction'),
      readBoundary<FillCorrection>(context, 'fill'),
      readBoundary<FlatCorrection>(context, 'flats'),
    ]);
    const flow = { filled: filled!, slope: slope!, direction: unresolved! };
    const { direction, edges, boundary, lengths } = terrainVisits().paths(
      flow,
      fill,
      flats,
      slopeLengthRules(slopeLength),
      target,
    );
    return {
      outputs: {
        flow: await rasterOutput(context, 'flow', target, [
          { data: direction, description: 'D8 direction' },
          { data: edges, description: 'edge cells' },
        ]),
        boundary: boundaryOutput(boundary),
        lengths: boundaryOutput(lengths),
      },
    };
  },
};
