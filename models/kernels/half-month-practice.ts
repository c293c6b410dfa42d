import { causeCode } from '../erosion/nodata-cause.ts';
import type { BiologicalPracticeRules } from '../factors/biological-practice-half-month-csle2018.ts';
import type { Allocator } from './allocator.ts';
import type { AnnualKernels } from './annual-kernels.ts';
import { type ByteLayers, decodeBytes } from './byte-layers.ts';
import { landUseCodes } from './counting-memory.ts';
import { coverAt, type ErosivityLines, halfMonthCount } from './half-month-kernels.ts';
import { type LineRows, paddedCount } from './line-rows.ts';
import { type RatioMemory, RatioTables, ratioMemory } from './ratio-tables.ts';
import { ratioCoefficients, soilLossRatioOrder } from './single-loss-ratio.ts';

/** Layers that B of land which follows its cover depends on, one value per cell. */
export interface SeasonalInputs {
  /** FVC, 24 half-months, fractions: layers, bytes, or lines as long as those of erosivity; undefined where a run has none. */
  readonly cover: readonly Float32Array[] | ByteLayers | LineRows | undefined;
  /** GD, fractions: a layer, or one value for all cells. */
  readonly understorey: Float32Array | ByteLayers | number;
  /** R of 24 half-months; undefined where there is an annual value alone. */
  readonly erosivity: ErosivityLines | undefined;
}

/** Memory of B over some cells. */
export interface PracticeMemory extends RatioMemory {
  /** GD where it is one value for all cells. */
  readonly grounds: Float32Array;
  /** Lines on which half-months weigh alike. */
  readonly even: ErosivityLines;
  /** As {@link ratioCoefficients} has them. */
  readonly coefficients: Float32Array;
  /** By land-use code: 0 = constant, else the number of its group. */
  readonly group: Uint8Array;
  /** By land-use code: B where it is a constant, and a bit for the group of the others. */
  readonly constants: Float32Array;
  readonly marks: Uint8Array;
  /** For the causes of as many cells. */
  readonly causes: Uint8Array;
}

/** Memory for calls with at most `capacity` cells. */
export const practiceMemory = (allocator: Allocator, capacity: number): PracticeMemory => ({
  grounds: allocator.float32(capacity),
  even: evenLines(allocator, capacity),
  coefficients: allocator.float32(ratioCoefficients.length),
  group: allocator.uint8(landUseCodes),
  constants: allocator.float32(landUseCodes),
  marks: allocator.uint8(landUseCodes),
  causes: allocator.uint8(capacity),
  ...ratioMemory(allocator),
});

/** One place for all rows of cells, where each half-month weighs 1. */
function evenLines(allocator: Allocator, capacity: number): ErosivityLines {
  const place = allocator.int32(paddedCount(capacity)).fill(0);
  const share = allocator.float64(paddedCount(capacity)).fill(0);
  const rows = { width: capacity, rows: 1, place, share, shareStep: 0, places: 0 };
  const pairs = (bands: number, value: number) => {
    const line = allocator.float64(2 * bands);
    for (let k = 0; k < line.length; k++) line[k] = k % 2 === 0 ? value : 0;
    return { ...rows, bands, line };
  };
  return { halfMonths: pairs(halfMonthCount, 1), year: pairs(1, halfMonthCount) };
}

/**
 * B of many cells at once, rounded to float32: Σ SLR_k·R_k in double precision, divided once by R of the year, with SLR in
 * single precision; Σ SLR_k·WR_k of `biologicalPractice` within 10⁻⁶ of itself or 3·10⁻⁸ (decision 0013). Where cover and
 * understorey are bytes, ratios come from tables.
 */
export class HalfMonthPractice {
  private readonly kernels: AnnualKernels;
  private readonly memory: PracticeMemory;
  private readonly tables: RatioTables;
  /* False where every land use has a constant. */
  private readonly hasGroups: boolean;

  constructor(rules: BiologicalPracticeRules, kernels: AnnualKernels, memory: PracticeMemory) {
    this.kernels = kernels;
    this.memory = memory;
    // Land use without a rule has no B.
    memory.constants.fill(Number.NaN);
    memory.group.fill(0);
    for (const [code, rule] of rules)
      if (rule.kind === 'constant') memory.constants[code] = rule.value;
      else memory.group[code] = 1 + soilLossRatioOrder.indexOf(rule.group);
    for (let code = 0; code < memory.marks.length; code++) memory.marks[code] = (1 << memory.group[code]) & ~1;
    this.hasGroups = memory.marks.some((mark) => mark !== 0);
    memory.coefficients.set(ratioCoefficients);
    this.tables = new RatioTables(memory, memory.group);
  }

