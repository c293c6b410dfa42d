import { endCell, firstCell, stride } from './layout';

// Constants are read from memory: V8 would put each together from two numbers at every use.
const codes = memory.data<i32>([1, 2, 4, 8, 16, 32, 64, 128, 9, 255]);
const rootHalf = memory.data<f32>([<f32>Math.SQRT1_2]);

/**
 * D8 directions on a filled surface with its ring, see `d8FlowDirection`: codes 1 … 128, 0 = drains out, 9 = flat, 255 =
 * nodata. Ring and padding of the result mean nothing.
 */
export function d8(filled: usize, out: usize): void {
  const row = (<usize>stride) << 2;
  for (let i = firstCell(); i < endCell(); i += 16) {
    const p = filled + ((<usize>i) << 2);
    const a = i16x8.narrow_i32x4_s(directionsOfFour(p, row), directionsOfFour(p + 16, row));
    const b = i16x8.narrow_i32x4_s(directionsOfFour(p + 32, row), directionsOfFour(p + 48, row));
    v128.store(out + i, i8x16.narrow_i16x8_u(a, b));
  }
}

@inline function directionsOfFour(p: usize, row: usize): v128 {
  const z = v128.load(p);
  const e = v128.load(p + 4);
  const se = v128.load(p + row + 4);
  const s = v128.load(p + row);
  const sw = v128.load(p + row - 4);
  const w = v128.load(p - 4);
  const nw = v128.load(p - row - 4);
  const n = v128.load(p - row);
  const ne = v128.load(p - row + 4);
  const sum = f32x4.add(
    f32x4.add(f32x4.add(e, se), f32x4.add(s, sw)),
    f32x4.add(f32x4.add(w, nw), f32x4.add(n, ne)),
  );
  const diagonal = v128.load32_splat(rootHalf);
  let steepest = f32x4.splat(0);
  let code = v128.andnot(v128.load32_splat(codes, 32), f32x4.ne(sum, sum));
  let drop = f32x4.sub(z, e);
  let more = f32x4.gt(drop, steepest);
  steepest = v128.bitselect(drop, steepest, more);
  code = v128.bitselect(v128.load32_splat(codes, 0), code, more);
  drop = f32x4.mul(f32x4.sub(z, se), diagonal);
  more = f32x4.gt(drop, steepest);
  steepest = v128.bitselect(drop, steepest, more);
  code = v128.bitselect(v128.load32_splat(codes, 4), code, more);
  drop = f32x4.sub(z, s);
  more = f32x4.gt(drop, steepest);
  steepest = v128.bitselect(drop, steepest, more);
  code = v128.bitselect(v128.load32_splat(codes, 8), code, more);
  drop = f32x4.mul(f32x4.sub(z, sw), diagonal);
  more = f32x4.gt(drop, steepest);
  steepest = v128.bitselect(drop, steepest, more);
  code = v128.bitselect(v128.load32_splat(codes, 12), code, more);
  drop = f32x4.sub(z, w);
  more = f32x4.gt(drop, steepest);
  steepest = v128.bitselect(drop, steepest, more);
  code = v128.bitselect(v128.load32_splat(codes, 16), code, more);
  drop = f32x4.mul(f32x4.sub(z, nw), diagonal);
  more = f32x4.gt(drop, steepest);
  steepest = v128.bitselect(drop, steepest, more);
  code = v128.bitselect(v128.load32_splat(codes, 20), code, more);
  drop = f32x4.sub(z, n);
  more = f32x4.gt(drop, steepest);
  steepest = v128.bitselect(drop, steepest, more);
  code = v128.bitselect(v128.load32_splat(codes, 24), code, more);
  drop = f32x4.mul(f32x4.sub(z, ne), diagonal);
  more = f32x4.gt(drop, steepest);
  code = v128.bitselect(v128.load32_splat(codes, 28), code, more);
  return v128.bitselect(v128.load32_splat(codes, 36), code, f32x4.ne(z, z));
}

/**
 * Edge cells, see `edgeCells`, from directions alone: 1 beside a cell that is nodata (255), 255 on nodata.
 *
 * @param direction with 255 in the ring where there are no data, anything else where there are
 */
export function edgesOfDirections(direction: usize, out: usize): void {
  const none = i8x16.splat(-1);
  for (let i = firstCell(); i < endCell(); i += 16) {
    const p = direction + i;
    const above = p - stride;
    const below = p + stride;
    const own = i8x16.eq(v128.load(p), none);
    const beside = v128.or(
      v128.or(
        v128.or(i8x16.eq(v128.load(p, 1), none), i8x16.eq(v128.load(p - 1), none)),
        v128.or(i8x16.eq(v128.load(above), none), i8x16.eq(v128.load(below), none)),
      ),
      v128.or(
        v128.or(i8x16.eq(v128.load(above - 1), none), i8x16.eq(v128.load(above, 1), none)),
        v128.or(i8x16.eq(v128.load(below - 1), none), i8x16.eq(v128.load(below, 1), none)),
      ),
    );
    v128.store(out + i, v128.or(own, v128.and(beside, i8x16.splat(1))));
  }
}
