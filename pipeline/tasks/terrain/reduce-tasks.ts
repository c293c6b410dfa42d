import { type TileId, type TileLayout, tileLayout } from '../../../models/grid/tile-layout.ts';
import { tiledFill } from '../../../models/terrain/tiled/fill-depressions-barnes2016.ts';
import { tiledFlowAccumulation } from '../../../models/terrain/tiled/flow-accumulation-barnes2017.ts';
import { tiledFlowDirection } from '../../../models/terrain/tiled/flow-direction.ts';
import { tiledSlopeLength } from '../../../models/terrain/tiled/slope-length.ts';
import type { JsonValue, TaskHandler, TaskOutput } from '../task.ts';
import { boundaryOutput, readBoundary } from './boundary-artifact.ts';
import { type BreakParameters, slopeLengthRules } from './terrain-methods.ts';

/** Shape of a grid and its tiles; the place of the grid does not matter. */
export interface ReduceParameters {
  readonly width: number;
  readonly height: number;
  readonly tileSize: number;
}

export interface SlopeLengthReduceParameters extends ReduceParameters {
  readonly slopeLength: BreakParameters;
}

type Reduce<Boundary, Correction> = (
  boundaries: ReadonlyMap<TileId, Boundary>,
  layout: TileLayout,
) => ReadonlyMap<TileId, Correction>;

/**
 * A task that joins the boundaries of all tiles. Inputs and outputs bear the names of the tiles, so a tile whose
 * correction stays the same is not done again.
 */
function reduceTask<Boundary extends object, Correction extends object>(
  kind: string,
  version: number,
  reduceBy: (parameters: JsonValue) => Reduce<Boundary, Correction>,
): TaskHandler {
  return {
    kind,
    version,
    async run(task, context) {
      const { width, height, tileSize } = task.parameters as unknown as ReduceParameters;
      const boundaries = new Map<TileId, Boundary>();
      for (const id of Object.keys(task.inputs)) boundaries.set(id, await readBoundary<Boundary>(context, id));
      const corrections = reduceBy(task.parameters)(boundaries, tileLayout(width, height, tileSize));
      const outputs: Record<string, TaskOutput> = {};
      for (const [id, correction] of corrections) outputs[id] = boundaryOutput(correction);
      return { outputs };
    },
  };
}

export const fillReduce = reduceTask('fill-reduce', 2, () => tiledFill.reduce);
export const flowReduce = reduceTask('flow-reduce', 2, () => tiledFlowDirection.reduce);
export const accumulationReduce = reduceTask('accumulation-reduce', 2, () => tiledFlowAccumulation.reduce);
export const slopeLengthReduce = reduceTask('slope-length-reduce', 3, (parameters) => {
  const { slopeLength } = parameters as unknown as SlopeLengthReduceParameters;
  return tiledSlopeLength(slopeLengthRules(slopeLength)).reduce;
});
