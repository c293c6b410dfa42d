import { croplandGroup } from '../../parameters/land-use-classes.ts';
import { roundTables } from '../controlled-rounding.ts';
import type { Cube } from '../cube.ts';
import { type RegionFigures, regionFigures, type StatisticsOptions } from '../region-figures.ts';
import { type ZoneStatistics, zoneStatistics } from '../zone-statistics.ts';
import { areaDecimals } from './area-columns.ts';
import { coverageTable } from './coverage-table.ts';
import { landUseRows, landUseTable } from './land-use-table.ts';
import { closingNote, denominatorNote, looseClosingNote, shareNote } from './notes.ts';
import { rateTable } from './rate-table.ts';
import { type AreaTableRow, roundingRows, zoneTableRows } from './row-areas.ts';
import {
  croplandRows,
  slopeBandRows,
  slopeBandTable,
  slopingCroplandRow,
  slopingCroplandTable,
} from './slope-tables.ts';
import type { Bilingual, Table } from './table.ts';
import { zoneTable } from './zone-table.ts';

export interface ReportOptions extends StatisticsOptions {
  /** Positions of the zone sets that nest inside the first one, outermost first, such as [0, 1] for county, township. */
  readonly administrativeLevels: readonly number[];
}

export interface Report {
  readonly figures: RegionFigures;
  /** Region and first administrative level only. */
  readonly counties: readonly ZoneStatistics[];
  /** All administrative levels. */
  readonly administrative: readonly ZoneStatistics[];
  /** Per other zone set (watersheds, …) the region and its zones. */
  readonly others: readonly { readonly zoneSet: string; readonly zones: readonly ZoneStatistics[] }[];
  /** Report tables: 1, 4, 5, 6, 9 for every other zone set, rate and soil loss, uncovered area. */
  readonly tables: readonly Table[];
  /** False when some printed area had to leave the one-unit distance for the sums to close. */
  readonly withinOneUnit: boolean;
}

/**
 * All report tables of a run. Tables that divide the same region are rounded together, so that the region is printed alike in all
 * of them and every sum closes in printed digits. Sloping cropland is a part of the cropland that the table of land use prints,
 * and the land of the rate's table is that of table 1.
 *
 * @throws RangeError when zone sets do not fit the cube or an official area is smaller than the eroded area.
 */
export function reportTables(cube: Cube, options: ReportOptions): Report {
  const figures = regionFigures(cube, options);
  const levels = options.administrativeLevels;
  const administrative = zoneStatistics(figures, levels);
  const otherSets = options.zoneSets.map((_, set) => set).filter((set) => set !== 0 && !levels.includes(set));
  const others = otherSets.map((set) => ({
    set: options.zoneSets[set],
    zoneSet: options.zoneSets[set].id,
    zones: zoneStatistics(figures, [set]),
  }));
  const landUse = landUseRows(figures);
  const slope = slopeBandRows(figures);
  const cropland = croplandRows(figures);

  const shared = [zoneTableRows(administrative), ...others.map(({ zones }) => zoneTableRows(zones)), landUse, slope];
  const divided = { table: shared.indexOf(landUse), row: croplandRow(landUse), rows: roundingRows(cropland) };
  // Without cropland its table is one of zeros.
  const rounded = roundTables(shared.map(roundingRows), areaDecimals, divided.row < 0 ? undefined : divided);
  const croplandUnits = divided.row < 0 ? cropland.map(() => new Array<number>(6).fill(0)) : rounded.divided;
  const [administrativeUnits, ...rest] = rounded.units;
  const [landUseUnits, slopeUnits] = rest.slice(others.length);
  const { withinOneUnit } = rounded;
  const common = [denominatorNote(options.landAreaRule), shareNote, withinOneUnit ? closingNote : looseClosingNote];
  const counties = administrative.filter((zone) => zone.level <= 1);
  const countyUnits = administrativeUnits.filter((_, at) => administrative[at].level <= 1);

  const tables: Table[] = [
    withNotes(zoneTable(administrativeHead(options), administrative, administrativeUnits), common),
    withNotes(landUseTable(landUse, landUseUnits), common),
    withNotes(slopeBandTable(slope, slopeUnits), common),
    withNotes(
      slopingCroplandTable(cropland.slice(slopingCroplandRow), croplandUnits.slice(slopingCroplandRow)),
      common.slice(1),
    ),
    ...others.map(({ set, zones }, index) =>
      withNotes(
        zoneTable(
          {
            id: `zones-${set.id}`,
            number: others.length === 1 ? '9' : `9-${index + 1}`,
            title: { zh: `${set.name.zh}水土流失面积与强度`, en: `Eroded area and intensity by ${set.name.en}` },
            zoneName: set.name,
          },
          zones,
          rest[index],
        ),
        common,
      ),
    ),
    withNotes(rateTable(counties, countyUnits), [denominatorNote(options.landAreaRule)]),
    coverageTable(counties, options.cellSizeMetres),
  ];
  return { figures, counties, administrative, others, tables, withinOneUnit };
}

/** Row of cropland in the table of land use; −1 where there is none. */
const croplandRow = (rows: readonly AreaTableRow[]): number =>
  rows.findIndex(({ level, code }) => level === 1 && code === String(croplandGroup));

const administrativeHead = (options: StatisticsOptions) => ({
  id: 'administrative-areas',
  number: '1',
  title: { zh: '行政区水土流失面积与强度', en: 'Eroded area and intensity by administrative area' },
  zoneName: { zh: '行政区', en: options.zoneSets[0].name.en },
});

const withNotes = (table: Table, notes: readonly Bilingual[]): Table => ({
  ...table,
  notes: [...notes, ...table.notes],
});
