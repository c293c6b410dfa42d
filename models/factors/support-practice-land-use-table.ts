import { type CodeValues, codeValues } from './code-table.ts';
import { cellFactorMethod } from './factor-method.ts';

/** P from land use, with values the run supplies. A code without a value has no P. */
export const supportPracticeLandUse = cellFactorMethod(
  {
    id: 'land-use-table',
    version: 1,
    factor: 'supportPractice',
    name: { zh: '按土地利用赋值', en: 'value by land use' },
    citation: 'user-supplied',
    formula: 'P = P(土地利用代码)',
    unit: '1',
    validRange: { zh: '0–1', en: '0–1' },
    inputs: [{ name: 'landUseCode', unit: '1', meaning: { zh: '土地利用代码', en: 'land-use code' } }],
    confidence: 'design',
    defaults: { values: {} as CodeValues },
    parameters: {
      values: { unit: '1', meaning: { zh: '取值（代码→P）', en: 'values, code → P' }, confidence: 'design' },
    },
  },
  ({ values }) => {
    const table = codeValues([], values);
    return (landUseCode: number) => table[landUseCode] ?? Number.NaN;
  },
);
