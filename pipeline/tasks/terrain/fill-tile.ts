import { terrainOfTile } from '../../kernels/terrain/terrain-kernels.ts';
import type { TaskHandler } from '../task.ts';
import { boundaryOutput } from './boundary-artifact.ts';
import { readLayerInput, type TerrainTileParameters } from './terrain-rasters.ts';

/** Shape of a tile; its place does not matter. */
export type TileShape = Pick<TerrainTileParameters['target'], 'width' | 'height'>;

/**
 * Finds how the depressions of one tile overflow as far as the tile can tell. Besides what its perimeter tells it hands
 * on a few bytes for each pit, so that the next visit need not look for the passes again.
 *
 * Input: `elevation`. Outputs: `boundary`, `drains`.
 */
export const fillTile: TaskHandler = {
  kind: 'fill-tile',
  version: 4,
  async run(task, context) {
    const terrain = terrainOfTile(task.parameters as unknown as TileShape);
    await readLayerInput(context, 'elevation', terrain.elevation);
    const { boundary, drains } = terrain.fill();
    return { outputs: { boundary: boundaryOutput(boundary), drains: boundaryOutput(drains) } };
  },
};
