/**
 * Copies pieces of rows of a layer to rows of another length.
 *
 * @param stride bytes from a row to the next
 * @param bytes of a piece
 * @param outStride bytes from a piece to the next
 */
export function copyRows(from: usize, stride: usize, bytes: usize, rows: i32, out: usize, outStride: usize): void {
  for (let row = 0; row < rows; row++) {
    memory.copy(out, from, bytes);
    from += stride;
    out += outStride;
  }
}
