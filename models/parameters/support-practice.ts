import type { ParameterFacts } from './confidence.ts';

const handbook = (upToPercent: number, value: number): ParameterFacts & { upToPercent: number; value: number } => ({
  upToPercent,
  value,
  name: { zh: `坡度 ≤ ${upToPercent} %`, en: `slope ≤ ${upToPercent} %` },
  source: 'Wischmeier & Smith 1978, USDA Agriculture Handbook 537, table 13',
  confidence: 'recalled',
  validFrom: null,
  validTo: null,
});

/**
 * P of contour farming by slope, upper limit inclusive. The handbook prints whole percents (1–2, 3–8 …); slopes between two
 * rows, such as 2.5 %, take the row above.
 */
export const contouringBands = [
  handbook(2, 0.6),
  handbook(8, 0.5),
  handbook(12, 0.6),
  handbook(16, 0.7),
  handbook(20, 0.8),
  handbook(25, 0.9),
] as const;

const paper = (upToDegrees: number, value: number): ParameterFacts & { upToDegrees: number; value: number } => ({
  upToDegrees,
  value,
  name: { zh: `坡度 ≤ ${upToDegrees}°`, en: `slope ≤ ${upToDegrees}°` },
  source: '国内文献常用坡度分级取值（待核）',
  confidence: 'uncertain',
  validFrom: null,
  validTo: null,
});

/** P by slope band in Chinese papers; the first is given as 0.10 or 0.11. */
export const supportPracticeSlopeBands = [
  paper(5, 0.11),
  paper(10, 0.221),
  paper(15, 0.305),
  paper(20, 0.575),
  paper(25, 0.705),
  paper(90, 0.8),
] as const;