  /**
   * @param seasonal is asked for the other inputs when B of any of the cells follows the cover of the year
   * @param values receives B, 0–1, NaN where there is none
   * @param causes receives, where there are any, the causes why land that follows its cover has no B, 0 elsewhere
   * @returns true when there are any; else `causes` is left as it was
   */
  evaluate(landUse: Uint8Array, seasonal: () => SeasonalInputs, values: Float32Array, causes: Uint8Array): boolean {
    const { kernels, memory } = this;
    const { even } = memory;
    kernels.valuesOfBytes(landUse, memory.constants, values);
    if (!this.hasGroups || kernels.anyOfBytes(landUse, memory.marks) === 0) return false;
    const inputs = seasonal();
    const { cover, understorey, erosivity } = inputs;
    // Whoever has no cover keeps the NaN of land without a constant.
    let isMissing = true;
    const width = rowWidth(inputs, landUse.length);
    const at = { landUse, erosivity: erosivity ?? ofWidth(even, width), even: even.halfMonths.line };
    if (cover !== undefined && isBytes(cover)) {
      if (understorey instanceof Float32Array) throw new TypeError('bytes of cover need bytes of understorey');
      const isConstant = typeof understorey === 'number';
      const { ratios, starts, steps } = this.tables.hold(cover.values, isConstant ? understorey : understorey.values);
      const ground = isConstant ? undefined : understorey.bands[0];
      isMissing = kernels.tabledPractice({ ...at, ratios, starts, steps, cover: cover.bands, ground }, values);
    } else if (cover !== undefined) {
      const { group, coefficients } = memory;
      const ground = this.fractions(understorey, landUse.length);
      isMissing = kernels.seasonalPractice({ ...at, group, cover, ground, coefficients }, values);
    }
    if (isMissing) this.explain(landUse, inputs, values, causes);
    return isMissing;
  }

  /* GD by cell. */
  private fractions(understorey: SeasonalInputs['understorey'], cells: number): Float32Array {
    if (understorey instanceof Float32Array) return understorey;
    const grounds = this.memory.grounds.subarray(0, cells);
    if (typeof understorey === 'number') return grounds.fill(understorey);
    decodeBytes(understorey.bands[0], understorey.values, grounds);
    return grounds;
  }

  /* Why cells that follow their cover have no B. */
  private explain(landUse: Uint8Array, inputs: SeasonalInputs, values: Float32Array, causes: Uint8Array): void {
    const width = rowWidth(inputs, landUse.length);
    for (let i = 0; i < values.length; i++) {
      const group = this.memory.group[landUse[i]];
      causes[i] = group !== 0 && Number.isNaN(values[i]) ? causeOf(group, i, inputs, width) : 0;
    }
  }
}

/** The same place for rows of a width. */
function ofWidth({ halfMonths, year }: ErosivityLines, width: number): ErosivityLines {
  return { halfMonths: { ...halfMonths, width }, year: { ...year, width } };
}

/** Cells of a row; all cells are one row where none of the inputs has rows. */
function rowWidth({ cover, erosivity }: SeasonalInputs, cells: number): number {
  if (erosivity !== undefined) return erosivity.halfMonths.width;
  return cover !== undefined && 'line' in cover ? cover.width : cells;
}

const isBytes = (cover: NonNullable<SeasonalInputs['cover']>): cover is ByteLayers =>
  !('length' in cover) && !('line' in cover);

function groundAt(understorey: SeasonalInputs['understorey'], i: number): number {
  if (typeof understorey === 'number') return understorey;
  return understorey instanceof Float32Array ? understorey[i] : understorey.values[understorey.bands[0][i]];
}

function causeOf(group: number, i: number, inputs: SeasonalInputs, width: number): number {
  const { cover, understorey } = inputs;
  if (cover === undefined) return causeCode.cover;
  for (let k = 0; k < halfMonthCount; k++) {
    const fraction = isBytes(cover) ? cover.values[cover.bands[k][i]] : coverAt(cover, k, i, width);
    if (Number.isNaN(fraction)) return causeCode.cover;
  }
  const isForest = soilLossRatioOrder[group - 1] === 'forest-orchard';
  return isForest && Number.isNaN(groundAt(understorey, i)) ? causeCode.understorey : 0;
}
