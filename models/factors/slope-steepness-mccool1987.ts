import { sineOfDegrees, slopeDegreesFromPercent } from '../erosion/slope-units.ts';
import type { SineBands } from '../terrain/single-steepness.ts';
import { cellFactorMethod } from './factor-method.ts';
import { maxSlopeParameter, slopeInput } from './slope-input.ts';

/** Nine percent, the limit between the branches: 5.142765°, not 9°. */
const steepFromDegrees = slopeDegreesFromPercent(9);

/** S = 10.8·sinθ + 0.03 below 9 %, 16.8·sinθ − 0.50 from 9 %. @param slopeDegrees θ, 0–90°; NaN gives NaN */
export function slopeSteepnessMccool1987(slopeDegrees: number): number {
  const sine = sineOfDegrees(slopeDegrees);
  return slopeDegrees < steepFromDegrees ? 10.8 * sine + 0.03 : 16.8 * sine - 0.5;
}

/** The branches of `slopeSteepnessMccool1987` as bands. */
export const slopeSteepnessMccool1987Bands: SineBands['bands'] = [
  { below: steepFromDegrees, square: 0, factor: 10.8, summand: 0.03 },
  { below: Number.POSITIVE_INFINITY, square: 0, factor: 16.8, summand: -0.5 },
];

/** S = 3.0·(sinθ)^0.8 + 0.56, for slopes shorter than 4.6 m (15 ft). */
export function slopeSteepnessShortMccool1987(slopeDegrees: number): number {
  return 3 * sineOfDegrees(slopeDegrees) ** 0.8 + 0.56;
}

/** S = (sinθ/0.0896)^0.6, for thawing soil from 9 %; below 9 % the common branch. */
export function slopeSteepnessThawingMccool1987(slopeDegrees: number): number {
  if (slopeDegrees < steepFromDegrees) return slopeSteepnessMccool1987(slopeDegrees);
  return (sineOfDegrees(slopeDegrees) / 0.0896) ** 0.6;
}

/** Which set of equations: slopes of at least 4.6 m, shorter ones, or thawing soil. */
export type MccoolBranch = 'common' | 'short' | 'thawing';

const branches = {
  common: slopeSteepnessMccool1987,
  short: slopeSteepnessShortMccool1987,
  thawing: slopeSteepnessThawingMccool1987,
} as const;

/**
 * Slope steepness factor of RUSLE.
 * McCool D.K., Brown L.C., Foster G.R., Mutchler C.K., Meyer L.D. 1987. Revised slope steepness factor for the Universal Soil
 * Loss Equation. Transactions of the ASAE 30(5): 1387–1396.
 */
export const mccool1987 = cellFactorMethod(
  {
    id: 'mccool1987',
    version: 1,
    factor: 'slopeSteepness',
    name: { zh: 'RUSLE 坡度因子 (McCool)', en: 'RUSLE, McCool et al. 1987' },
    citation: 'McCool, Brown, Foster, Mutchler, Meyer 1987, Transactions of the ASAE 30(5): 1387–1396',
    formula: 'S = 10.8·sinθ + 0.03 (s<9 %); 16.8·sinθ − 0.50 (s≥9 %)',
    unit: '1',
    validRange: { zh: '0–60 %', en: '0–60 %' },
    inputs: [slopeInput],
    confidence: 'seen',
    defaults: { branch: 'common' as MccoolBranch, maxSlopeDegrees: null as number | null },
    parameters: {
      branch: {
        unit: '1',
        meaning: { zh: '适用式 common/short/thawing', en: 'equations: common, short (< 4.6 m), thawing' },
        confidence: 'seen',
        choices: ['common', 'short', 'thawing'],
      },
      maxSlopeDegrees: maxSlopeParameter,
    },
  },
  ({ branch, maxSlopeDegrees }) => {
    const steepness = branches[branch];
    if (maxSlopeDegrees === null) return steepness;
    return (slopeDegrees: number) => steepness(Math.min(slopeDegrees, maxSlopeDegrees));
  },
);
