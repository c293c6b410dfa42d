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
 * @throws RangeError naming the cell when layers differ in length, a class exceeds 6, a cell with a class has no finite
 *   modulus ≥ 0, or a cell without a class has no cause.
 */
export function tileCube(layers: TileLayers): Cube {
  const counter = new CubeCounter(layers.zones.length, layers.slopeEdgesDegrees);
  counter.add(layers);
  return counter.cube();
}

/**
 * Counts the cells of a tile, part by part.
 *
 * Memory follows the combinations that occur: a block of counters is set up for each zone tuple and land use that meet.
 */
export class CubeCounter {
  private readonly edges: Float64Array;
  private readonly bands: number;
  private readonly tuples: TupleIndex;
  private blockOf = new Int32Array(16 * landUseCodes).fill(-1);
  private counts: Uint32Array;
  private losses: Float64Array;
  private blockCount = 0;

  /** @param slopeEdgesDegrees upper edges of the slope bands; those of cropland when left out */
  constructor(zoneSets: number, slopeEdgesDegrees: readonly number[] = croplandSlopeBands.limits) {
    this.edges = Float64Array.from(slopeEdgesDegrees);
    this.bands = this.edges.length + 2;
    this.tuples = new TupleIndex(zoneSets);
    this.counts = new Uint32Array(64 * this.bands * outcomes);
    this.losses = new Float64Array(64 * this.bands * outcomes);
  }

  /** Adds cells. @throws RangeError as {@link tileCube} does */
  add(layers: TileLayers): void {
    const { zones, intensity } = layers;
    checkLengths(layers, intensity.length);
    const tuple = new Uint32Array(zones.length);
    // Neighbouring cells nearly always lie in the same zones, so cells are counted in runs.
    for (let from = 0; from < intensity.length; ) {
      let to = intensity.length;
      for (const [set, values] of zones.entries()) {
        tuple[set] = values[from];
        to = endOfRun(values, from, to);
      }
      this.addRun(layers, from, to, this.tuples.indexOf(tuple));
      from = to;
    }
  }

  cube(): Cube {
    return sortedCube(this.tuples, this.blockOf, this.counts, this.losses, this.bands);
  }

  /* Cells of one zone tuple. */
  private addRun(layers: TileLayers, from: number, to: number, tuple: number): void {
    const { landUse, slopeDegrees, intensity, modulus, cause } = layers;
    const { edges, bands } = this;
    let code = -1;
    let start = 0;
    for (let cell = from; cell < to; cell++) {
      if (landUse[cell] !== code) {
        code = landUse[cell];
        start = this.blockFor(tuple, code) * bands * outcomes;
      }
      const slope = slopeDegrees[cell];
      let band = 0;
      if (!Number.isNaN(slope)) {
        band = 1;
        while (band < bands - 1 && slope > edges[band - 1]) band++;
      }
      const slot = start + band * outcomes;
      const grade = intensity[cell];
      if (grade === 0) {
        const reason = cause[cell];
        if (reason === 0 || reason > greatestCause)
          throw new RangeError(`cell ${cell} has no class and cause ${reason}; expected a cause of 1–${greatestCause}`);
        this.counts[slot + classes + reason]++;
      } else {
        const thousandths = Math.floor(modulus[cell] * 1000 + 0.5);
        if (grade > classes || !(thousandths >= 0 && thousandths < Number.POSITIVE_INFINITY))
          throw new RangeError(`cell ${cell} has class ${grade} and modulus ${modulus[cell]}; expected 1–6 and ≥ 0`);
        this.counts[slot + grade - 1]++;
        this.losses[slot + grade - 1] += thousandths;
      }
    }
  }

  /* Number of the block of counters of a zone tuple and land use. */
  private blockFor(tuple: number, landUse: number): number {
    while ((tuple + 1) * landUseCodes > this.blockOf.length) this.blockOf = grownIndex(this.blockOf);
    const place = tuple * landUseCodes + landUse;
    if (this.blockOf[place] < 0) {
      this.blockOf[place] = this.blockCount++;
      if (this.blockCount * this.bands * outcomes > this.counts.length) {
        this.counts = grown(this.counts, new Uint32Array(this.counts.length * 2));
        this.losses = grown(this.losses, new Float64Array(this.losses.length * 2));
      }
    }
    return this.blockOf[place];
  }
}

/** First cell from `from` on, before `to`, that has another zone; `to` if none has. */
function endOfRun(values: ArrayLike<number>, from: number, to: number): number {
  const zone = values[from];
  let end = from + 1;
  while (end < to && values[end] === zone) end++;
  return end;
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
