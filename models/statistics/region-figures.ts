import type { Bilingual } from '../parameters/confidence.ts';
import type { Cube } from './cube.ts';
import { type Areas, addAreas, type CountyWeight, countyWeight, emptyAreas, type LandAreaRule } from './land-area.ts';
import { addCubeRow, addTally, emptyTally, type Tally } from './tally.ts';
import type { Zone, ZoneSet } from './zones.ts';

export interface StatisticsOptions {
  readonly cellSizeMetres: number;
  /** In the order of the cube's zone tuples. The first set defines the region: cells in none of its zones are left out. */
  readonly zoneSets: readonly ZoneSet[];
  readonly regionName: Bilingual;
  readonly regionCode?: string;
  /** Target of the conservation rate of the whole region, percent. */
  readonly regionTargetRatePercent?: number;
  readonly landAreaRule: LandAreaRule;
  /** Share of a zone without a class from which its figures carry a warning; 1 when left out. */
  readonly uncoveredWarnPercent?: number;
  /** Share from which its conservation rate is refused; 5 when left out. */
  readonly uncoveredRefusePercent?: number;
}

/** A cube with the rule that turns its cells into areas: what every table of a run is computed from. */
export interface RegionFigures {
  readonly cube: Cube;
  readonly options: StatisticsOptions;
  /** By zone index of the first zone set ("county" below, whatever the set is). */
  readonly weights: ReadonlyMap<number, CountyWeight>;
}

/** Cells that belong together, as whole numbers and as areas, and the counties they lie in. */
export interface AreaGroup {
  readonly tally: Tally;
  readonly areas: Areas;
  readonly counties: ReadonlySet<number>;
}

export const emptyAreaGroup = (): AreaGroup => ({ tally: emptyTally(), areas: emptyAreas(), counties: new Set() });

/** @throws RangeError when zone sets do not fit the cube or an official area is smaller than the eroded area. */
export function regionFigures(cube: Cube, options: StatisticsOptions): RegionFigures {
  if (cube.zoneSetCount !== options.zoneSets.length || cube.zoneSetCount === 0)
    throw new RangeError(`a cube of ${cube.zoneSetCount} zone sets with ${options.zoneSets.length} descriptions`);
  const counties = new Map<number, Tally>();
  for (let row = 0; row < cube.rowCount; row++) {
    const county = cube.zones[row * cube.zoneSetCount];
    if (county === 0) continue;
    if (!counties.has(county)) counties.set(county, emptyTally());
    addCubeRow(counties.get(county)!, cube, row);
  }
  const weights = new Map<number, CountyWeight>();
  for (const [county, tally] of counties) {
    const official = findZone(options.zoneSets[0], county)?.officialAreaSquareKilometres;
    weights.set(county, countyWeight(tally, options.cellSizeMetres, options.landAreaRule, official));
  }
  return { cube, options, weights };
}

/**
 * Areas of groups of the region's cells. `groupOf` names the group of a row of the cube, or undefined to leave the row out.
 * Whole numbers are summed per group and county before they become areas; groups appear in the order of the cube.
 */
export function groupAreas<Key extends string | number>(
  figures: RegionFigures,
  groupOf: (row: number) => Key | undefined,
): Map<Key, AreaGroup> {
  const { cube, options, weights } = figures;
  const parts = new Map<Key, Map<number, Tally>>();
  for (let row = 0; row < cube.rowCount; row++) {
    const county = cube.zones[row * cube.zoneSetCount];
    const key = county === 0 ? undefined : groupOf(row);
    if (key === undefined) continue;
    if (!parts.has(key)) parts.set(key, new Map());
    const byCounty = parts.get(key)!;
    if (!byCounty.has(county)) byCounty.set(county, emptyTally());
    addCubeRow(byCounty.get(county)!, cube, row);
  }
  const groups = new Map<Key, AreaGroup>();
  for (const [key, byCounty] of parts) {
    const group: AreaGroup = { tally: emptyTally(), areas: emptyAreas(), counties: new Set(byCounty.keys()) };
    for (const [county, tally] of byCounty) {
      addTally(group.tally, tally);
      addAreas(group.areas, tally, weights.get(county)!, options.cellSizeMetres);
    }
    groups.set(key, group);
  }
  return groups;
}

export function findZone(set: ZoneSet, index: number): Zone | undefined {
  return set.zones.find((zone) => zone.index === index);
}
