import { sineOfDegrees } from '../erosion/slope-units.ts';
import { unitPlotLengthMetres } from '../parameters/unit-plot.ts';
import { cellFactorMethod } from './factor-method.ts';
import { slopeInput } from './slope-input.ts';

/**
 * LS = (A_s/22.13)^0.4·(sinθ/0.0896)^1.3.
 * @param specificCatchmentArea A_s, contributing area per metre of contour, m²/m
 * @param slopeDegrees θ; 0 gives 0
 */
export function slopeLengthSteepnessMooreBurch(specificCatchmentArea: number, slopeDegrees: number): number {
  return (specificCatchmentArea / unitPlotLengthMetres) ** 0.4 * (sineOfDegrees(slopeDegrees) / 0.0896) ** 1.3;
}

/** Whether the result is multiplied by m + 1 = 1.4, as SAGA and many papers do. The two differ by 40 %. */
export type MooreBurchVariant = 'plain' | 'times-1.4';

/**
 * L and S in one, from unit stream power.
 * Moore I.D., Burch G.J. 1986. Physical basis of the length-slope factor in the Universal Soil Loss Equation. Soil Science
 * Society of America Journal 50: 1294–1298.
 */
export const mooreBurch1986 = cellFactorMethod(
  {
    id: 'moore-burch1986',
    version: 1,
    factor: 'slopeLengthSteepness',
    name: { zh: 'Moore & Burch 地形因子', en: 'unit stream power, Moore & Burch 1986' },
    citation: 'Moore & Burch 1986, Soil Science Society of America Journal 50: 1294–1298',
    formula: 'LS = (A_s/22.13)^0.4·(sinθ/0.0896)^1.3',
    unit: '1',
    validRange: { zh: '坡长 < 100 m、坡度 < 14°', en: 'slopes shorter than 100 m, below 14°' },
    inputs: [
      {
        name: 'specificCatchmentArea',
        unit: 'm²/m',
        meaning: { zh: '单位汇水面积', en: 'specific catchment area' },
      },
      slopeInput,
    ],
    confidence: 'seen',
    defaults: { variant: 'plain' as MooreBurchVariant },
    parameters: {
      variant: {
        unit: '1',
        meaning: { zh: '是否乘以 (m+1)=1.4', en: 'whether multiplied by m + 1 = 1.4' },
        confidence: 'seen',
        choices: ['plain', 'times-1.4'],
      },
    },
  },
  ({ variant }) =>
    variant === 'plain'
      ? slopeLengthSteepnessMooreBurch
      : (area: number, slopeDegrees: number) => 1.4 * slopeLengthSteepnessMooreBurch(area, slopeDegrees),
);
