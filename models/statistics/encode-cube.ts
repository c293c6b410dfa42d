import { type Cube, compareRows, cubeOfRows } from './cube.ts';

/** First bytes of an encoded cube: `SBCUBE`, version 1, newline. */
const signature = Uint8Array.from([0x53, 0x42, 0x43, 0x55, 0x42, 0x45, 0x31, 0x0a]);

/**
 * Bytes of a cube. Equal cubes give equal bytes: after the signature come the number of zone sets and of rows, then row by row the
 * zones, land use, slope band, intensity, cause, cells and modulus sum, all as unsigned LEB128.
 */
export function encodeCube(cube: Cube): Uint8Array {
  const writer = new Writer();
  for (const byte of signature) writer.byte(byte);
  writer.unsigned(cube.zoneSetCount);
  writer.unsigned(cube.rowCount);
  for (let row = 0; row < cube.rowCount; row++) {
    for (let set = 0; set < cube.zoneSetCount; set++) writer.unsigned(cube.zones[row * cube.zoneSetCount + set]);
    writer.unsigned(cube.landUse[row]);
    writer.unsigned(cube.slopeBand[row]);
    writer.unsigned(cube.intensity[row]);
    writer.unsigned(cube.cause[row]);
    writer.unsigned(cube.cells[row]);
    writer.big(cube.modulusThousandths[row]);
  }
  return writer.bytes();
}

/** @throws RangeError when the bytes are not an encoded cube, are cut off, carry more than one, or are out of order. */
export function decodeCube(bytes: Uint8Array): Cube {
  for (let i = 0; i < signature.length; i++)
    if (bytes[i] !== signature[i]) throw new RangeError('these bytes are not a statistics cube of version 1');
  const reader = new Reader(bytes, signature.length);
  const zoneSetCount = reader.unsigned();
  const rowCount = reader.unsigned();
  // Each row takes at least six bytes besides its zones, so a damaged count cannot ask for endless memory.
  if (rowCount * (6 + zoneSetCount) > bytes.length) throw new RangeError('the statistics cube is cut off');
  const cube = cubeOfRows(zoneSetCount, rowCount);
  const { zones, landUse, slopeBand, intensity, cause, cells, modulusThousandths } = cube;
  for (let row = 0; row < rowCount; row++) {
    for (let set = 0; set < zoneSetCount; set++) zones[row * zoneSetCount + set] = reader.unsigned();
    landUse[row] = reader.unsigned();
    slopeBand[row] = reader.unsigned();
    intensity[row] = reader.unsigned();
    cause[row] = reader.unsigned();
    cells[row] = reader.unsigned();
    modulusThousandths[row] = reader.big();
  }
  if (!reader.atEnd()) throw new RangeError('the statistics cube is followed by other bytes');
  for (let row = 1; row < rowCount; row++)
    if (compareRows(cube, row - 1, cube, row) >= 0)
      throw new RangeError(`row ${row} of the statistics cube is out of order`);
  return cube;
}

class Writer {
  private buffer = new Uint8Array(4096);
  private length = 0;

  byte(value: number): void {
    if (this.length === this.buffer.length) {
      const larger = new Uint8Array(this.buffer.length * 2);
      larger.set(this.buffer);
      this.buffer = larger;
    }
    this.buffer[this.length++] = value;
  }

  unsigned(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.byte((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  big(value: bigint): void {
    if (value <= BigInt(Number.MAX_SAFE_INTEGER)) {
      this.unsigned(Number(value));
      return;
    }
    let rest = value;
    while (rest >= 128n) {
      this.byte(Number(rest & 127n) + 128);
      rest >>= 7n;
    }
    this.byte(Number(rest));
  }

  bytes(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }
}

class Reader {
  private readonly bytes: Uint8Array;
  private at: number;

  constructor(bytes: Uint8Array, start: number) {
    this.bytes = bytes;
    this.at = start;
  }

  unsigned(): number {
    const value = this.big();
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError('a number in the statistics cube is too large');
    return Number(value);
  }

  big(): bigint {
    let low = 0;
    let scale = 1;
    // Seven groups of seven bits stay exact as a double; only larger values need a bigint.
    for (let group = 0; group < 7; group++) {
      const byte = this.next();
      low += (byte & 127) * scale;
      if (byte < 128) return BigInt(low);
      scale *= 128;
    }
    let value = BigInt(low);
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.next();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw new RangeError('a number in the statistics cube is too large');
  }

  atEnd(): boolean {
    return this.at === this.bytes.length;
  }

  private next(): number {
    if (this.at >= this.bytes.length) throw new RangeError('the statistics cube is cut off');
    return this.bytes[this.at++];
  }
}
