import { sineOfDegrees } from '../erosion/slope-units.ts';
import type { SineBands } from '../terrain/single-steepness.ts';
import { cellFactorMethod } from './factor-method.ts';
import { maxSlopeParameter, slopeInput } from './slope-input.ts';

/** Constants of the slope factor of CSLE. */
export interface SlopeSteepnessCsleParameters {
  /** Coefficient of the steep branch: 21.9 in the regulation, 21.91 in papers. */
  readonly steepCoefficient: number;
  /** From here the moderate branch, degrees. */
  readonly moderateFromDegrees: number;
  /** From here the steep branch, degrees. */
  readonly steepFromDegrees: number;
  readonly maxSlopeDegrees: number | null;
}

export const slopeSteepnessCsleDefaults: SlopeSteepnessCsleParameters = {
  steepCoefficient: 21.9,
  moderateFromDegrees: 5,
  steepFromDegrees: 10,
  maxSlopeDegrees: null,
};

/**
 * S = 10.8·sinθ + 0.03 (θ < 5°), 16.8·sinθ − 0.50 (5° ≤ θ < 10°), 21.9·sinθ − 0.96 (θ ≥ 10°).
 * It falls at 5° from 0.971282 to 0.964216 and rises at 10° from 2.417289 to 2.842895.
 * @param slopeDegrees θ, slope angle, 0–90°; NaN gives NaN
 */
export function slopeSteepnessCsle(
  slopeDegrees: number,
  parameters: SlopeSteepnessCsleParameters = slopeSteepnessCsleDefaults,
): number {
  const { maxSlopeDegrees } = parameters;
  const degrees = maxSlopeDegrees === null ? slopeDegrees : Math.min(slopeDegrees, maxSlopeDegrees);
  const sine = sineOfDegrees(degrees);
  if (degrees < parameters.moderateFromDegrees) return 10.8 * sine + 0.03;
  if (degrees < parameters.steepFromDegrees) return 16.8 * sine - 0.5;
  return parameters.steepCoefficient * sine - 0.96;
}

/** The branches of `slopeSteepnessCsle` as bands. */
export function slopeSteepnessCsleBands(parameters: SlopeSteepnessCsleParameters): SineBands {
  const { moderateFromDegrees, steepFromDegrees, steepCoefficient, maxSlopeDegrees } = parameters;
  return {
    kind: 'bands',
    bands: [
      { below: moderateFromDegrees, square: 0, factor: 10.8, summand: 0.03 },
      { below: steepFromDegrees, square: 0, factor: 16.8, summand: -0.5 },
      { below: Number.POSITIVE_INFINITY, square: 0, factor: steepCoefficient, summand: -0.96 },
    ],
    maxSlopeDegrees,
  };
}

/**
 * Slope steepness factor of CSLE: McCool's two branches, and Liu's for steep land.
 * Liu B.Y., Nearing M.A., Risse L.M. 1994. Slope gradient effects on soil loss for steep slopes. Transactions of the ASAE 37(6):
 * 1835–1840; limits 5° and 10° as in the monitoring regulation of 2018. Papers differ in the limits (9 %/17.6 %, 5°/14°).
 */
export const csleLiu1994 = cellFactorMethod(
  {
    id: 'csle-liu1994',
    version: 1,
    factor: 'slopeSteepness',
    name: { zh: 'CSLE 坡度因子（刘宝元）', en: 'CSLE, McCool with the steep branch of Liu et al. 1994' },
    citation: 'Liu, Nearing, Risse 1994, Transactions of the ASAE 37(6): 1835–1840; 区域水土流失动态监测技术规定 2018',
    formula: 'S = 10.8·sinθ + 0.03 (θ<5°); 16.8·sinθ − 0.50 (5°≤θ<10°); 21.9·sinθ − 0.96 (θ≥10°)',
    unit: '1',
    validRange: { zh: '0–55 % 由小区资料拟合，更陡为外推', en: 'fitted up to 55 %, extrapolated beyond' },
    inputs: [slopeInput],
    confidence: 'seen',
    defaults: slopeSteepnessCsleDefaults,
    parameters: {
      steepCoefficient: {
        unit: '1',
        meaning: { zh: '陡坡段系数 21.9 或 21.91', en: 'coefficient of the steep branch, 21.9 or 21.91' },
        confidence: 'recalled',
      },
      moderateFromDegrees: {
        unit: '°',
        meaning: { zh: '中坡段起点', en: 'start of the moderate branch' },
        confidence: 'seen',
      },
      steepFromDegrees: {
        unit: '°',
        meaning: { zh: '陡坡段起点', en: 'start of the steep branch' },
        confidence: 'seen',
      },
      maxSlopeDegrees: maxSlopeParameter,
    },
  },
  (parameters) => (slopeDegrees: number) => slopeSteepnessCsle(slopeDegrees, parameters),
);
