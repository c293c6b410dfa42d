import { causeCode } from '../erosion/nodata-cause.ts';
import type { BiologicalPracticeRules } from '../factors/biological-practice-half-month-csle2018.ts';
import { soilLossRatio } from '../factors/soil-loss-ratio.ts';
import type { SoilLossRatioGroup } from '../parameters/biological-practice.ts';

/** Groups of land use in the order of their numbers in {@link PracticeTable}. */
const groups = ['shrub-tea', 'grass', 'forest-orchard'] as const satisfies readonly SoilLossRatioGroup[];

/** Rules of B laid out by land-use code. */
export interface PracticeTable {
  /** 0 = by constant, else 1 + number of the group of land use that follows its cover. */
  readonly group: Uint8Array;
  /** B of the codes with a constant; NaN for codes without a rule. */
  readonly constant: Float64Array;
}

/** Lays the rules out by code, 0–255. */
export function practiceTable(rules: BiologicalPracticeRules): PracticeTable {
  const group = new Uint8Array(256);
  const constant = new Float64Array(256).fill(Number.NaN);
  for (const [code, rule] of rules)
    if (rule.kind === 'constant') constant[code] = rule.value;
    else group[code] = 1 + groups.indexOf(rule.group);
  return { group, constant };
}

/** Layers that B depends on, one value per cell. */
export interface PracticeInputs {
  readonly landUse: Uint8Array;
  /** FVC, 24 half-months, fractions; undefined where a run has none. */
  readonly cover: readonly Float32Array[] | undefined;
  /** GD, fractions: a layer, or one value for all cells. */
  readonly understorey: Float32Array | number;
  /** R of the year. */
  readonly annual: Float32Array;
  /** R of 24 half-months; undefined where there is an annual value alone. */
  readonly halfMonth: readonly Float32Array[] | undefined;
}

const halfMonths = 24;

/**
 * B of many cells at once, with the value of `biologicalPractice` for each: Σ SLR_k·WR_k in double precision, rounded to
 * float32. Without erosive rain R is 0 and so is A, whatever B: the half-months then weigh alike.
 */
export class HalfMonthPractice {
  private readonly table: PracticeTable;
  private cells = new Int32Array(0);
  private sums = new Float64Array(0);

  constructor(rules: BiologicalPracticeRules) {
    this.table = practiceTable(rules);
  }

  /** True when B of any of the cells follows the cover of the year. */
  needsCover(landUse: Uint8Array): boolean {
    const { group } = this.table;
    return landUse.some((code) => group[code] !== 0);
  }

  /**
   * @param values receives B, 0–1, NaN where there is none
   * @param causes receives why land that follows its cover has no B, 0 elsewhere
   */
  evaluate(inputs: PracticeInputs, values: Float32Array, causes: Uint8Array): void {
    const { landUse } = inputs;
    const { group, constant } = this.table;
    if (this.cells.length < landUse.length) {
      this.cells = new Int32Array(landUse.length);
      this.sums = new Float64Array(landUse.length);
    }
    for (let i = 0; i < landUse.length; i++) values[i] = constant[landUse[i]!]!;
    causes.fill(0);
    for (let number = 1; number <= groups.length; number++) {
      let count = 0;
      for (let i = 0; i < landUse.length; i++) if (group[landUse[i]!] === number) this.cells[count++] = i;
      if (count > 0) this.evaluateGroup(groups[number - 1]!, this.cells.subarray(0, count), inputs, values, causes);
    }
  }

  private evaluateGroup(
    group: SoilLossRatioGroup,
    cells: Int32Array,
    inputs: PracticeInputs,
    values: Float32Array,
    causes: Uint8Array,
  ): void {
    const { cover, understorey, annual, halfMonth } = inputs;
    const { sums } = this;
    sums.fill(cover === undefined ? Number.NaN : 0, 0, cells.length);
    if (cover !== undefined)
      for (let k = 0; k < halfMonths; k++) {
        const fractions = cover[k]!;
        const erosivity = halfMonth?.[k];
        for (let n = 0; n < cells.length; n++) {
          const i = cells[n]!;
          const total = annual[i]!;
          const weight = total > 0 && erosivity !== undefined ? erosivity[i]! / total : 1 / 24;
          const ground = typeof understorey === 'number' ? understorey : understorey[i]!;
          sums[n]! += soilLossRatio(group, fractions[i]!, ground) * weight;
        }
      }
    for (let n = 0; n < cells.length; n++) {
      const i = cells[n]!;
      values[i] = sums[n]!;
      if (Number.isNaN(sums[n]!)) causes[i] = causeOf(group, i, inputs);
    }
  }
}

function causeOf(group: SoilLossRatioGroup, i: number, { cover, understorey }: PracticeInputs): number {
  if (cover === undefined || cover.some((fractions) => Number.isNaN(fractions[i]!))) return causeCode.cover;
  const ground = typeof understorey === 'number' ? understorey : understorey[i]!;
  return group === 'forest-orchard' && Number.isNaN(ground) ? causeCode.understorey : 0;
}
