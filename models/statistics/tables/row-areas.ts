import type { AreaRow } from '../controlled-rounding.ts';
import type { Areas } from '../land-area.ts';
import type { ZoneStatistics } from '../zone-statistics.ts';

/** Raw areas of one table row and where it hangs; the input of controlled rounding and of the printed row. */
export interface AreaTableRow {
  readonly level: number;
  /** Position of the parent row, −1 for the sum of the table. */
  readonly parent: number;
  readonly code: string;
  readonly name: string;
  readonly nameEnglish: string;
  /** By intensity class, entry 0 = uncovered. */
  readonly classAreas: ArrayLike<number>;
}

/** Zone rows with the positions of their parents; the order of {@link zoneStatistics} has parents first. */
export function zoneTableRows(zones: readonly ZoneStatistics[]): AreaTableRow[] {
  const positions = new Map(zones.map((zone, index) => [zone.path.join('/'), index]));
  return zones.map((zone) => ({
    level: zone.level,
    parent: zone.parent === undefined ? -1 : positions.get(zone.parent.join('/'))!,
    code: zone.code,
    name: zone.name.zh,
    nameEnglish: zone.name.en,
    classAreas: zone.classAreas,
  }));
}

/** The classes 1–6 as controlled rounding takes them. */
export const roundingRows = (rows: readonly AreaTableRow[]): AreaRow[] =>
  rows.map(({ parent, classAreas }) => ({ parent, areas: Array.from({ length: 6 }, (_, k) => classAreas[k + 1]) }));

/** Areas of several groups together. */
export function sumClassAreas(groups: Iterable<{ readonly areas: Areas }>): Float64Array {
  const sum = new Float64Array(7);
  for (const { areas } of groups) for (let grade = 0; grade < 7; grade++) sum[grade] += areas.classAreas[grade];
  return sum;
}
