import { slopeDegreesFromPercent } from '../erosion/slope-units.ts';
import type { ExponentTable } from '../parameters/slope-length-exponents.ts';

/** Exponent m of a slope angle in degrees. */
export type ExponentFunction = (slopeDegrees: number) => number;

/** Reads a table of exponents by slope angle; NaN gives NaN. */
export function exponentOfTable(table: ExponentTable): ExponentFunction {
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
