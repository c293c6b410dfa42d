import type { AccumulationCorrection } from '../../../models/terrain/tiled/flow-accumulation-barnes2017.ts';
import { visitSlopeLength } from '../../../models/terrain/tiled/terrain-visits.ts';
import type { TaskHandler } from '../task.ts';
import { boundaryOutput, readBoundary } from './boundary-artifact.ts';
import { lengthOptions, type SlopeLengthParameters } from './terrain-methods.ts';
import { readBytes, readFloats } from './terrain-rasters.ts';

export interface SlopeLengthTileParameters {
  readonly width: number;
  readonly height: number;
  readonly cellSizeMetres: number;
  readonly slopeLength: SlopeLengthParameters;
}

/**
 * Slope lengths that a tile's own cells bring to its perimeter.
 *
 * Inputs: `relief`, `flow`, `inflow` (correction of the accumulation). Output: `boundary`.
 */
export const slopeLengthTile: TaskHandler = {
  kind: 'slope-length-tile',
  version: 1,
  async run(task, context) {
    const { slopeLength, cellSizeMetres, ...extent } = task.parameters as unknown as SlopeLengthTileParameters;
    const [slope] = await readFloats(context, 'relief', [2]);
    const [direction, edges] = await readBytes(context, 'flow');
    const inflow = await readBoundary<AccumulationCorrection>(context, 'inflow');
    const grid = { direction: direction!, edges: edges!, slope: slope! };
    const boundary = visitSlopeLength(grid, inflow, lengthOptions(slopeLength, cellSizeMetres), extent);
    return { outputs: { boundary: boundaryOutput(boundary) } };
  },
};
