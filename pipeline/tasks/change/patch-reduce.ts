import { type LabelBoundary, tiledLabels } from '../../../models/disturbance/tiled-labels.ts';
import { type TileId, tileLayout } from '../../../models/grid/tile-layout.ts';
import type { TaskHandler, TaskOutput } from '../task.ts';
import { boundaryOutput, readBoundary } from '../terrain/boundary-artifact.ts';
import type { PatchReduceParameters } from './change-parameters.ts';

/** Joins patches across tiles. Inputs: the boundary of each tile by its name; outputs: each tile's correction likewise. */
export const patchReduce: TaskHandler = {
  kind: 'patch-reduce',
  version: 2,
  async run(task, context) {
    const { width, height, tileSize, connectivity } = task.parameters as unknown as PatchReduceParameters;
    const boundaries = new Map<TileId, LabelBoundary>();
    for (const id of Object.keys(task.inputs)) boundaries.set(id, await readBoundary<LabelBoundary>(context, id));
    const outputs: Record<string, TaskOutput> = {};
    const corrections = tiledLabels(connectivity).reduce(boundaries, tileLayout(width, height, tileSize));
    for (const [id, correction] of corrections) outputs[id] = boundaryOutput(correction);
    return { outputs };
  },
};
