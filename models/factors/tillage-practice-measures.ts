import { isCropland } from '../parameters/land-use-classes.ts';
import { tillageMeasures } from '../parameters/tillage-measures.ts';
import { type CodeValues, codeValues } from './code-table.ts';
import { cellFactorMethod } from './factor-method.ts';

/**
 * T by tillage measure: 1 outside cropland; on cropland the value of the measure, NaN without one, because a missing T must not
 * pass as 1.
 * @param landUseCode second-level land use; NaN gives NaN
 * @param measureCode such as `0301`, or 0 for none
 */
export function tillagePracticeByMeasure(
  landUseCode: number,
  measureCode: string | 0,
  values: CodeValues = codeValues(tillageMeasures),
): number {
  if (Number.isNaN(landUseCode)) return Number.NaN;
  if (!isCropland(landUseCode)) return 1;
  return values[measureCode] ?? Number.NaN;
}

/** Tillage practice factor by measure, from the reviews of runoff plots behind the national census. */
export const tillageMeasureTable = cellFactorMethod(
  {
    id: 'measure-table',
    version: 1,
    factor: 'tillagePractice',
    name: { zh: '耕作措施赋值', en: 'table of tillage measures' },
    citation: '区域水土流失动态监测技术规定（试行）2018; 郭乾坤等 2013',
    formula: 'T = T(耕作措施代码), 非耕地 T = 1',
    unit: '1',
    validRange: { zh: '0–1', en: '0–1' },
    inputs: [
      { name: 'landUseCode', unit: '1', meaning: { zh: '土地利用二级类', en: 'land-use class' } },
      { name: 'measureCode', unit: '1', meaning: { zh: '耕作措施代码', en: 'code of the measure' } },
    ],
    confidence: 'uncertain',
    defaults: { values: {} as CodeValues },
    parameters: {
      values: {
        unit: '1',
        meaning: { zh: '自定措施取值（代码→T）', en: 'own values, code → T' },
        confidence: 'design',
      },
    },
  },
  ({ values }) => {
    const table = codeValues(tillageMeasures, values);
    return (landUseCode: number, measureCode: string | 0) => tillagePracticeByMeasure(landUseCode, measureCode, table);
  },
);
