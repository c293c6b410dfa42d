import { decodeCube, encodeCube } from '../../models/statistics/encode-cube.ts';
import { mergeCubes } from '../../models/statistics/merge-cubes.ts';
import type { TaskHandler } from './task.ts';

/** Adds up the cubes of all tiles. Counts are whole numbers, so the order of the tiles does not matter. */
export const mergeStatistics: TaskHandler = {
  kind: 'merge-statistics',
  version: 1,
  async run(task, context) {
    let total: ReturnType<typeof decodeCube> | undefined;
    // Two at a time: a national run has more cubes than memory.
    for (const name of Object.keys(task.inputs).sort()) {
      const cube = decodeCube(await context.inputBytes(name));
      total = total === undefined ? cube : mergeCubes([total, cube]);
    }
    return { outputs: { cube: { bytes: encodeCube(total!), mediaType: 'application/octet-stream' } } };
  },
};
