// Constants are read from memory: V8 would put each together from two numbers at every use.
const terms = memory.data<f32>([<f32>(Math.PI / 180), 2.6052248358610086e-6, -0.00019809075456578285, 0.008333050645887852, -0.16666658222675323, 1]);

/** Sines of degrees, see models/arithmetic/single-sine.ts. */
@inline export function sines(degrees: v128): v128 {
  const x = f32x4.mul(degrees, v128.load32_splat(terms, 0));
  const square = f32x4.mul(x, x);
  let sum = f32x4.add(f32x4.mul(v128.load32_splat(terms, 4), square), v128.load32_splat(terms, 8));
  sum = f32x4.add(f32x4.mul(sum, square), v128.load32_splat(terms, 12));
  sum = f32x4.add(f32x4.mul(sum, square), v128.load32_splat(terms, 16));
  sum = f32x4.add(f32x4.mul(sum, square), v128.load32_splat(terms, 20));
  return f32x4.mul(x, sum);
}
