import { type ExponentTableId, slopeLengthExponentTable } from '../parameters/slope-length-exponents.ts';
import { exponentOfTable } from './exponent-table.ts';
import { cellFactorMethod } from './factor-method.ts';
import { slopeInput } from './slope-input.ts';

/** Tables of m that have been used for CSLE, default first. */
export const csleExponentTables = [
  'csle-1-3-5-degrees',
  'csle-0.5-1.5-3-degrees',
  'csle-1-3-5-percent',
  'csle-1.7-5.2-9-percent',
  'csle-1-3-9-percent',
] as const satisfies readonly ExponentTableId[];

export type CsleExponentTable = (typeof csleExponentTables)[number];

/** The exponent of CSLE for one of its tables. */
export const slopeLengthExponentCsle = (table: CsleExponentTable = 'csle-1-3-5-degrees') =>
  exponentOfTable(slopeLengthExponentTable(table)!);

/**
 * Stepwise exponent of CSLE: m = 0.2 (θ ≤ 1°), 0.3 (≤ 3°), 0.4 (≤ 5°), 0.5 above. On flat land it is 0.2, never 0.
 * Liu B.Y., Nearing M.A., Shi P.J., Jia Z.W. 2000. Slope length effects on soil loss for steep slopes. Soil Science Society of
 * America Journal 64: 1759–1763; limits of the monitoring regulation of 2018.
 */
export const csleExponentLiu2000 = cellFactorMethod(
  {
    id: 'csle-liu2000',
    version: 1,
    factor: 'slopeLengthExponent',
    name: { zh: 'CSLE 坡长指数（分段）', en: 'CSLE, stepwise exponent' },
    citation: 'Liu, Nearing, Shi, Jia 2000, Soil Science Society of America Journal 64: 1759–1763',
    formula: 'm = 0.2 (θ≤1°), 0.3 (1°<θ≤3°), 0.4 (3°<θ≤5°), 0.5 (θ>5°)',
    unit: '1',
    validRange: { zh: '0–60 %', en: '0–60 %' },
    inputs: [slopeInput],
    confidence: 'recalled',
    defaults: { table: 'csle-1-3-5-degrees' as CsleExponentTable },
    parameters: {
      table: {
        unit: '1',
        meaning: { zh: '坡长指数表', en: 'table of exponents' },
        confidence: 'uncertain',
        choices: csleExponentTables,
      },
    },
  },
  ({ table }) => slopeLengthExponentCsle(table),
);
