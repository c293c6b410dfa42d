/* Tables: one load for the code and one for its value. Counts are multiples of four. */

/** Bytes through a table of 256 bytes. */
export function mapBytes(codes: usize, table: usize, count: i32, out: usize): void {
  for (let n: usize = 0; n < <usize>count; n += 4) {
    const word = load<u32>(codes + n);
    let mapped = <u32>load<u8>(table + <usize>(word & 255));
    mapped |= <u32>load<u8>(table + <usize>((word >> 8) & 255)) << 8;
    mapped |= <u32>load<u8>(table + <usize>((word >> 16) & 255)) << 16;
    mapped |= <u32>load<u8>(table + <usize>(word >> 24)) << 24;
    store<u32>(out + n, mapped);
  }
}

/** Marks of all bytes, from a table of 256, or-ed together. */
export function anyOfBytes(codes: usize, marks: usize, count: i32): i32 {
  let met: u32 = 0;
  for (let n: usize = 0; n < <usize>count; n += 4) {
    const word = load<u32>(codes + n);
    met |= <u32>load<u8>(marks + <usize>(word & 255)) | <u32>load<u8>(marks + <usize>((word >> 8) & 255));
    met |= <u32>load<u8>(marks + <usize>((word >> 16) & 255)) | <u32>load<u8>(marks + <usize>(word >> 24));
  }
  return <i32>met;
}

@inline
function storeFour(table: usize, a: usize, b: usize, c: usize, d: usize, out: usize): void {
  let four = v128.load32_zero(table + (a << 2));
  four = v128.load_lane<f32>(table + (b << 2), four, 1);
  four = v128.load_lane<f32>(table + (c << 2), four, 2);
  v128.store(out, v128.load_lane<f32>(table + (d << 2), four, 3));
}

/** Values of bytes from a table of 256 f32. */
export function valuesOfBytes(codes: usize, table: usize, count: i32, out: usize): void {
  for (let n: usize = 0; n < <usize>count; n += 4) {
    const word = <usize>load<u32>(codes + n);
    storeFour(table, word & 255, (word >> 8) & 255, (word >> 16) & 255, word >> 24, out + (n << 2));
  }
}

/** Values of 16-bit indices from a table of f32. */
export function valuesOfIndices(index: usize, table: usize, count: i32, out: usize): void {
  for (let n: usize = 0; n < <usize>count; n += 4) {
    const at = index + (n << 1);
    storeFour(
      table,
      <usize>load<u16>(at),
      <usize>load<u16>(at, 2),
      <usize>load<u16>(at, 4),
      <usize>load<u16>(at, 6),
      out + (n << 2),
    );
  }
}

@inline
function placed(codes: usize, starts: usize, index: usize, n: usize): usize {
  return <usize>load<u32>(starts + (<usize>load<u8>(codes + n) << 2)) + <usize>load<u16>(index + (n << 1));
}

/** Values of 16-bit indices from the table of each byte, which starts at a place of its own. */
export function valuesOfIndicesByCode(
  codes: usize,
  starts: usize,
  index: usize,
  table: usize,
  count: i32,
  out: usize,
): void {
  for (let n: usize = 0; n < <usize>count; n += 4)
    storeFour(
      table,
      placed(codes, starts, index, n),
      placed(codes, starts, index, n + 1),
      placed(codes, starts, index, n + 2),
      placed(codes, starts, index, n + 3),
      out + (n << 2),
    );
}
