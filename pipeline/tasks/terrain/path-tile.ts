import type { BasinDrains } from '../../../models/terrain/tiled/basin-drains.ts';
import type { FillCorrection } from '../../../models/terrain/tiled/fill-depressions-barnes2016.ts';
import type { FlatCorrection } from '../../../models/terrain/tiled/flow-direction.ts';
import { terrainOfTile } from '../../kernels/terrain/terrain-kernels.ts';
import type { TaskHandler } from '../task.ts';
import { boundaryOutput, readBoundary } from './boundary-artifact.ts';
import { type BreakParameters, slopeLengthRules } from './terrain-methods.ts';
import { layerOutput, readLayerInput, type TileShape } from './terrain-rasters.ts';

export interface PathTileParameters extends TileShape {
  readonly cellSizeMetres: number;
  readonly slopeLength: BreakParameters;
}

/**
 * Directs the water of a tile's flats, and finds what water and what slope lengths the tile's own cells bring to its
 * perimeter.
 *
 * Inputs: `elevation`, `drains`, `fill` and `flats` (corrections). Outputs: `direction` (uint8, final D8
 * codes), `boundary` (of the accumulation), `lengths` (boundary of the slope lengths).
 */
export const pathTile: TaskHandler = {
  kind: 'path-tile',
  version: 4,
  async run(task, context) {
    const { slopeLength, cellSizeMetres, ...shape } = task.parameters as unknown as PathTileParameters;
    const fill = await readBoundary<FillCorrection>(context, 'fill');
    const drains = await readBoundary<BasinDrains>(context, 'drains');
    const flats = await readBoundary<FlatCorrection>(context, 'flats');
    const terrain = terrainOfTile(shape);
    await readLayerInput(context, 'elevation', terrain.elevation);
    terrain.slope(fill, cellSizeMetres);
    terrain.direct(drains, fill);
    const { boundary, lengths } = terrain.paths(fill, flats, slopeLengthRules(slopeLength));
    return {
      outputs: {
        direction: layerOutput(context, 'direction', terrain.direction),
        boundary: boundaryOutput(boundary),
        lengths: boundaryOutput(lengths),
      },
    };
  },
};
