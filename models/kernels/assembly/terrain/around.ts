/** What is true of the eight neighbours of a cell, found for a row of three at once, as D8 codes or'd together. */

/** Direction of cells that have no lower neighbour. */
export const flat: u8 = 9;

/** South-west, south and south-east, as bits in that order, as their codes. */
const codesBelow = memory.data<u8>([0, 8, 4, 12, 2, 10, 6, 14]);

/** Codes of neighbours by bits of three cells of the row above, of the cell's own row and of the row below, westernmost first. */
@inline export function codesOf(above: u32, beside: u32, below: u32): u32 {
  const level = ((beside & 4) >> 2) | ((beside & 1) << 4);
  return ((above & 7) << 5) | level | load<u8>(codesBelow + <usize>(below & 7));
}

/** The same by comparisons of words or floats, each row from the western neighbour on. */
@inline export function codesOfWords(above: v128, beside: v128, below: v128): u32 {
  return codesOf(i32x4.bitmask(above), i32x4.bitmask(beside), i32x4.bitmask(below));
}

/** Which of the cells before, at and after a place are flat, as bits; the highest of four is of the next. */
@inline export function flatsAround(p: usize): u32 {
  return i8x16.bitmask(i8x16.eq(v128.load32_zero(p - 1), i8x16.splat(<i8>flat)));
}
