import { type CodeValues, codeValues } from './code-table.ts';
import { cellFactorMethod } from './factor-method.ts';

/** C from land use, with values the run supplies. There is no official table: a code without a value has no C. */
export const coverManagementLandUse = cellFactorMethod(
  {
    id: 'land-use-table',
    version: 1,
    factor: 'coverManagement',
    name: { zh: '按土地利用赋值', en: 'value by land use' },
    citation: 'user-supplied',
    formula: 'C = C(土地利用代码)',
    unit: '1',
    validRange: { zh: '0–1', en: '0–1' },
    inputs: [{ name: 'landUseCode', unit: '1', meaning: { zh: '土地利用代码', en: 'land-use code' } }],
    confidence: 'design',
    defaults: { values: {} as CodeValues },
    parameters: {
      values: { unit: '1', meaning: { zh: '取值（代码→C）', en: 'values, code → C' }, confidence: 'design' },
    },
  },
  ({ values }) => {
    const table = codeValues([], values);
    return (landUseCode: number) => table[landUseCode] ?? Number.NaN;
  },
);
