import { readTile } from '../../formats/raster-read.ts';
import { terrainVisits } from '../../kernels/terrain/terrain-kernels.ts';
import type { TaskHandler } from '../task.ts';
import { boundaryOutput } from './boundary-artifact.ts';

/**
 * Finds how the depressions of one tile overflow as far as the tile can tell. Besides what its perimeter tells it hands
 * on a few bytes for each pit, so that the next visit need not look for the passes again.
 *
 * Input: `elevation`. Outputs: `boundary`, `drains`.
 */
export const fillTile: TaskHandler = {
  kind: 'fill-tile',
  version: 2,
  async run(_task, context) {
    const { data, width, height } = await readTile(await context.inputPath('elevation'));
    const { boundary, drains } = terrainVisits().fill(data[0] as Float32Array, { width, height });
    return { outputs: { boundary: boundaryOutput(boundary), drains: boundaryOutput(drains) } };
  },
};
