/** atan(u)/u in degrees, in powers of u², on [0, 1]; relative error 2·10⁻⁸. */
const terms = Float32Array.of(
  57.29577846964916,
  -19.098423217967454,
  11.454498918335911,
  -8.134738919812278,
  6.083878228030952,
  -4.272463099718204,
  2.414307990371661,
  -0.9013341811700044,
  0.1584963695876343,
);
const at = (i: number): number => terms[i]!;
const [t0, t1, t2, t3, t4, t5, t6, t7, t8] = [at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7), at(8)];
const { fround } = Math;

/**
 * Angle of a tangent, degrees, in single precision: each step is rounded to float32, so that a compiled kernel on four
 * cells at once gives the same bits. Within 4 units of the last place of the true angle.
 *
 * @param tangent float32, not negative; NaN gives NaN
 */
export function angleOfTangent(tangent: number): number {
  const steep = tangent > 1;
  const u = steep ? fround(1 / tangent) : tangent;
  const v = fround(u * u);
  let sum = t8;
  sum = fround(fround(sum * v) + t7);
  sum = fround(fround(sum * v) + t6);
  sum = fround(fround(sum * v) + t5);
  sum = fround(fround(sum * v) + t4);
  sum = fround(fround(sum * v) + t3);
  sum = fround(fround(sum * v) + t2);
  sum = fround(fround(sum * v) + t1);
  sum = fround(fround(sum * v) + t0);
  const angle = fround(u * sum);
  return steep ? fround(90 - angle) : angle;
}
