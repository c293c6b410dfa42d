import type { Cube } from '../../models/statistics/cube.ts';
import type { UnverifiedParameter } from './report-parameters.ts';

/** Codes of the official tables that occur in a run; undefined where they cannot be told. */
export interface UsedCodes {
  readonly landUse: readonly string[];
  readonly engineering: readonly string[] | undefined;
  readonly tillage: readonly string[] | undefined;
}

/** Land-use codes of cells inside the area of interest. */
export function usedLandUse(cube: Cube): string[] {
  const codes = new Set<number>();
  for (let row = 0; row < cube.rowCount; row++)
    if (cube.zones[row * cube.zoneSetCount] !== 0) codes.add(cube.landUse[row]!);
  return [...codes].sort((a, b) => a - b).map(String);
}

/** Which table a factor's codes come from. */
const tableOf: Readonly<Record<string, keyof UsedCodes>> = { B: 'landUse', E: 'engineering', T: 'tillage' };

/** True when a value of an official table takes part in the result, or may do so. */
export function isUsed(used: UsedCodes, factor: string, code: string): boolean {
  const table = tableOf[factor];
  return table === undefined || (used[table]?.includes(code) ?? true);
}

/** Of the doubtful parameters, those that take part in the result. */
export const unverifiedInUse = (
  unverified: readonly UnverifiedParameter[],
  used: UsedCodes,
): readonly UnverifiedParameter[] => unverified.filter(({ factor, code }) => isUsed(used, factor, code));
