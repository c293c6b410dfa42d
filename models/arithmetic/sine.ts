/** sin(x)/x in powers of x², on [−π/2, π/2]; error 2·10⁻¹⁹. */
const terms = [
  1, -0.16666666666666666, 0.008333333333333186, -0.00019841269841208676, 2.7557319211229606e-6, -2.505210689056952e-8,
  1.605894087848656e-10, -7.643026557971632e-13, 2.7215749422983443e-15,
] as const;

const radiansPerDegree = Math.PI / 180;

/**
 * Sine of an angle of at most a right one, to the last or last but one bit of a double.
 *
 * Additions and multiplications alone, in a fixed order: unlike `Math.sin`, whose last bit is each engine's own, it is the
 * same number on every machine and in compiled kernels.
 *
 * @param degrees −90 … 90; NaN gives NaN
 */
export function sineOfAngle(degrees: number): number {
  const x = degrees * radiansPerDegree;
  const square = x * x;
  let sum: number = terms[8];
  sum = sum * square + terms[7];
  sum = sum * square + terms[6];
  sum = sum * square + terms[5];
  sum = sum * square + terms[4];
  sum = sum * square + terms[3];
  sum = sum * square + terms[2];
  sum = sum * square + terms[1];
  sum = sum * square + terms[0];
  return x * sum;
}
