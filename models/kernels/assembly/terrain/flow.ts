import { endCell, firstCell, stride } from './layout';

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
  const diagonal = f32x4.splat(<f32>Math.SQRT1_2);
  let steepest = f32x4.splat(0);
  let code = v128.bitselect(i32x4.splat(0), i32x4.splat(9), f32x4.ne(sum, sum));
  let drop = f32x4.sub(z, e);
  let more = f32x4.gt(drop, steepest);
  steepest = v128.bitselect(drop, steepest, more);
  code = v128.bitselect(i32x4.splat(1), code, more);
  drop = f32x4.mul(f32x4.sub(z, se), diagonal);
  more = f32x4.gt(drop, steepest);
  steepest = v128.bitselect(drop, steepest, more);
  code = v128.bitselect(i32x4.splat(2), code, more);
  drop = f32x4.sub(z, s);
  more = f32x4.gt(drop, steepest);
  steepest = v128.bitselect(drop, steepest, more);
  code = v128.bitselect(i32x4.splat(4), code, more);
  drop = f32x4.mul(f32x4.sub(z, sw), diagonal);
  more = f32x4.gt(drop, steepest);
  steepest = v128.bitselect(drop, steepest, more);
  code = v128.bitselect(i32x4.splat(8), code, more);
  drop = f32x4.sub(z, w);
  more = f32x4.gt(drop, steepest);
  steepest = v128.bitselect(drop, steepest, more);
  code = v128.bitselect(i32x4.splat(16), code, more);
  drop = f32x4.mul(f32x4.sub(z, nw), diagonal);
  more = f32x4.gt(drop, steepest);
  steepest = v128.bitselect(drop, steepest, more);
  code = v128.bitselect(i32x4.splat(32), code, more);
  drop = f32x4.sub(z, n);
  more = f32x4.gt(drop, steepest);
  steepest = v128.bitselect(drop, steepest, more);
  code = v128.bitselect(i32x4.splat(64), code, more);
  drop = f32x4.mul(f32x4.sub(z, ne), diagonal);
  more = f32x4.gt(drop, steepest);
  code = v128.bitselect(i32x4.splat(128), code, more);
  return v128.bitselect(i32x4.splat(255), code, f32x4.ne(z, z));
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
