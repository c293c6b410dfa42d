import { causeCode } from '../erosion/nodata-cause.ts';
import type { BiologicalPracticeRules } from '../factors/biological-practice-half-month-csle2018.ts';
import {
  forestOrchardCoefficients,
  grassCoefficients,
  type SoilLossRatioGroup,
  shrubTeaCoefficients,
} from '../parameters/biological-practice.ts';
import type { Allocator } from './allocator.ts';
import type { AnnualKernels, HalfMonthCells } from './annual-kernels.ts';

/** Groups of land use whose B follows their cover, numbered from 1. */
const groups = ['shrub-tea', 'grass', 'forest-orchard'] as const satisfies readonly SoilLossRatioGroup[];
const coverCoefficients = { 'shrub-tea': shrubTeaCoefficients, grass: grassCoefficients };
const halfMonths = 24;

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

/** Memory of the cells of one group. */
export interface PracticeMemory {
  readonly cells: Int32Array;
  readonly totals: Float64Array;
  readonly grounds: Float64Array;
  readonly bases: Float64Array;
  readonly sums: Float64Array;
}

/** Kernels take listed cells by eight; lists end with copies of the last cell. */
const padding = 7;

/** Memory for calls with at most `capacity` cells. */
export const practiceMemory = (allocator: Allocator, capacity: number): PracticeMemory => ({
  cells: allocator.int32(capacity + padding),
  totals: allocator.float64(capacity + padding),
  grounds: allocator.float64(capacity + padding),
  bases: allocator.float64(capacity + padding),
  sums: allocator.float64(capacity + padding),
});

/**
 * B of many cells at once, for each the value of `biologicalPractice` rounded to float32: Σ SLR_k·WR_k in double precision.
 * The cells of a group of land use are listed first, so that the loops over half-months do the same to every cell.
 */
export class HalfMonthPractice {
  /* By land-use code: 0 = constant, else the number of its group; B of codes with a constant, NaN without a rule. */
  private readonly group = new Uint8Array(256);
  private readonly constant = new Float64Array(256).fill(Number.NaN);
  private readonly kernels: AnnualKernels;
  private readonly memory: PracticeMemory;

  constructor(rules: BiologicalPracticeRules, kernels: AnnualKernels, memory: PracticeMemory) {
    this.kernels = kernels;
    this.memory = memory;
    for (const [code, rule] of rules)
      if (rule.kind === 'constant') this.constant[code] = rule.value;
      else this.group[code] = 1 + groups.indexOf(rule.group);
  }

  /** True when B of any of the cells follows the cover of the year. */
  needsCover(landUse: Uint8Array): boolean {
    return landUse.some((code) => this.group[code] !== 0);
  }

  /**
   * @param values receives B, 0–1, NaN where there is none
   * @param causes receives why land that follows its cover has no B, 0 elsewhere
   */
  evaluate(inputs: PracticeInputs, values: Float32Array, causes: Uint8Array): void {
    const { landUse } = inputs;
    const { group, constant, memory } = this;
    for (let i = 0; i < landUse.length; i++) values[i] = constant[landUse[i]];
    causes.fill(0);
    for (let number = 1; number <= groups.length; number++) {
      let count = 0;
      for (let i = 0; i < landUse.length; i++) if (group[landUse[i]] === number) memory.cells[count++] = i;
      if (count === 0) continue;
      memory.cells.fill(memory.cells[count - 1], count, count + padding);
      this.sumHalfMonths(groups[number - 1], count, inputs);
      for (let n = 0; n < count; n++) {
        const i = memory.cells[n];
        const sum = memory.sums[n];
        // Kernels differ in the sign bit of NaN.
        values[i] = Number.isNaN(sum) ? Number.NaN : sum;
        if (Number.isNaN(sum)) causes[i] = causeOf(groups[number - 1], i, inputs);
      }
    }
  }

  private sumHalfMonths(group: SoilLossRatioGroup, count: number, inputs: PracticeInputs): void {
    const { cover, understorey, annual, halfMonth } = inputs;
    const { kernels, memory } = this;
    const { cells, totals, sums, grounds, bases } = memory;
    sums.fill(cover === undefined ? Number.NaN : 0, 0, count);
    if (cover === undefined) return;
    for (let n = 0; n < count + padding; n++) totals[n] = annual[cells[n]];
    if (group === 'forest-orchard') {
      const { p, q } = forestOrchardCoefficients;
      for (let n = 0; n < count + padding; n++)
        grounds[n] = typeof understorey === 'number' ? understorey : understorey[cells[n]];
      kernels.forestBases(count, grounds, bases, p, q);
    }
    for (let k = 0; k < halfMonths; k++) {
      const at: HalfMonthCells = { cells, count, cover: cover[k], erosivity: halfMonth?.[k], totals, sums };
      if (group === 'forest-orchard') {
        const { r, s } = forestOrchardCoefficients;
        kernels.addForestRatios(at, grounds, bases, r, s);
      } else {
        const { a, b, c } = coverCoefficients[group];
        kernels.addCoverRatios(at, a, b, 100 * Math.log(c));
      }
    }
  }
}

function causeOf(group: SoilLossRatioGroup, i: number, { cover, understorey }: PracticeInputs): number {
  if (cover === undefined || cover.some((fractions) => Number.isNaN(fractions[i]))) return causeCode.cover;
  const ground = typeof understorey === 'number' ? understorey : understorey[i];
  return group === 'forest-orchard' && Number.isNaN(ground) ? causeCode.understorey : 0;
}
