import { engineeringMeasures } from '../parameters/engineering-measures.ts';
import { type CodeValues, codeValues } from './code-table.ts';
import { cellFactorMethod } from './factor-method.ts';

/**
 * E of the measures on one piece of land: 1 without any, the smaller where two meet. No source allows their product.
 * @param codes measure codes such as `020101`
 * @param values table of values, the official one with a user's changes
 * @returns NaN for a code that is not in the table
 */
export function engineeringPractice(codes: readonly string[], values: CodeValues = codeValues(engineeringMeasures)) {
  return codes.reduce((least, code) => Math.min(least, values[code] ?? Number.NaN), 1);
}

/**
 * Engineering practice factor by measure. Applies to any land use; 1 where no measure is mapped.
 * Values: reviews of runoff plots behind the national census, see `parameters/engineering-measures.ts`.
 */
export const engineeringMeasureTable = cellFactorMethod(
  {
    id: 'measure-table',
    version: 1,
    factor: 'engineeringPractice',
    name: { zh: '工程措施赋值', en: 'table of engineering measures' },
    citation: '区域水土流失动态监测技术规定（试行）2018; 郭乾坤等 2013',
    formula: 'E = E(工程措施代码), 无措施 E = 1',
    unit: '1',
    validRange: { zh: '0–1', en: '0–1' },
    inputs: [{ name: 'measureCode', unit: '1', meaning: { zh: '工程措施代码', en: 'code of the measure' } }],
    confidence: 'uncertain',
    defaults: { values: {} as CodeValues },
    parameters: {
      values: {
        unit: '1',
        meaning: { zh: '自定措施取值（代码→E）', en: 'own values, code → E' },
        confidence: 'design',
      },
    },
  },
  ({ values }) => {
    const table = codeValues(engineeringMeasures, values);
    return (measureCode: string | 0) => engineeringPractice(measureCode === 0 ? [] : [measureCode], table);
  },
);
