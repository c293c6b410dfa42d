import { ErosionError } from '../errors.ts';
import { halfMonthCover2018 } from './biological-practice-half-month-csle2018.ts';
import { biologicalPracticeLandUse } from './biological-practice-land-use-table.ts';
import { bu1993 } from './cover-management-bu1993.ts';
import { cai2000 } from './cover-management-cai2000.ts';
import { coverManagementLandUse } from './cover-management-land-use-table.ts';
import { vanDerKnijff2000 } from './cover-management-van-der-knijff2000.ts';
import { engineeringMeasureTable } from './engineering-practice-measures.ts';
import type { FactorMethod, FactorName } from './factor-method.ts';
import { zhangFu2003AnnualMean } from './rainfall-erosivity-annual-mean-zhang-fu2003.ts';
import { zhangFu2003AnnualYear } from './rainfall-erosivity-annual-year-zhang-fu2003.ts';
import { xie2016DailySinusoidal } from './rainfall-erosivity-daily-sinusoidal-xie2016.ts';
import { xie2016Daily } from './rainfall-erosivity-daily-xie2016.ts';
import { zhang2002Daily } from './rainfall-erosivity-daily-zhang2002.ts';
import { zhangFu2003MonthlyMean } from './rainfall-erosivity-monthly-mean-zhang-fu2003.ts';
import { wischmeierSmith1978Monthly } from './rainfall-erosivity-monthly-wischmeier-smith1978.ts';
import { zhangFu2003MonthlyYears } from './rainfall-erosivity-monthly-years-zhang-fu2003.ts';
import { readyRainfallErosivity } from './rainfall-erosivity-ready.ts';
import { ei30BrownFoster1987 } from './rainfall-erosivity-storm-brown-foster1987.ts';
import { desmetGovers1996 } from './slope-length-area-desmet-govers1996.ts';
import { csleExponentLiu2000 } from './slope-length-exponent-csle.ts';
import { investExponent } from './slope-length-exponent-invest2013.ts';
import { mccool1989 } from './slope-length-exponent-mccool1989.ts';
import { usle1978Exponent } from './slope-length-exponent-usle1978.ts';
import { vanRemortel2001 } from './slope-length-exponent-van-remortel2001.ts';
import { csleFosterWischmeier1974 } from './slope-length-segment-foster-wischmeier1974.ts';
import { mooreBurch1986 } from './slope-length-steepness-moore-burch1986.ts';
import { usle1978LengthSteepness } from './slope-length-steepness-usle1978.ts';
import { rusleWischmeierSmith1978 } from './slope-length-whole-wischmeier-smith1978.ts';
import { csleLiu1994 } from './slope-steepness-csle-liu1994.ts';
import { mccool1987 } from './slope-steepness-mccool1987.ts';
import { nearing1997 } from './slope-steepness-nearing1997.ts';
import { usle1978SlopeSteepness } from './slope-steepness-usle1978.ts';
import { shiraziBoersma1984 } from './soil-erodibility-diameter-shirazi-boersma1984.ts';
import { epicZhang2008China } from './soil-erodibility-epic-china-zhang2008.ts';
import { epicWilliams1990 } from './soil-erodibility-epic-williams1990.ts';
import { nomographWischmeier1971 } from './soil-erodibility-nomograph-wischmeier1971.ts';
import { readySoilErodibility } from './soil-erodibility-ready.ts';
import { contouringWischmeierSmith1978 } from './support-practice-contouring-wischmeier-smith1978.ts';
import { supportPracticeLandUse } from './support-practice-land-use-table.ts';
import { slopeBandsSupportPractice } from './support-practice-slope-bands.ts';
import { wenner1980 } from './support-practice-wenner1980.ts';
import { tillageMeasureTable } from './tillage-practice-measures.ts';
import { rotationZoneTable } from './tillage-practice-rotation-zone.ts';
import { carlsonRipley1997 } from './vegetation-cover-carlson-ripley1997.ts';
import { gutmanIgnatov1998 } from './vegetation-cover-gutman-ignatov1998.ts';

/** Every method by factor, the default first. A new method is one file and one line here. */
export const factorMethods = {
  rainfallErosivity: [
    xie2016Daily,
    xie2016DailySinusoidal,
    zhang2002Daily,
    zhangFu2003MonthlyYears,
    zhangFu2003MonthlyMean,
    wischmeierSmith1978Monthly,
    zhangFu2003AnnualYear,
    zhangFu2003AnnualMean,
    ei30BrownFoster1987,
    readyRainfallErosivity,
  ],
  soilErodibility: [
    epicWilliams1990,
    epicZhang2008China,
    nomographWischmeier1971,
    shiraziBoersma1984,
    readySoilErodibility,
  ],
  slopeLength: [csleFosterWischmeier1974, rusleWischmeierSmith1978, desmetGovers1996],
  slopeSteepness: [csleLiu1994, mccool1987, nearing1997, usle1978SlopeSteepness],
  biologicalPractice: [halfMonthCover2018, biologicalPracticeLandUse],
  engineeringPractice: [engineeringMeasureTable],
  tillagePractice: [rotationZoneTable, tillageMeasureTable],
  coverManagement: [cai2000, vanDerKnijff2000, bu1993, coverManagementLandUse],
  supportPractice: [wenner1980, contouringWischmeierSmith1978, slopeBandsSupportPractice, supportPracticeLandUse],
  slopeLengthExponent: [csleExponentLiu2000, mccool1989, usle1978Exponent, vanRemortel2001, investExponent],
  slopeLengthSteepness: [mooreBurch1986, usle1978LengthSteepness],
  vegetationCover: [gutmanIgnatov1998, carlsonRipley1997],
} as const satisfies { readonly [Factor in FactorName]: readonly FactorMethod<Factor>[] };

type Registry = typeof factorMethods;

/** Ids of the methods of a factor. */
export type FactorMethodId<Factor extends FactorName> = Registry[Factor][number]['id'];

/** The type of the method with this id. */
export type FactorMethodWithId<Factor extends FactorName, Id extends FactorMethodId<Factor>> = Extract<
  Registry[Factor][number],
  { readonly id: Id }
>;

/** Ids of the methods of a factor, the default first. */
export function factorMethodIds<Factor extends FactorName>(factor: Factor): readonly FactorMethodId<Factor>[] {
  return factorMethods[factor].map(({ id }) => id as FactorMethodId<Factor>);
}

/**
 * A method by factor and id; typed by both where the id is known when the program is written.
 * @throws ErosionError `method-unknown`, listing the ids there are
 */
export function factorMethod<Factor extends FactorName, Id extends FactorMethodId<Factor>>(
  factor: Factor,
  id: Id,
): FactorMethodWithId<Factor, Id>;
export function factorMethod<Factor extends FactorName>(factor: Factor, id: string): FactorMethod<Factor>;
export function factorMethod(factor: FactorName, id: string): FactorMethod {
  const methods: readonly FactorMethod[] = factorMethods[factor];
  const found = methods.find((method) => method.id === id);
  if (found === undefined)
    throw new ErosionError('method-unknown', `no method ${id} for ${factor}`, {
      factor,
      id,
      known: factorMethodIds(factor),
    });
  return found;
}
