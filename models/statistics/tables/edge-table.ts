import { cellsToSquareKilometres } from '../area-units.ts';
import { sharePercent } from '../change.ts';
import { type ContaminatedCells, contaminatedRegion, noCells } from '../edge-contamination-cells.ts';
import type { ZoneStatistics } from '../zone-statistics.ts';
import { joinCells, numberCell, textCells } from './area-columns.ts';
import type { Bilingual, Table } from './table.ts';

const slopeLength: Bilingual = { zh: '坡长可能偏小', en: 'possibly short slope length' };
const accumulation: Bilingual = { zh: '仅汇流累积量可能偏小', en: 'possibly low accumulation alone' };
const area: Bilingual = { zh: '面积', en: 'area' };
const share: Bilingual = { zh: '占有地形面积比例', en: 'share of area with terrain' };

const note: Bilingual = {
  zh: '高程数据边缘或空洞以外的土地可能有水汇入，其下游的汇流累积量和坡长只能按数据以内计算，L与侵蚀模数可能偏小；高程范围宜扩至统计范围以外的分水岭。位置见边缘污染栅格（outputs.terrain: [edgeContamination]）。',
  en: 'Water may come in from land beyond the edge of the elevation or out of its holes; what lies downstream knows the land within alone, so its L and modulus may be too small. Elevation should reach to the divides around the region. outputs.terrain: [edgeContamination] hands over where.',
};

/**
 * Area whose terrain may depend on land outside the data (边缘污染), for the region and the zones of the first level. Areas of
 * cells, to four places.
 *
 * @param byZone cells by index of the zone
 */
export function edgeTable(
  zones: readonly ZoneStatistics[],
  byZone: ReadonlyMap<number, ContaminatedCells>,
  cellSizeMetres: number,
): Table {
  const cellsOf = ({ path: [index] }: ZoneStatistics): ContaminatedCells =>
    index === undefined ? contaminatedRegion(byZone) : (byZone.get(index) ?? noCells);
  const columns = (id: string, group: Bilingual) => [
    { id: `${id}-area`, header: area, group, unit: 'km²', decimals: 4 },
    { id: `${id}-share`, header: share, group, unit: '%', decimals: 2 },
  ];
  return {
    id: 'edge-contamination',
    title: { zh: '受高程数据以外土地影响的面积', en: 'Area that depends on land outside the elevation' },
    unit: { zh: '单位：km²、%', en: 'Unit: km², %' },
    columns: [
      { id: 'code', header: { zh: '行政区代码', en: 'zone code' }, unit: '' },
      { id: 'name', header: { zh: '行政区名称', en: 'zone name' }, unit: '' },
      { id: 'terrain-area', header: { zh: '有地形面积', en: 'area with terrain' }, unit: 'km²', decimals: 4 },
      ...columns('slope-length', slopeLength),
      ...columns('accumulation', accumulation),
    ],
    rows: zones.map((zone) => {
      const cells = cellsOf(zone);
      const both = (count: number) =>
        joinCells(
          numberCell(cellsToSquareKilometres(count, cellSizeMetres), 4),
          numberCell(sharePercent(count, cells.valid), 2),
        );
      return {
        level: zone.level,
        ...joinCells(
          textCells(zone.code, zone.name),
          numberCell(cellsToSquareKilometres(cells.valid, cellSizeMetres), 4),
          both(cells.slopeLength),
          both(cells.accumulation),
        ),
      };
    }),
    notes: [note],
  };
}
