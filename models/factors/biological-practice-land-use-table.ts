import { biologicalPracticeConstants } from '../parameters/biological-practice.ts';
import { type CodeValues, codeValues } from './code-table.ts';
import { cellFactorMethod } from './factor-method.ts';

/**
 * B from land use alone. Land that follows its cover (gardens, forest, grass) and land without an official value have no B
 * unless the run supplies one: use it where only annual erosivity exists.
 * 区域水土流失动态监测技术规定（试行）2018; values are recalled and must be checked.
 */
export const biologicalPracticeLandUse = cellFactorMethod(
  {
    id: 'land-use-table',
    version: 1,
    factor: 'biologicalPractice',
    name: { zh: '按土地利用赋值', en: 'constant by land use' },
    citation: '区域水土流失动态监测技术规定（试行）2018',
    formula: 'B = B(土地利用二级类)',
    unit: '1',
    validRange: { zh: '0–1', en: '0–1' },
    inputs: [{ name: 'landUseCode', unit: '1', meaning: { zh: '土地利用二级类', en: 'land-use class' } }],
    confidence: 'uncertain',
    defaults: { values: {} as CodeValues },
    parameters: {
      values: {
        unit: '1',
        meaning: { zh: '自定取值（地类→B）', en: 'own values, land use → B' },
        confidence: 'design',
      },
    },
  },
  ({ values }) => {
    const table = codeValues(biologicalPracticeConstants, values);
    return (landUseCode: number) => table[landUseCode] ?? Number.NaN;
  },
);
