/*
 * Engines differ in the last bit of Math.exp; this exponential function takes the same few steps everywhere, so a tile has
 * the same bytes on every machine.
 */

const log2OfE = 1.4426950408889634;
// ln 2 in two parts; the first has so few digits that its multiples by whole numbers are exact.
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;
const p1 = 0.16666666666666602;
const p2 = -0.0027777777777015593;
const p3 = 6.613756321437934e-5;
const p4 = -1.6533902205465252e-6;
const p5 = 4.1381367970572385e-8;

/** Exponents beyond this are taken as this. */
const limit = 700;

const powersOfTwo = Float64Array.from({ length: 2048 }, (_, at) => 2 ** (at - 1023));

/**
 * eˣ for x in −700 … 700, within 1 unit in the last place; x beyond counts as the nearer end. NaN gives NaN.
 *
 * Reduction to |r| ≤ ½ ln 2 and the rational function of Sun's fdlibm, e_exp.c, 1993.
 */
export function exponential(x: number): number {
  const bounded = Math.max(-limit, Math.min(limit, x));
  const k = Math.floor(bounded * log2OfE + 0.5);
  const high = bounded - k * ln2High;
  const low = k * ln2Low;
  const r = high - low;
  const t = r * r;
  const c = r - t * (p1 + t * (p2 + t * (p3 + t * (p4 + t * p5))));
  return (1 - (low - (r * c) / (2 - c) - high)) * powersOfTwo[k + 1023];
}
