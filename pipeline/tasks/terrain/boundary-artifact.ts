import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { decodeBoundary, encodeBoundary } from '../../../models/terrain/tiled/boundary-bytes.ts';
import type { TaskContext, TaskOutput } from '../task.ts';

/** Leaves a quarter of a boundary at some 10 ns a byte; higher levels take three times as long for a tenth less. */
const level = 1;

/** A boundary or correction as a task output, compressed: all tiles' boundaries travel to the tasks that join them. */
export function boundaryOutput(boundary: object): TaskOutput {
  return { bytes: deflateRawSync(encodeBoundary(boundary), { level }), mediaType: 'application/octet-stream' };
}

/** A boundary or correction that another task made. */
export async function readBoundary<Boundary>(context: TaskContext, input: string): Promise<Boundary> {
  const { buffer, byteOffset, byteLength } = inflateRawSync(await context.inputBytes(input));
  return decodeBoundary<Boundary>(new Uint8Array(buffer, byteOffset, byteLength));
}
