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
import type { ByteLayers } from './byte-layers.ts';
import { landUseCodes } from './cell-counts.ts';
import { type RatioMemory, RatioTables, ratioMemory, soilLossRatioOrder } from './ratio-tables.ts';

const coverCoefficients = { 'shrub-tea': shrubTeaCoefficients, grass: grassCoefficients };

/** Layers that B depends on, one value per cell. */
export interface PracticeInputs {
  readonly landUse: Uint8Array;
  /** FVC, 24 half-months, fractions; undefined where a run has none. */
  readonly cover: readonly Float32Array[] | ByteLayers | undefined;
  /** GD, fractions: a layer, or one value for all cells. */
  readonly understorey: Float32Array | ByteLayers | number;
  /** R of the year. */
  readonly annual: Float32Array;
  /** R of 24 half-months; undefined where there is an annual value alone. */
  readonly halfMonth: readonly Float32Array[] | undefined;
}

/** Memory of listed cells. */
export interface PracticeMemory extends RatioMemory {
  readonly cells: Int32Array;
  readonly totals: Float64Array;
  readonly grounds: Float64Array;
  readonly bases: Float64Array;
  readonly sums: Float64Array;
  /** By land-use code: B where it is a constant, and a bit for the group of the others. */
  readonly constants: Float32Array;
  readonly marks: Uint8Array;
  /** For the causes of as many cells. */
  readonly causes: Uint8Array;
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
  constants: allocator.float32(landUseCodes),
  marks: allocator.uint8(landUseCodes),
  causes: allocator.uint8(capacity),
  ...ratioMemory(allocator),
});

/**
 * B of many cells at once, rounded to float32: Σ SLR_k·R_k in double precision, divided once by R of the year, which is
 * Σ SLR_k·WR_k of `biologicalPractice` but for the last bits. The cells of a group of land use are listed first, so that the
 * loops over half-months do the same to every cell. Where cover and understorey are bytes, ratios come from tables, and the
 * cells of all groups are done one after another.
 */
export class HalfMonthPractice {
  /* By land-use code: 0 = constant, else the number of its group. */
  private readonly group = new Uint8Array(landUseCodes);
  private readonly kernels: AnnualKernels;
  private readonly memory: PracticeMemory;
  private readonly tables: RatioTables;

  constructor(rules: BiologicalPracticeRules, kernels: AnnualKernels, memory: PracticeMemory) {
    this.kernels = kernels;
    this.memory = memory;
    // Land use without a rule has no B.
    memory.constants.fill(Number.NaN);
    for (const [code, rule] of rules)
      if (rule.kind === 'constant') memory.constants[code] = rule.value;
      else this.group[code] = 1 + soilLossRatioOrder.indexOf(rule.group);
    for (let code = 0; code < memory.marks.length; code++) memory.marks[code] = (1 << this.group[code]) & ~1;
    this.tables = new RatioTables(memory, this.group);
  }

  /** True when B of any of the cells follows the cover of the year. */
  needsCover(landUse: Uint8Array): boolean {
    return this.kernels.anyOfBytes(landUse, this.memory.marks) !== 0;
  }

  /**
   * @param values receives B, 0–1, NaN where there is none
   * @param causes receives why land that follows its cover has no B, 0 elsewhere
   */
  evaluate(inputs: PracticeInputs, values: Float32Array, causes: Uint8Array): void {
    const { landUse, cover, understorey } = inputs;
    const { kernels, memory } = this;
    const groupsMet = kernels.anyOfBytes(landUse, memory.marks);
    kernels.valuesOfBytes(landUse, memory.constants, values);
    causes.fill(0);
    if (groupsMet === 0) return;
    if (cover !== undefined && 'bands' in cover) {
      if (understorey instanceof Float32Array) throw new TypeError('bytes of cover need bytes of understorey');
      if (this.tabled(inputs, cover, understorey, values)) this.explain(inputs, values, causes);
      return;
    }
    for (const [at, name] of soilLossRatioOrder.entries()) {
      if ((groupsMet & (2 << at)) === 0) continue;
      const count = this.list(landUse, at + 1);
      if (cover === undefined) memory.sums.fill(Number.NaN, 0, count);
      else this.sumHalfMonths(name, count, inputs, cover);
      this.store(count, inputs, values, causes);
    }
  }

