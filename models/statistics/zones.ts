import type { Bilingual } from '../parameters/confidence.ts';

/** One zone of a zone set. */
export interface Zone {
  /** Value in the zone raster, from 1. */
  readonly index: number;
  /** Official code as a string, such as 621102; leading zeros count. */
  readonly code: string;
  readonly name: Bilingual;
  /** Official land area (控制面积), km²; only that of the zone set which defines the region is used. */
  readonly officialAreaSquareKilometres?: number;
  /** Target of the conservation rate (水土保持率目标值), percent. */
  readonly targetRatePercent?: number;
}

/** A partition of the region: counties, townships, watersheds, … */
export interface ZoneSet {
  readonly id: string;
  /** What a zone of the set is called, such as 县区 / county. */
  readonly name: Bilingual;
  readonly zones: readonly Zone[];
}

/** Name of the rest of a parent that lies in no zone of a set. */
export function unassignedName(setName: Bilingual): Bilingual {
  return { zh: `未划入${setName.zh}`, en: `in no ${setName.en}` };
}
