import type { TaskHandler } from '../task.ts';
import { decodeChangeCounts, encodeChangeCounts, mergeChangeCounts } from './change-counts.ts';

/** Adds up the changes of all tiles. Inputs: `changes` of each tile by its name. Output: `changes`. */
export const changeMerge: TaskHandler = {
  kind: 'change-merge',
  version: 1,
  async run(task, context) {
    const parts = [];
    for (const name of Object.keys(task.inputs).sort()) parts.push(decodeChangeCounts(await context.inputBytes(name)));
    return {
      outputs: { changes: { bytes: encodeChangeCounts(mergeChangeCounts(parts)), mediaType: 'application/json' } },
    };
  },
};
