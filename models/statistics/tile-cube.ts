import type { EquationLayers } from '../erosion/annual-erosion.ts';
import { heapAllocator } from '../kernels/allocator.ts';
import type { AnnualKernels } from '../kernels/annual-kernels.ts';
import type { CountedGround } from '../kernels/cell-slots.ts';
import {
  type CountingMemory,
  classes,
  countingMemory,
  greatestCause,
  landUseCodes,
  outcomes,
  slotNumbers,
} from '../kernels/counting-memory.ts';
import { referenceKernels } from '../kernels/reference-kernels.ts';
import { croplandSlopeBands } from '../parameters/slope-bands.ts';
import { type Cube, cubeOfRows } from './cube.ts';
import { compareTuples, ZoneTuples } from './zone-tuples.ts';

/** Layers of one tile, all of the same length. */
export interface TileLayers extends CountedGround, EquationLayers {}

/**
 * Cube of one tile, in one pass over its cells.
 *
 * @param slopeEdgesDegrees upper edges of the slope bands; those of cropland when left out
 * @throws RangeError naming the cell when layers differ in length, a class exceeds 6, a cell with a class has no finite
 *   modulus ≥ 0, or a cell without a class has no cause.
 */
export function tileCube(layers: TileLayers, slopeEdgesDegrees: readonly number[] = croplandSlopeBands.limits): Cube {
  const zoneSets = layers.zones.length;
  const sizes = { zoneSets, slopeEdgesDegrees, blocks: 64, tuples: 8, cells: 1024, variants: 1 };
  const counter = new CubeCounter(zoneSets, referenceKernels, countingMemory(heapAllocator, sizes));
  counter.add(layers, [layers]);
  return counter.cubes()[0];
}

/** Totals of a run or of a scenario, by block and slot. */
interface Totals {
  counts: Float64Array;
  losses: Float64Array;
}

/**
 * Counts the cells of a tile, part by part, for a run and its scenarios: in the memory given, whose totals are carried over
 * whenever it is full.
 *
 * Totals follow the combinations that occur: a block of counters is set up for each zone tuple and land use that meet.
 */
export class CubeCounter {
  private readonly tuples: ZoneTuples;
  private readonly kernels: AnnualKernels;
  private readonly memory: CountingMemory;
  /* Totals of each variant, and the block of each zone tuple and land use. */
  private readonly totals: Totals[];
  private blockOf = new Int32Array(16 * landUseCodes).fill(-1);
  private blockCount = 0;
  /* Tuples in the memory: number → place; blocks in the memory: place → block of the totals. */
  private readonly placeOf = new Map<number, number>();
  private readonly held: number[] = [];

  /** @param memory for this counter alone */
  constructor(zoneSets: number, kernels: AnnualKernels, memory: CountingMemory) {
    this.tuples = new ZoneTuples(zoneSets);
    this.kernels = kernels;
    this.memory = memory;
    this.totals = memory.variants.map(({ counts, losses }) => ({ counts, losses }));
  }

  /**
   * Adds cells from `from` on, before `to`; all by default.
   * @param outcomesOfVariants one for each of the variants of the memory
   * @throws RangeError as {@link tileCube} does
   */
  add(
    ground: CountedGround,
    outcomesOfVariants: readonly EquationLayers[],
    from = 0,
    to = ground.landUse.length,
  ): void {
    checkGround(ground);
    for (const cells of outcomesOfVariants) checkOutcomes(cells, ground.landUse.length);
    const { variants, slots } = this.memory;
    for (let at = from; at < to; ) {
      const last = Math.min(to, at + slots.length);
      const end = this.kernels.slotsOfCells(ground, at, last, this.memory, this.placeOf.size);
      for (const [variant, cells] of outcomesOfVariants.entries()) {
        const counted = this.kernels.countCells(cells, at, end, slots, variants[variant].sums);
        if (counted < end) throw uncountable(cells, counted);
      }
      if (end < last) this.admit(ground, end);
      at = end;
    }
  }

  /** Cube of each variant. */
  cubes(): Cube[] {
    this.carry();
    const { blockSlots } = this.memory;
    return this.totals.map(({ counts, losses }) =>
      sortedCube(
        this.tuples,
        this.blockOf,
        counts.subarray(0, this.blockCount * blockSlots),
        losses,
        blockSlots / outcomes,
      ),
    );
  }

  /* Makes room in the memory for a cell that has no place in it. */
  private admit({ zones, landUse }: CountedGround, cell: number): void {
    const tuple = this.tuples.indexOf(Uint32Array.from(zones, (values) => values[cell]));
    this.placeFor(tuple);
    // Emptying the memory takes the place away that was just found.
    if (this.held.length === this.memory.blocks) this.carry();
    const place = this.placeFor(tuple);
    const start = place * landUseCodes + landUse[cell];
    if (this.memory.starts[start] >= 0) return;
    const { blockSlots, starts, variants } = this.memory;
    const first = this.held.length * blockSlots;
    starts[start] = first;
    for (const { sums } of variants) sums.fill(0, first * slotNumbers, (first + blockSlots) * slotNumbers);
    this.held.push(this.blockFor(tuple, landUse[cell]));
  }

