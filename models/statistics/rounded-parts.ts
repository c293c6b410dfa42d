/**
 * Parts of a whole, of either sign, rounded to `decimals` so that what is printed adds up: their sum is the whole rounded to
 * the same digits. Each is rounded down, and the units left over go to the largest remainders, to the earlier part on a tie.
 * Hamilton's method (1792) for parts of both signs.
 *
 * @returns the whole and its parts, in units of 10^-decimals
 */
export function roundedParts(parts: readonly number[], decimals: number): { whole: number; parts: number[] } {
  const exact = parts.map((part) => part * 10 ** decimals);
  // A hair above the whole number keeps a part such as 62.92 from losing a unit to binary fractions.
  const units = exact.map((part) => Math.floor(part + 1e-9));
  // Plus zero, since what rounds to minus zero is zero.
  const whole = Math.round(exact.reduce((sum, part) => sum + part, 0)) + 0;
  let left = whole - units.reduce((sum, unit) => sum + unit, 0);
  const order = exact.map((_, index) => index).sort((a, b) => exact[b]! - units[b]! - (exact[a]! - units[a]!) || a - b);
  for (const index of order) {
    if (left <= 0) break;
    units[index]!++;
    left--;
  }
  return { whole, parts: units };
}
