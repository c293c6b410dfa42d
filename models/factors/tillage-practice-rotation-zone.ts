import { isCropland } from '../parameters/land-use-classes.ts';
import { rotationZones } from '../parameters/tillage-measures.ts';
import { type CodeValues, codeValues } from './code-table.ts';
import { cellFactorMethod } from './factor-method.ts';

/**
 * T by rotation zone: 1 outside cropland; on cropland the value of the zone, NaN where the zone has none.
 * @param landUseCode second-level land use; NaN gives NaN
 * @param zoneCode rotation zone, or 0 for none
 */
export function tillagePracticeByZone(
  landUseCode: number,
  zoneCode: string | 0,
  values: CodeValues = codeValues(rotationZones),
): number {
  if (Number.isNaN(landUseCode)) return Number.NaN;
  if (!isCropland(landUseCode)) return 1;
  return values[zoneCode] ?? Number.NaN;
}

/** Tillage practice factor by rotation zone; only one zone has a value read in a source, the rest must be checked. */
export const rotationZoneTable = cellFactorMethod(
  {
    id: 'rotation-zone-table',
    version: 1,
    factor: 'tillagePractice',
    name: { zh: '轮作区赋值', en: 'table of rotation zones' },
    citation: '区域水土流失动态监测技术规定（试行）2018; 常梦迪等 2021, ChinaXiv-202108.00091',
    formula: 'T = T(轮作区), 非耕地 T = 1',
    unit: '1',
    validRange: { zh: '0–1', en: '0–1' },
    inputs: [
      { name: 'landUseCode', unit: '1', meaning: { zh: '土地利用二级类', en: 'land-use class' } },
      { name: 'zoneCode', unit: '1', meaning: { zh: '轮作区代码', en: 'code of the zone' } },
    ],
    confidence: 'uncertain',
    defaults: { values: {} as CodeValues },
    parameters: {
      values: {
        unit: '1',
        meaning: { zh: '自定轮作区取值（代码→T）', en: 'own values, code → T' },
        confidence: 'design',
      },
    },
  },
  ({ values }) => {
    const table = codeValues(rotationZones, values);
    return (landUseCode: number, zoneCode: string | 0) => tillagePracticeByZone(landUseCode, zoneCode, table);
  },
);
