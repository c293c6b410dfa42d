import type { BasinDrains } from '../../../models/terrain/tiled/basin-drains.ts';
import type { FillCorrection } from '../../../models/terrain/tiled/fill-depressions-barnes2016.ts';
import { terrainVisits } from '../../kernels/terrain/terrain-kernels.ts';
import type { TaskHandler } from '../task.ts';
import { boundaryOutput, readBoundary } from './boundary-artifact.ts';
import { rasterOutput, readFloats, type TerrainTileParameters } from './terrain-rasters.ts';

/**
 * Finishes the filling of a tile and directs its water as far as the tile and its ring can tell.
 *
 * Inputs: `elevation`, `drains`, `fill` (correction). Outputs: `relief` (float32: filled elevation, slope in degrees), `direction`
 * (uint8, flats not resolved), `boundary`.
 */
export const flowTile: TaskHandler = {
  kind: 'flow-tile',
  version: 2,
  async run(task, context) {
    const { target } = task.parameters as unknown as TerrainTileParameters;
    const [[elevation], fill, drains] = await Promise.all([
      readFloats(context, 'elevation'),
      readBoundary<FillCorrection>(context, 'fill'),
      readBoundary<BasinDrains>(context, 'drains'),
    ]);
    const { filled, slope, direction, boundary } = terrainVisits().flow(
      elevation!,
      drains,
      fill,
      target,
      target.cellSizeMetres,
    );
    const [reliefRaster, directionRaster] = await Promise.all([
      rasterOutput(context, 'relief', target, [
        { data: filled, nodata: Number.NaN, description: 'filled elevation', unit: 'm' },
        { data: slope, nodata: Number.NaN, description: 'slope', unit: '°' },
      ]),
      rasterOutput(context, 'direction', target, [{ data: direction }]),
    ]);
    return { outputs: { relief: reliefRaster, direction: directionRaster, boundary: boundaryOutput(boundary) } };
  },
};
