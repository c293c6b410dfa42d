const asRuns = 0;
const asBits = 1;

/**
 * A set of cells as bytes: runs where cells lie together, else one bit per cell; whichever is shorter, and so never more
 * than one bit per cell.
 *
 * The first byte tells which. Runs are alternating counts of cells to skip and cells to take, in row-major order, each in
 * 7-bit groups with the lowest first (LEB128); bits are row-major, the lowest first. No cells at all are no bytes.
 *
 * @param cells non-zero for the cells of the set
 */
export function encodeCellSet(cells: Uint8Array): Uint8Array {
  const limit = 1 + Math.ceil(cells.length / 8);
  const bytes = new Uint8Array(limit);
  let size = 0;
  bytes[size++] = asRuns;
  let value = 0;
  let count = 0;
  // Runs are followed four cells at a time: of zeros, and of ones, which sets have as a rule.
  const words = wordsOf(cells);
  for (let cell = 0; cell <= cells.length; cell++) {
    for (const same = value * 0x01010101; (cell & 3) === 0 && words[cell >> 2] === same; cell += 4) count += 4;
    const next = cell < cells.length && cells[cell] !== 0 ? 1 : 0;
    if (next === value) {
      count++;
      continue;
    }
    for (; count >= 128 && size < limit; count = Math.floor(count / 128)) bytes[size++] = (count & 127) | 128;
    if (size >= limit) return encodeBits(cells, bytes.fill(0));
    bytes[size++] = count;
    value = next;
    count = 1;
  }
  return size === 1 ? new Uint8Array(0) : bytes.slice(0, size);
}

/** Bytes by fours, without those beyond the last four. */
function wordsOf({ buffer, byteOffset, length }: Uint8Array): Uint32Array {
  const count = length >> 2;
  return byteOffset % 4 === 0
    ? new Uint32Array(buffer, byteOffset, count)
    : new Uint32Array(buffer.slice(byteOffset, byteOffset + 4 * count));
}

function encodeBits(cells: Uint8Array, bytes: Uint8Array): Uint8Array {
  bytes[0] = asBits;
  for (let cell = 0; cell < cells.length; cell++) if (cells[cell] !== 0) bytes[1 + (cell >> 3)] |= 1 << (cell & 7);
  return bytes;
}

/** Calls back for runs of neighbouring cells of a set, in row-major order; together they are the set. */
export function forEachRunOfSet(bytes: Uint8Array, use: (first: number, count: number) => void): void {
  if (bytes.length === 0) return;
  if (bytes[0] === asBits) {
    for (let at = 1; at < bytes.length; at++)
      for (let bits = bytes[at]; bits !== 0; bits &= bits - 1) use((at - 1) * 8 + (31 - Math.clz32(bits & -bits)), 1);
    return;
  }
  let cell = 0;
  let taking = false;
  for (let at = 1; at < bytes.length; taking = !taking) {
    let count = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++];
      count += (byte & 127) * factor;
      if (byte < 128) break;
    }
    if (taking) use(cell, count);
    cell += count;
  }
}
