import { croplandSlopeBands } from '../parameters/slope-bands.ts';
import { type Cube, packCube } from './cube.ts';

/** Layers of one tile, all of the same length, one entry per cell. */
export interface TileLayers {
  /** One array per zone set, in the order of the run; 0 = in no zone of the set. */
  readonly zones: readonly (Uint8Array | Uint16Array | Uint32Array)[];
  /** Land-use codes; 0 = none. */
  readonly landUse: Uint8Array;
  /** Slope in degrees; NaN = none. */
  readonly slopeDegrees: Float32Array;
  /** Erosion intensity class 1–6; 0 = nodata. */
  readonly intensity: Uint8Array;
  /** Erosion modulus, t/(km²·a), ≥ 0 wherever there is a class. */
  readonly modulus: Float32Array;
  /** Cause of nodata, 1–31 wherever there is no class. */
  readonly cause: Uint8Array;
  /** Upper edges of the slope bands, degrees; those of cropland when left out. */
  readonly slopeEdgesDegrees?: readonly number[];
}

const classes = 6;
const greatestCause = 31;
/** Outcomes of a cell: the six classes, then one per cause of nodata. */
const outcomes = classes + 1 + greatestCause;
const landUseCodes = 256;

/**
 * Cube of one tile, in one pass over its cells.
 *
 * Memory follows the combinations that occur: a block of counters is set up for each zone tuple and land use that meet.
 *
 * @throws RangeError naming the cell when layers differ in length, a class exceeds 6, a cell with a class has no finite
 *   modulus ≥ 0, or a cell without a class has no cause.
 */
export function tileCube(layers: TileLayers): Cube {
  const { zones, landUse, slopeDegrees, intensity, modulus, cause } = layers;
  const edges = Float64Array.from(layers.slopeEdgesDegrees ?? croplandSlopeBands.limits);
  const length = intensity.length;
  checkLengths(layers, length);

  const setCount = zones.length;
  const bands = edges.length + 2;
  const blockSize = bands * outcomes;
  const tuples = new TupleIndex(setCount);
  let blockOf = new Int32Array(16 * landUseCodes).fill(-1);
  let counts = new Uint32Array(64 * blockSize);
  let losses = new Float64Array(64 * blockSize);
  let blockCount = 0;
  const lastZones = new Uint32Array(setCount);
  let tuple = tuples.indexOf(lastZones);

  for (let cell = 0; cell < length; cell++) {
    // Neighbouring cells nearly always lie in the same zones, so the tuple is looked up only when one changes.
    let moved = false;
    for (let set = 0; set < setCount; set++) {
      const zone = zones[set][cell];
      if (zone !== lastZones[set]) {
        lastZones[set] = zone;
        moved = true;
      }
    }
    if (moved) {
      tuple = tuples.indexOf(lastZones);
      if ((tuple + 1) * landUseCodes > blockOf.length) blockOf = grownIndex(blockOf);
    }
    const place = tuple * landUseCodes + landUse[cell];
    let block = blockOf[place];
    if (block < 0) {
      block = blockCount++;
      blockOf[place] = block;
      if (blockCount * blockSize > counts.length) {
        counts = grown(counts, new Uint32Array(counts.length * 2));
        losses = grown(losses, new Float64Array(losses.length * 2));
      }
    }

    const slope = slopeDegrees[cell];
    let band = 0;
    if (!Number.isNaN(slope)) {
      band = 1;
      while (band < bands - 1 && slope > edges[band - 1]) band++;
    }

    const grade = intensity[cell];
    const slot = block * blockSize + band * outcomes;
    if (grade === 0) {
      const reason = cause[cell];
      if (reason === 0 || reason > greatestCause)
        throw new RangeError(`cell ${cell} has no class and cause ${reason}; expected a cause of 1–${greatestCause}`);
      counts[slot + classes + reason]++;
    } else {
      const thousandths = Math.round(modulus[cell] * 1000);
      if (grade > classes || !(thousandths >= 0 && thousandths < Number.POSITIVE_INFINITY))
        throw new RangeError(`cell ${cell} has class ${grade} and modulus ${modulus[cell]}; expected 1–6 and ≥ 0`);
      counts[slot + grade - 1]++;
      losses[slot + grade - 1] += thousandths;
    }
  }
  return sortedCube(tuples, blockOf, counts, losses, bands);
}

/** Numbers the zone tuples that occur, in order of appearance. */
class TupleIndex {
  readonly tuples: Uint32Array[] = [];
  private readonly steps: Map<number, number>[];
  private readonly numbers: number[];

  constructor(setCount: number) {
    this.steps = Array.from({ length: setCount }, () => new Map<number, number>());
    this.numbers = new Array<number>(setCount).fill(0);
  }

  indexOf(zones: Uint32Array): number {
    if (zones.length === 0) {
      if (this.tuples.length === 0) this.tuples.push(new Uint32Array(0));
      return 0;
    }
    // Prefix number and next zone fit one exact double: 2^32 zones times 2^21 prefixes.
    let prefix = 0;
    for (let set = 0; set < zones.length; set++) {
      const key = prefix * 2 ** 32 + zones[set];
      let next = this.steps[set].get(key);
      if (next === undefined) {
        next = this.numbers[set]++;
        this.steps[set].set(key, next);
        if (set === zones.length - 1) this.tuples.push(zones.slice());
      }
      prefix = next;
    }
    return prefix;
  }
}

function sortedCube(
  tuples: TupleIndex,
  blockOf: Int32Array,
  counts: Uint32Array,
  losses: Float64Array,
  bands: number,
): Cube {
  const order = tuples.tuples
    .map((_, index) => index)
    .sort((a, b) => compareTuples(tuples.tuples[a], tuples.tuples[b]));
  const zones: number[] = [];
  const landUse: number[] = [];
  const slopeBand: number[] = [];
  const intensity: number[] = [];
  const cause: number[] = [];
  const cells: number[] = [];
  const modulusThousandths: bigint[] = [];
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
          for (const zone of tuples.tuples[tuple]) zones.push(zone);
          landUse.push(code);
          slopeBand.push(band);
          intensity.push(outcome < classes ? outcome + 1 : 0);
          cause.push(outcome < classes ? 0 : outcome - classes);
          cells.push(count);
          modulusThousandths.push(BigInt(loss));
        }
      }
    }
  return packCube(tuples.tuples[0]?.length ?? 0, {
    zones,
    landUse,
    slopeBand,
    intensity,
    cause,
    cells,
    modulusThousandths,
  });
}

function compareTuples(a: Uint32Array, b: Uint32Array): number {
  for (let set = 0; set < a.length; set++) if (a[set] !== b[set]) return a[set] - b[set];
  return 0;
}

function grown<Values extends Uint32Array | Float64Array>(from: Values, to: Values): Values {
  to.set(from);
  return to;
}

function grownIndex(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2).fill(-1);
  to.set(from);
  return to;
}

function checkLengths(layers: TileLayers, length: number): void {
  const { landUse, slopeDegrees, modulus, cause, zones } = layers;
  const named: [string, ArrayLike<number>][] = Object.entries({ landUse, slopeDegrees, modulus, cause });
  zones.forEach((values, set) => {
    named.push([`zones ${set}`, values]);
  });
  for (const [name, values] of named)
    if (values.length !== length)
      throw new RangeError(`layer ${name} has ${values.length} cells, the intensity layer ${length}`);
}
