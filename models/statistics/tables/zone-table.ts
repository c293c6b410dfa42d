import { largestRemainderPercents } from '../largest-remainder.ts';
import type { ZoneStatistics } from '../zone-statistics.ts';
import {
  areaCell,
  areaDecimals,
  areaHeader,
  type Cells,
  classCells,
  classColumns,
  erodedHeader,
  joinCells,
  landAreaHeader,
  landShareHeader,
  numberCell,
  textCells,
} from './area-columns.ts';
import { zoneNotes } from './notes.ts';
import { type Bilingual, dash, type Table, type TableColumn } from './table.ts';

const microHeader = { zh: '微度', en: 'micro' };

function columns(zoneName: Bilingual): TableColumn[] {
  return [
    { id: 'code', header: { zh: `${zoneName.zh}代码`, en: `${zoneName.en} code` }, unit: '' },
    { id: 'name', header: { zh: `${zoneName.zh}名称`, en: `${zoneName.en} name` }, unit: '' },
    { id: 'land-area', header: landAreaHeader, unit: 'km²', decimals: areaDecimals },
    { id: 'micro-area', header: areaHeader, group: microHeader, unit: 'km²', decimals: areaDecimals },
    { id: 'micro-share', header: landShareHeader, group: microHeader, unit: '%', decimals: 2 },
    { id: 'eroded-area', header: areaHeader, group: erodedHeader, unit: 'km²', decimals: areaDecimals },
    { id: 'eroded-share', header: landShareHeader, group: erodedHeader, unit: '%', decimals: 2 },
    ...classColumns,
    { id: 'conservation-rate', header: { zh: '水土保持率', en: 'conservation rate' }, unit: '%', decimals: 2 },
    { id: 'uncovered-area', header: { zh: '未覆盖面积', en: 'uncovered area' }, unit: 'km²', decimals: areaDecimals },
  ];
}

/**
 * Area by erosion intensity for zones: report table 1 (行政区水土流失面积与强度) and, for watersheds, table 9.
 *
 * @param zones rows of `zoneStatistics`
 * @param units printed areas of the classes per row from controlled rounding, in hundredths of km²
 */
export function zoneTable(
  table: { readonly id: string; readonly number?: string; readonly title: Bilingual; readonly zoneName: Bilingual },
  zones: readonly ZoneStatistics[],
  units: readonly (readonly number[])[],
): Table {
  const { zoneName, ...head } = table;
  return {
    ...head,
    unit: { zh: '单位：km²、%', en: 'Unit: km², %' },
    columns: columns(zoneName),
    rows: zones.map((zone, row) => ({ level: zone.level, ...zoneCells(zone, units[row]) })),
    notes: zoneNotes(zones),
  };
}

function zoneCells(zone: ZoneStatistics, units: readonly number[]): Cells {
  const total = units.reduce((sum, unit) => sum + unit, 0);
  const refused = zone.coverage === 'refuse';
  const shares = refused ? undefined : largestRemainderPercents([zone.classAreas[1], zone.erodedArea]);
  const share = (raw: number | undefined, index: number): Cells => ({
    raw: [refused ? null : (raw ?? null)],
    printed: [shares?.[index].toFixed(2) ?? dash],
  });
  return joinCells(
    textCells(zone.code, zone.name),
    areaCell(zone.landArea, total),
    areaCell(zone.classAreas[1], units[0]),
    share(zone.microShare, 0),
    areaCell(zone.erodedArea, total - units[0]),
    share(zone.erodedShare, 1),
    classCells(zone.classAreas, units),
    share(zone.conservationRate, 0),
    numberCell(zone.uncoveredArea, areaDecimals),
  );
}
