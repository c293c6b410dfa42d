import { fetchRow } from './ahead';
import { bytesOf } from './lanes';
import { gapsBeside, noneOf } from './gaps';
import { height, offsetsByOrder, stride } from './layout';

// Constants are read from memory: V8 would put each together from two numbers at every use.
const rootHalf = memory.data<f32>([<f32>Math.SQRT1_2]);

/** Each code eight times, as bytes. */
const codeBytes = memory.data<u64>([0x0101010101010101, 0x0202020202020202, 0x0404040404040404, 0x0808080808080808, 0x1010101010101010, 0x2020202020202020, 0x4040404040404040, 0x8080808080808080, 0x0909090909090909], 16);

/**
 * D8 directions on a filled surface with its ring, see `d8FlowDirection`: codes 1 … 128, 0 = drains out, 9 = flat, 255 =
 * nodata. Ring and padding of the result mean nothing.
 *
 * @returns whether any level is −0
 */
export function d8(filled: usize, out: usize): bool {
  const row = (<usize>stride) << 2;
  let least = i32x4.splat(0);
  for (let y = 1; y <= height; y++) {
    fetchRow(filled, y + 1, 4);
    least = i32x4.min_s(least, directRow(filled, out, y, row));
  }
  // As a whole number −0 is the least of all.
  return v128.any_true(i32x4.eq(least, i32x4.splat(i32.MIN_VALUE)));
}

/** Returns the least of the row's levels taken as whole numbers, in four parts. */
@inline function directRow(filled: usize, out: usize, y: i32, row: usize): v128 {
  let least = i32x4.splat(0);
  for (let i = y * stride; i < (y + 1) * stride; i += 16) {
    const p = filled + ((<usize>i) << 2);
    const a = v128.load(p);
    const b = v128.load(p, 16);
    const c = v128.load(p, 32);
    const d = v128.load(p, 48);
    least = i32x4.min_s(least, i32x4.min_s(i32x4.min_s(a, b), i32x4.min_s(c, d)));
    const diagonal = v128.load32_splat(rootHalf);
    let steepA = f32x4.splat(0);
    let steepB = steepA;
    let steepC = steepA;
    let steepD = steepA;
    let sum = steepA;
    let code = steepA;
    // East and south-east, and so on around. A later neighbour wins where its drop is larger, and its code is larger too.
    for (let k: usize = 0; k < 32; k += 8) {
      const straight = p + (<usize>load<i32>(offsetsByOrder + k) << 2);
      let dropA = f32x4.sub(a, v128.load(straight));
      let dropB = f32x4.sub(b, v128.load(straight, 16));
      let dropC = f32x4.sub(c, v128.load(straight, 32));
      let dropD = f32x4.sub(d, v128.load(straight, 48));
      sum = f32x4.add(sum, f32x4.add(f32x4.add(dropA, dropB), f32x4.add(dropC, dropD)));
      let more = bytesOf(f32x4.gt(dropA, steepA), f32x4.gt(dropB, steepB), f32x4.gt(dropC, steepC), f32x4.gt(dropD, steepD));
      code = i8x16.max_u(code, v128.and(more, v128.load64_splat(codeBytes + (k << 1))));
      steepA = f32x4.pmax(steepA, dropA);
      steepB = f32x4.pmax(steepB, dropB);
      steepC = f32x4.pmax(steepC, dropC);
      steepD = f32x4.pmax(steepD, dropD);
      const oblique = p + (<usize>load<i32>(offsetsByOrder + k, 4) << 2);
      dropA = f32x4.mul(f32x4.sub(a, v128.load(oblique)), diagonal);
      dropB = f32x4.mul(f32x4.sub(b, v128.load(oblique, 16)), diagonal);
      dropC = f32x4.mul(f32x4.sub(c, v128.load(oblique, 32)), diagonal);
      dropD = f32x4.mul(f32x4.sub(d, v128.load(oblique, 48)), diagonal);
      sum = f32x4.add(sum, f32x4.add(f32x4.add(dropA, dropB), f32x4.add(dropC, dropD)));
      more = bytesOf(f32x4.gt(dropA, steepA), f32x4.gt(dropB, steepB), f32x4.gt(dropC, steepC), f32x4.gt(dropD, steepD));
      code = i8x16.max_u(code, v128.and(more, v128.load64_splat(codeBytes + (k << 1), 8)));
      steepA = f32x4.pmax(steepA, dropA);
      steepB = f32x4.pmax(steepB, dropB);
      steepC = f32x4.pmax(steepC, dropC);
      steepD = f32x4.pmax(steepD, dropD);
    }
    const isFlat = i8x16.eq(code, i8x16.splat(0));
    code = v128.or(code, v128.and(isFlat, v128.load64_splat(codeBytes, 64)));
    if (v128.any_true(f32x4.ne(sum, sum))) code = besideGaps(p, row, code);
    v128.store(out + i, code);
  }
  return least;
}

/** Codes of sixteen cells, some of them nodata or beside nodata, by their codes where there is none. */
function besideGaps(p: usize, row: usize, codes: v128): v128 {
  const none = noneOf(p);
  if (i8x16.bitmask(none) == 0xffff) return none;
  const gaps = gapsBeside(p, row);
  const isFlat = i8x16.eq(codes, v128.load64_splat(codeBytes, 64));
  return v128.or(none, v128.andnot(codes, v128.and(gaps, isFlat)));
}
