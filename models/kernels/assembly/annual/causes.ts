import { narrow } from './narrow';

/*
 * Why cells have no modulus: models/erosion/annual-erosion.ts. The smallest of the causes that apply counts, so each layer
 * lowers the cause of the cells it has no value for. Counts are multiples of sixteen.
 */

const notSettled: i32 = 255;

/** True where floats are numbers. */
@inline
function areNumbers(at: usize): v128 {
  const a = v128.load(at);
  const b = v128.load(at, 16);
  const c = v128.load(at, 32);
  const d = v128.load(at, 48);
  return narrow(f32x4.eq(a, a), f32x4.eq(b, b), f32x4.eq(c, c), f32x4.eq(d, d));
}

/** True where sixteen cells are whole: no cause is lower than theirs. */
@inline
function areWhole(cause: usize): bool {
  return !v128.any_true(v128.load(cause));
}

/** Lowers causes to `code` where floats are NaN. */
export function markMissing(values: usize, code: i32, count: i32, cause: usize): void {
  const codes = i8x16.splat(<i8>code);
  for (let n: usize = 0; n < <usize>count; n += 16) {
    if (areWhole(cause + n)) continue;
    v128.store(
      cause + n,
      i8x16.min_u(v128.load(cause + n), v128.or(codes, areNumbers(values + (n << 2)))),
    );
  }
}

/** The same with the cause of each cell where it is known better: 0 stands for `code`. */
export function markMissingBy(values: usize, own: usize, code: i32, count: i32, cause: usize): void {
  const codes = i8x16.splat(<i8>code);
  const zero = i8x16.splat(0);
  for (let n: usize = 0; n < <usize>count; n += 16) {
    if (areWhole(cause + n)) continue;
    const known = v128.load(own + n);
    const reason = v128.bitselect(codes, known, i8x16.eq(known, zero));
    v128.store(cause + n, i8x16.min_u(v128.load(cause + n), v128.or(reason, areNumbers(values + (n << 2)))));
  }
}

/** Lowers causes to `code` where bytes are `value`. */
export function markBytes(values: usize, value: i32, code: i32, count: i32, cause: usize): void {
  const wanted = i8x16.splat(<i8>value);
  const codes = i8x16.splat(<i8>code);
  for (let n: usize = 0; n < <usize>count; n += 16) {
    if (areWhole(cause + n)) continue;
    v128.store(
      cause + n,
      i8x16.min_u(v128.load(cause + n), v128.or(codes, i8x16.ne(v128.load(values + n), wanted))),
    );
  }
}

/** Lowers causes to `code` where 16-bit numbers are 0. */
export function markOutside(area: usize, code: i32, count: i32, cause: usize): void {
  const codes = i8x16.splat(<i8>code);
  const zero = i16x8.splat(0);
  for (let n: usize = 0; n < <usize>count; n += 16) {
    if (areWhole(cause + n)) continue;
    const zones = area + (n << 1);
    const isInside = v128.not(
      i8x16.narrow_i16x8_s(i16x8.eq(v128.load(zones), zero), i16x8.eq(v128.load(zones, 16), zero)),
    );
    v128.store(cause + n, i8x16.min_u(v128.load(cause + n), v128.or(codes, isInside)));
  }
}

/** Takes back causes that nothing explains. */
export function dropUnexplained(count: i32, cause: usize): void {
  const unexplained = i8x16.splat(<i8>notSettled);
  for (let n: usize = 0; n < <usize>count; n += 16) {
    const causes = v128.load(cause + n);
    v128.store(cause + n, v128.andnot(causes, i8x16.eq(causes, unexplained)));
  }
}
