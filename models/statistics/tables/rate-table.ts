import type { ZoneStatistics } from '../zone-statistics.ts';
import { areaCell, areaDecimals, joinCells, landAreaHeader, numberCell, textCells } from './area-columns.ts';
import { zoneNotes } from './notes.ts';
import { dash, type Table } from './table.ts';

const sources = {
  official: { zh: '法定面积', en: 'official' },
  pixels: { zh: '栅格面积', en: 'cells' },
  mixed: { zh: '法定与栅格', en: 'official and cells' },
};

const targetMet = { zh: '达标', en: 'met' };
const targetMissed = { zh: '未达标', en: 'missed' };

/**
 * Conservation rate against its target, with the denominator named, and mean modulus and soil loss.
 *
 * @param units class areas of each zone as table 1 prints them, in hundredths of km²
 */
export function rateTable(zones: readonly ZoneStatistics[], units: readonly (readonly number[])[]): Table {
  return {
    id: 'conservation-rate',
    title: { zh: '水土保持率目标核查与土壤流失量', en: 'Conservation rate against target, and soil loss' },
    unit: { zh: '单位：km²、%、t/(km²·a)、t/a', en: 'Unit: km², %, t/(km²·a), t/a' },
    columns: [
      { id: 'code', header: { zh: '行政区代码', en: 'zone code' }, unit: '' },
      { id: 'name', header: { zh: '行政区名称', en: 'zone name' }, unit: '' },
      { id: 'land-area', header: landAreaHeader, unit: 'km²', decimals: areaDecimals },
      { id: 'land-area-source', header: { zh: '分母来源', en: 'denominator' }, unit: '' },
      { id: 'conservation-rate', header: { zh: '水土保持率', en: 'conservation rate' }, unit: '%', decimals: 2 },
      { id: 'target-rate', header: { zh: '目标值', en: 'target' }, unit: '%', decimals: 2 },
      { id: 'target-met', header: { zh: '是否达标', en: 'target met' }, unit: '' },
      { id: 'target-gap', header: { zh: '与目标之差', en: 'gap to target' }, unit: '个百分点', decimals: 2 },
      {
        id: 'target-gap-area',
        header: { zh: '需再减少水土流失面积', en: 'eroded area still to go' },
        unit: 'km²',
        decimals: 2,
      },
      { id: 'mean-modulus', header: { zh: '平均侵蚀模数', en: 'mean modulus' }, unit: 't/(km²·a)', decimals: 1 },
      { id: 'soil-loss', header: { zh: '土壤流失量', en: 'soil loss' }, unit: 't/a', decimals: 0 },
    ],
    rows: zones.map((zone, at) => ({
      level: zone.level,
      ...joinCells(
        textCells(zone.code, zone.name),
        areaCell(
          zone.landArea,
          units[at].reduce((sum, unit) => sum + unit, 0),
        ),
        textCells(sources[zone.landAreaSource]),
        numberCell(zone.conservationRate, 2),
        numberCell(zone.target?.targetPercent, 2),
        textCells(zone.target === undefined ? dash : zone.target.met ? targetMet : targetMissed),
        numberCell(zone.target?.gapPoints, 2),
        numberCell(zone.target?.gapArea, 2),
        numberCell(zone.meanModulus, 1),
        numberCell(zone.soilLossTonnes, 0),
      ),
    })),
    notes: [
      {
        zh: '是否达标按未取整的水土保持率判断；与目标之差的单位为个百分点。',
        en: 'Targets are judged on unrounded rates; gaps are in percentage points.',
      },
      ...zoneNotes(zones),
    ],
  };
}
