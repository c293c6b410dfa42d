import { nodataCauses } from '../../erosion/nodata-cause.ts';
import { cellsToSquareKilometres } from '../area-units.ts';
import { outsideCause } from '../tally.ts';
import type { ZoneStatistics } from '../zone-statistics.ts';
import { areaDecimals, joinCells, numberCell, textCells } from './area-columns.ts';
import { zoneNotes } from './notes.ts';
import type { Table } from './table.ts';

/** Uncovered area (未覆盖面积) of zones by cause: one column per cause that occurs. Decimals as measured, to four places. */
export function coverageTable(zones: readonly ZoneStatistics[], cellSizeMetres: number): Table {
  const causes = nodataCauses.filter(
    ({ code }) => code > outsideCause && zones.some((zone) => zone.tally.causeCells[code] > 0),
  );
  return {
    id: 'uncovered-area',
    title: { zh: '未覆盖面积及原因', en: 'Uncovered area by cause' },
    unit: { zh: '单位：km²、%', en: 'Unit: km², %' },
    columns: [
      { id: 'code', header: { zh: '行政区代码', en: 'zone code' }, unit: '' },
      { id: 'name', header: { zh: '行政区名称', en: 'zone name' }, unit: '' },
      { id: 'pixel-area', header: { zh: '栅格面积', en: 'area of cells' }, unit: 'km²', decimals: areaDecimals },
      { id: 'uncovered-area', header: { zh: '未覆盖面积', en: 'uncovered area' }, unit: 'km²', decimals: 4 },
      { id: 'uncovered-share', header: { zh: '未覆盖比例', en: 'share uncovered' }, unit: '%', decimals: 2 },
      ...causes.map((cause) => ({
        id: `cause-${cause.id}`,
        header: { zh: cause.zh, en: cause.en },
        group: { zh: '原因', en: 'cause' },
        unit: 'km²',
        decimals: 4,
      })),
    ],
    rows: zones.map((zone) => ({
      level: zone.level,
      ...joinCells(
        textCells(zone.code, zone.name),
        numberCell(zone.pixelArea, areaDecimals),
        numberCell(zone.uncoveredArea, 4),
        numberCell(zone.uncoveredPercent, 2),
        ...causes.map(({ code }) =>
          numberCell(cellsToSquareKilometres(zone.tally.causeCells[code], cellSizeMetres), 4),
        ),
      ),
    })),
    notes: zoneNotes(zones).slice(-2),
  };
}
