/** A factor of the erosion equation over the same cells in two years. */
export interface FactorPair {
  readonly symbol: string;
  readonly previous: Float32Array;
  readonly current: Float32Array;
}

/** Name of the method of `decomposeChange`, as it stands beside every result. */
export const decompositionMethod = {
  id: 'lmdi-additive@1',
  citation: 'Ang 2005, Energy Policy 33, 867–871 (LMDI-I); zero values: Ang & Liu 2007, Energy Policy 35, 238–246',
} as const;

/**
 * Splits ln A₂ − ln A₁ of one cell: one logarithm of a ratio per factor, undefined where a factor is zero or missing in
 * either year (its logarithm does not exist).
 */
export function logRatios(previous: readonly number[], current: readonly number[]): number[] | undefined {
  const ratios = previous.map((value, k) => Math.log(current[k]) - Math.log(value));
  return ratios.every(Number.isFinite) ? ratios : undefined;
}

/** Logarithmic mean (a − b)/(ln a − ln b) of two positive numbers; a when they are equal. */
export function logarithmicMean(a: number, b: number): number {
  if (a === b) return a;
  const logarithm = Math.log(a / b);
  // Within a hair of each other the quotient loses its digits; the series a·(1 − x/2 + x²/12) does not.
  return Math.abs(logarithm) < 1e-4 ? b * (1 + logarithm / 2 + (logarithm * logarithm) / 6) : (a - b) / logarithm;
}

/**
 * Parts of the change of a product of factors: for each factor L(A₂, A₁)·ln(f₂/f₁), which add up to A₂ − A₁.
 *
 * Where factors are zero in exactly one of the years, the whole difference is theirs, in equal parts: the limit of the
 * formula for a small value in place of zero. Where the product is zero in both years nothing changed.
 *
 * @param previous,current the factors of one cell, all ≥ 0
 * @param scale multiplies the product, such as 100 from t/hm² to t/km²
 */
export function decomposeProduct(previous: readonly number[], current: readonly number[], scale: number): number[] {
  const product = (factors: readonly number[]): number => factors.reduce((all, each) => all * each, scale);
  const [before, now] = [product(previous), product(current)];
  if (before === 0 && now === 0) return previous.map(() => 0);
  const zeros = previous.map((value, k) => (value === 0) !== (current[k] === 0));
  const turned = zeros.filter(Boolean).length;
  if (before === 0 || now === 0) return zeros.map((isZero) => (isZero ? (now - before) / turned : 0));
  const mean = logarithmicMean(now, before);
  return previous.map((value, k) => mean * Math.log(current[k] / value));
}

/** What each factor did to the soil loss of a zone. */
export interface ZoneDecomposition {
  readonly zone: number;
  /** Sum of the change of modulus over the cells, t/(km²·a) times cells. */
  readonly total: number;
  /** One part per factor, in the order given; they add up to `total`. */
  readonly parts: readonly number[];
  /** Cells with all factors in both years. */
  readonly cells: number;
  /** Of these, cells in which a factor is zero in exactly one year. */
  readonly zeroCells: number;
  /** Cells left out because a factor is missing in one of the years. */
  readonly missingCells: number;
}

/** Parts are summed as whole numbers of this many units per t/(km²·a), so that sums do not depend on the tiling. */
const unitsPerTonne = 1024;

/**
 * Decomposes the change of modulus per zone. Each part is rounded to 1/1024 t/(km²·a) per cell before it is summed, and the
 * total of a cell is the sum of its rounded parts: parts and total close exactly, for any tiling.
 *
 * @param zone zone of each cell, 0 = none
 * @param scale from the product of the factors to t/(km²·a): 100 for CSLE and RUSLE in t/(hm²·a)
 */
export function decomposeChange(
  factors: readonly FactorPair[],
  zone: Uint8Array | Uint16Array | Uint32Array,
  scale: number,
): ZoneDecomposition[] {
  const sums = new Map<number, { parts: Float64Array; cells: number; zeroCells: number; missingCells: number }>();
  const before = new Array<number>(factors.length).fill(0);
  const now = new Array<number>(factors.length).fill(0);
  for (let cell = 0; cell < zone.length; cell++) {
    let sum = sums.get(zone[cell]);
    if (sum === undefined)
      sums.set(
        zone[cell],
        (sum = { parts: new Float64Array(factors.length), cells: 0, zeroCells: 0, missingCells: 0 }),
      );
    let missing = false;
    let turned = false;
    for (let k = 0; k < factors.length; k++) {
      before[k] = factors[k].previous[cell];
      now[k] = factors[k].current[cell];
      missing ||= Number.isNaN(before[k]) || Number.isNaN(now[k]);
      turned ||= (before[k] === 0) !== (now[k] === 0);
    }
    if (missing) {
      sum.missingCells++;
      continue;
    }
    sum.cells++;
    if (turned) sum.zeroCells++;
    const parts = decomposeProduct(before, now, scale);
    for (let k = 0; k < parts.length; k++) sum.parts[k] += Math.round(parts[k] * unitsPerTonne);
  }
  return [...sums.entries()]
    .sort(([a], [b]) => a - b)
    .map(([code, { parts, ...counts }]) => asDecomposition(code, parts, counts));
}

function asDecomposition(
  zone: number,
  units: Float64Array,
  counts: Pick<ZoneDecomposition, 'cells' | 'zeroCells' | 'missingCells'>,
): ZoneDecomposition {
  const total = units.reduce((sum, part) => sum + part, 0) / unitsPerTonne;
  return { zone, total, parts: Array.from(units, (part) => part / unitsPerTonne), ...counts };
}

/** Adds up the decompositions of several windows. */
export function mergeDecompositions(windows: readonly (readonly ZoneDecomposition[])[]): ZoneDecomposition[] {
  const byZone = new Map<number, ZoneDecomposition>();
  for (const row of windows.flat()) {
    const sum = byZone.get(row.zone);
    byZone.set(
      row.zone,
      sum === undefined
        ? row
        : {
            zone: row.zone,
            total: sum.total + row.total,
            parts: sum.parts.map((part, k) => part + row.parts[k]),
            cells: sum.cells + row.cells,
            zeroCells: sum.zeroCells + row.zeroCells,
            missingCells: sum.missingCells + row.missingCells,
          },
    );
  }
  return [...byZone.values()].sort((a, b) => a.zone - b.zone);
}
