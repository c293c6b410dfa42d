import type { PatchTally } from '../../../models/disturbance/patch-tally.ts';
import type { TaskContext, TaskOutput } from '../task.ts';

/** The part of a patch that lies in one tile. */
export interface PatchPart {
  /** Number of the patch in the whole grid. */
  readonly label: number;
  /** See `CellRuns`. */
  readonly runs: readonly number[];
  readonly tally: PatchTally;
}

/** Parts as a task output. */
export const patchParts = {
  output: (parts: readonly PatchPart[]): TaskOutput => ({
    bytes: Buffer.from(JSON.stringify(parts)),
    mediaType: 'application/json',
  }),
  read: async (context: TaskContext, name: string): Promise<PatchPart[]> =>
    JSON.parse(Buffer.from(await context.inputBytes(name)).toString()) as PatchPart[],
};