  /* Lists the cells of a group. Returns their count, without the copies of the last. */
  private list(landUse: Uint8Array, wanted: number): number {
    const { group } = this;
    const { cells } = this.memory;
    let count = 0;
    for (let i = 0; i < landUse.length; i++) {
      if (group[landUse[i]] === wanted) cells[count++] = i;
    }
    cells.fill(cells[count - 1], count, count + padding);
    return count;
  }

  private store(count: number, inputs: PracticeInputs, values: Float32Array, causes: Uint8Array): void {
    const { cells, sums } = this.memory;
    for (let n = 0; n < count; n++) {
      const i = cells[n];
      const sum = sums[n];
      // Kernels differ in the sign bit of NaN.
      values[i] = Number.isNaN(sum) ? Number.NaN : sum;
      if (Number.isNaN(sum)) causes[i] = causeOf(this.group[inputs.landUse[i]], i, inputs);
    }
  }

  /* B by tables of SLR. True when a cell that follows its cover has none. */
  private tabled(
    { landUse, annual, halfMonth }: PracticeInputs,
    cover: ByteLayers,
    understorey: ByteLayers | number,
    values: Float32Array,
  ): boolean {
    const isConstant = typeof understorey === 'number';
    const tables = this.tables.hold(cover.values, isConstant ? understorey : understorey.values);
    const layers = { cover: cover.bands, ground: isConstant ? undefined : understorey.bands[0], erosivity: halfMonth };
    return this.kernels.tabledPractice({ landUse, annual, ...layers, ...tables }, values);
  }

  /* Why cells that follow their cover have no B. */
  private explain(inputs: PracticeInputs, values: Float32Array, causes: Uint8Array): void {
    for (let i = 0; i < values.length; i++) {
      const group = this.group[inputs.landUse[i]];
      if (group !== 0 && Number.isNaN(values[i])) causes[i] = causeOf(group, i, inputs);
    }
  }

  private sumHalfMonths(
    group: SoilLossRatioGroup,
    count: number,
    { understorey, annual, halfMonth }: PracticeInputs,
    cover: readonly Float32Array[],
  ): void {
    const { kernels, memory } = this;
    const { cells, totals, sums, grounds, bases } = memory;
    for (let n = 0; n < count + padding; n++) totals[n] = annual[cells[n]];
    if (group === 'forest-orchard') {
      const { p, q } = forestOrchardCoefficients;
      for (let n = 0; n < count + padding; n++) grounds[n] = groundAt(understorey, cells[n]);
      kernels.forestBases(count, grounds, bases, p, q);
    }
    const at: HalfMonthCells = { cells, count, cover, erosivity: halfMonth, totals, sums };
    if (group === 'forest-orchard') {
      const { r, s } = forestOrchardCoefficients;
      kernels.sumForestRatios(at, grounds, bases, r, s);
    } else {
      const { a, b, c } = coverCoefficients[group];
      kernels.sumCoverRatios(at, a, b, 100 * Math.log(c));
    }
  }
}

function groundAt(understorey: PracticeInputs['understorey'], i: number): number {
  if (typeof understorey === 'number') return understorey;
  return understorey instanceof Float32Array ? understorey[i] : understorey.values[understorey.bands[0][i]];
}

function causeOf(group: number, i: number, { cover, understorey }: PracticeInputs): number {
  if (cover === undefined) return causeCode.cover;
  const lacksCover =
    'bands' in cover
      ? cover.bands.some((bytes) => Number.isNaN(cover.values[bytes[i]]))
      : cover.some((fractions) => Number.isNaN(fractions[i]));
  if (lacksCover) return causeCode.cover;
  const isForest = soilLossRatioOrder[group - 1] === 'forest-orchard';
  return isForest && Number.isNaN(groundAt(understorey, i)) ? causeCode.understorey : 0;
}
