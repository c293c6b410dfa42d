import { bytesOf } from './lanes';

/** Which of sixteen floats are no numbers, as bytes. */
@inline export function noneOf(p: usize): v128 {
  const a = v128.load(p);
  const b = v128.load(p, 16);
  const c = v128.load(p, 32);
  const d = v128.load(p, 48);
  return bytesOf(f32x4.ne(a, a), f32x4.ne(b, b), f32x4.ne(c, c), f32x4.ne(d, d));
}

/** Which of sixteen cells have a neighbour without data, as bytes. */
@inline export function gapsBeside(p: usize, row: usize): v128 {
  return bytesOf(fourBeside(p, row), fourBeside(p + 16, row), fourBeside(p + 32, row), fourBeside(p + 48, row));
}

@inline function fourBeside(p: usize, row: usize): v128 {
  const sum = f32x4.add(
    f32x4.add(
      f32x4.add(v128.load(p - row - 4), v128.load(p - row)),
      f32x4.add(v128.load(p - row, 4), v128.load(p - 4)),
    ),
    f32x4.add(
      f32x4.add(v128.load(p, 4), v128.load(p + row - 4)),
      f32x4.add(v128.load(p + row), v128.load(p + row, 4)),
    ),
  );
  return f32x4.ne(sum, sum);
}