  /* Place of a tuple in the memory. */
  private placeFor(tuple: number): number {
    const found = this.placeOf.get(tuple);
    if (found !== undefined) return found;
    if (this.placeOf.size === this.memory.tuples) this.carry();
    const place = this.placeOf.size;
    const zones = this.tuples.tuples[tuple];
    this.memory.zones.set(zones, place * zones.length);
    this.memory.starts.fill(-1, place * landUseCodes, (place + 1) * landUseCodes);
    this.placeOf.set(tuple, place);
    return place;
  }

  /* Adds what the memory holds to the totals and empties it. */
  private carry(): void {
    const { blockSlots, variants } = this.memory;
    for (const [variant, { sums }] of variants.entries()) {
      const { counts, losses } = this.totals[variant];
      for (const [place, block] of this.held.entries())
        for (let slot = 0; slot < blockSlots; slot++) {
          const from = (place * blockSlots + slot) * slotNumbers;
          const to = block * blockSlots + slot;
          for (let number = from; number < from + slotNumbers; number += 2) {
            if (sums[number] === 0) continue;
            counts[to] += sums[number];
            losses[to] += sums[number + 1];
          }
        }
    }
    this.placeOf.clear();
    this.held.length = 0;
  }

  /* Number of the block of totals of a zone tuple and land use. */
  private blockFor(tuple: number, landUse: number): number {
    while ((tuple + 1) * landUseCodes > this.blockOf.length) this.blockOf = grownIndex(this.blockOf);
    const place = tuple * landUseCodes + landUse;
    if (this.blockOf[place] >= 0) return this.blockOf[place];
    const { blockSlots } = this.memory;
    const first = this.blockCount * blockSlots;
    this.blockOf[place] = this.blockCount++;
    for (const totals of this.totals) {
      if (first === totals.counts.length) {
        totals.counts = grown(totals.counts);
        totals.losses = grown(totals.losses);
      }
      // The memory holds what another tile has left.
      totals.counts.fill(0, first, first + blockSlots);
      totals.losses.fill(0, first, first + blockSlots);
    }
    return this.blockOf[place];
  }
}

function uncountable({ intensity, modulus, cause }: EquationLayers, cell: number): RangeError {
  const grade = intensity[cell];
  return new RangeError(
    grade === 0
      ? `cell ${cell} has no class and cause ${cause[cell]}; expected a cause of 1–${greatestCause}`
      : `cell ${cell} has class ${grade} and modulus ${modulus[cell]}; expected 1–6 and ≥ 0`,
  );
}

function sortedCube(
  tuples: ZoneTuples,
  blockOf: Int32Array,
  counts: Float64Array,
  losses: Float64Array,
  bands: number,
): Cube {
  const order = tuples.tuples
    .map((_, index) => index)
    .sort((a, b) => compareTuples(tuples.tuples[a], tuples.tuples[b]));
  let rowCount = 0;
  for (const count of counts) if (count !== 0) rowCount++;
  const cube = cubeOfRows(tuples.tuples[0]?.length ?? 0, rowCount);
  let row = 0;
  for (const tuple of order)
    for (let code = 0; code < landUseCodes; code++) {
      const block = blockOf[tuple * landUseCodes + code];
      if (block === undefined || block < 0) continue;
      for (let band = 0; band < bands; band++) {
        const start = (block * bands + band) * outcomes;
        // Rows without a class come first: intensity 0 sorts before 1.
        for (let step = 0; step < outcomes; step++) {
          const outcome = (step + classes) % outcomes;
          const count = counts[start + outcome];
          if (count === 0) continue;
          const loss = losses[start + outcome];
          if (!Number.isSafeInteger(loss))
            throw new RangeError(`soil loss ${loss} of a tile exceeds 2^53; use smaller tiles`);
          cube.zones.set(tuples.tuples[tuple], row * cube.zoneSetCount);
          cube.landUse[row] = code;
          cube.slopeBand[row] = band;
          cube.intensity[row] = outcome < classes ? outcome + 1 : 0;
          cube.cause[row] = outcome < classes ? 0 : outcome - classes;
          cube.cells[row] = count;
          cube.modulusThousandths[row] = BigInt(loss);
          row++;
        }
      }
    }
  return cube;
}

function grown(from: Float64Array): Float64Array {
  const to = new Float64Array(from.length * 2);
  to.set(from);
  return to;
}

function grownIndex(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2).fill(-1);
  to.set(from);
  return to;
}

function checkGround({ landUse, slopeDegrees, zones }: CountedGround): void {
  requireLength('slopeDegrees', slopeDegrees, landUse.length);
  for (let set = 0; set < zones.length; set++) requireLength('zones', zones[set], landUse.length, set);
}

function checkOutcomes({ intensity, modulus, cause }: EquationLayers, length: number): void {
  requireLength('intensity', intensity, length);
  requireLength('modulus', modulus, length);
  requireLength('cause', cause, length);
}

function requireLength(name: string, values: ArrayLike<number>, length: number, set?: number): void {
  if (values.length === length) return;
  const layer = set === undefined ? name : `${name} ${set}`;
  throw new RangeError(`layer ${layer} has ${values.length} cells, landUse ${length}`);
}
