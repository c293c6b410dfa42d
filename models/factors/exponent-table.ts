import { slopeDegreesFromPercent } from '../erosion/slope-units.ts';
import type { ExponentTable } from '../parameters/slope-length-exponents.ts';
import type { ExponentSteps } from '../terrain/exponent-steps.ts';

/** Exponent m of a slope angle in degrees. */
export type ExponentFunction = (slopeDegrees: number) => number;

/** Reads a table of exponents by slope angle; NaN gives NaN. */
export function exponentOfTable(table: Pick<ExponentTable, 'unit' | 'bands' | 'beyond'>): ExponentFunction {
  const limits = table.bands.map(({ upTo }) => (table.unit === 'percent' ? slopeDegreesFromPercent(upTo) : upTo));
  return (slopeDegrees) => {
    if (Number.isNaN(slopeDegrees)) return Number.NaN;
    for (const [row, limit] of limits.entries()) {
      const band = table.bands[row];
      if (slopeDegrees < limit || (band.inclusive && slopeDegrees === limit)) return band.exponent;
    }
    return table.beyond;
  };
}

/**
 * The rows of a table as steps of float32 slopes; a slope falls in the same row as by `exponentOfTable`.
 * @param beyond m of steeper slopes
 */
export function exponentSteps(
  { unit, bands }: Pick<ExponentTable, 'unit' | 'bands'>,
  beyond: ExponentSteps['beyond'],
): ExponentSteps {
  const upTo = bands.map(({ upTo: limit, inclusive }) => {
    const degrees = unit === 'percent' ? slopeDegreesFromPercent(limit) : limit;
    let largest = Math.fround(degrees);
    while (inclusive ? largest > degrees : largest >= degrees) largest = previousFloat(largest);
    return largest;
  });
  return { upTo: Float32Array.from(upTo), exponents: bands.map(({ exponent }) => exponent), beyond };
}

function previousFloat(positive: number): number {
  const float = Float32Array.of(positive);
  new Int32Array(float.buffer)[0]! -= 1;
  return float[0]!;
}
