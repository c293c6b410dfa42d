import { crc32, deflateSync } from 'node:zlib';

/** Red, green, blue, opacity; each 0–255. */
export type PaletteColour = readonly [number, number, number, number];

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * A picture of palette indices, row-major from the top, as PNG with 8 bits per pixel (W3C PNG specification, colour type 3).
 *
 * @throws RangeError when the indices do not fill the picture or a palette has none or more than 256 colours.
 */
export function palettePng(
  width: number,
  height: number,
  indices: Uint8Array,
  palette: readonly PaletteColour[],
): Uint8Array {
  if (indices.length !== width * height)
    throw new RangeError(`a picture of ${width} × ${height} with ${indices.length} pixels`);
  if (palette.length === 0 || palette.length > 256) throw new RangeError(`a palette of ${palette.length} colours`);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  // Every line begins with its filter: 0, none.
  const lines = Buffer.alloc(height * (width + 1));
  for (let row = 0; row < height; row++)
    lines.set(indices.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  return Buffer.concat([
    Buffer.from(signature),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(([red, green, blue]) => [red, green, blue]))),
    chunk('tRNS', Buffer.from(palette.map(([, , , opacity]) => opacity))),
    // The picture goes into a figure, which is drawn and encoded as a whole.
    chunk('IDAT', deflateSync(lines, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}
