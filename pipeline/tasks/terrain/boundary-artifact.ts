import { decodeBoundary, encodeBoundary } from '../../../models/terrain/tiled/boundary-bytes.ts';
import type { TaskContext, TaskOutput } from '../task.ts';

/** A boundary or correction as a task output. */
export function boundaryOutput(boundary: object): TaskOutput {
  return { bytes: encodeBoundary(boundary), mediaType: 'application/octet-stream' };
}

/** A boundary or correction that another task made. */
export async function readBoundary<Boundary>(context: TaskContext, input: string): Promise<Boundary> {
  return decodeBoundary<Boundary>(await context.inputBytes(input));
}
