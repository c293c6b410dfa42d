import { visitFill } from '../../../models/terrain/tiled/terrain-visits.ts';
import { readTile } from '../../formats/raster-read.ts';
import type { TaskHandler } from '../task.ts';
import { boundaryOutput } from './boundary-artifact.ts';

/**
 * Fills the depressions of one tile as if it stood alone; hands on what its perimeter tells and nothing else, since
 * filling again costs less than writing and reading what was filled.
 *
 * Input: `elevation`. Output: `boundary`.
 */
export const fillTile: TaskHandler = {
  kind: 'fill-tile',
  version: 1,
  async run(_task, context) {
    const { data, width, height } = await readTile(await context.inputPath('elevation'));
    return { outputs: { boundary: boundaryOutput(visitFill(data[0] as Float32Array, { width, height })) } };
  },
};
