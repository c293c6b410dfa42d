import { biologicalPracticeRules } from '../../models/factors/biological-practice-half-month-csle2018.ts';
import { isCropland } from '../../models/parameters/land-use-classes.ts';
import type { CsleParameters, ErosionTileParameters } from '../../pipeline/tasks/erosion-parameters.ts';

/** The tables of the case of ready factors, for other programs. */
export interface AnnualTables {
  /** B by land-use code. */
  readonly B: Readonly<Record<string, number>>;
  /** E and T by index of the polygon, 0 = none. */
  readonly E: readonly number[];
  readonly T: readonly (number | null)[];
  readonly cropland: readonly number[];
  readonly tolerance: number;
}

/** Tables of a case whose B are all constants and whose polygons have the codes 1, 2, 3. */
export function annualTables({ practice, toleranceConstant }: ErosionTileParameters): AnnualTables {
  const { biologicalConstants, engineering, tillage } = practice as CsleParameters;
  const rules = [...biologicalPracticeRules(biologicalConstants)];
  const B = rules.flatMap(([code, rule]) => (rule.kind === 'constant' ? [[code, rule.value]] : []));
  const byIndex = (values: Readonly<Record<string, number>>) => [1, 2, 3].map((code) => values[code]!);
  return {
    B: Object.fromEntries(B) as Record<string, number>,
    E: [1, ...byIndex(engineering!.values)],
    // Cropland outside all rotation zones has none.
    T: [null, ...byIndex(tillage!.values)],
    cropland: Array.from({ length: 256 }, (_, code) => code).filter(isCropland),
    tolerance: toleranceConstant,
  };
}
