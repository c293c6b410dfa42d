import { statSync } from 'node:fs';
import type { InspectionRequest } from './inspection.ts';

/** Bytes of file that are read in a second of processor time, at the least; honest files take a quarter of that time. */
const bytesPerSecond = 5e6;
const longestMilliseconds = 600_000;

/**
 * Processor time for the features, milliseconds, so that a busy machine does not fail a file: by the length of the file,
 * for a small one can hold a query that never ends.
 */
export function readTime(request: InspectionRequest): number {
  const given = request.readMilliseconds ?? 3000;
  const wanted = Math.min(longestMilliseconds, (statSync(request.path).size / bytesPerSecond) * 1000);
  if (!request.extendTime || wanted <= given) return given;
  request.extendTime(wanted - given);
  return wanted;
}
