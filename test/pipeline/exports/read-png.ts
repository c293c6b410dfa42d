import { inflateSync } from 'node:zlib';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of a pixel. */
  pixel(x: number, y: number): number[];
  /** How many pixels there are of each colour, by `#rrggbb`. */
  colours(): Map<string, number>;
}

/** Reads a PNG of 8 bits per sample: palette, RGB or RGBA, not interlaced. */
export function readPng(file: Uint8Array): Picture {
  const bytes = Buffer.from(file);
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    chunks.set(type, Buffer.concat([chunks.get(type) ?? Buffer.alloc(0), bytes.subarray(at + 8, at + 8 + length)]));
    at += 12 + length;
  }
  const header = chunks.get('IHDR')!;
  const [width, height, kind] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9]!];
  const samples = { 2: 3, 3: 1, 6: 4 }[kind]!;
  const data = unfilter(inflateSync(chunks.get('IDAT')!), width * samples, height, samples);
  const pixel = (x: number, y: number): number[] => {
    const at = (y * width + x) * samples;
    if (kind === 3) {
      const palette = chunks.get('PLTE')!.subarray(data[at]! * 3, data[at]! * 3 + 3);
      return [...palette, chunks.get('tRNS')?.[data[at]!] ?? 255];
    }
    return [...data.subarray(at, at + 3), samples === 4 ? data[at + 3]! : 255];
  };
  const colours = () => {
    const counts = new Map<number, number>();
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const [red, green, blue] = pixel(x, y) as [number, number, number];
        const key = red * 65536 + green * 256 + blue;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    return new Map([...counts].map(([key, count]) => [hex([key >> 16, (key >> 8) & 255, key & 255]), count]));
  };
  return { width, height, pixel, colours };
}

export const hex = (pixel: readonly number[]): string =>
  `#${pixel
    .slice(0, 3)
    .map((sample) => sample.toString(16).padStart(2, '0'))
    .join('')}`;

function unfilter(lines: Buffer, stride: number, height: number, step: number): Uint8Array {
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (stride + 1)]!;
    for (let i = 0; i < stride; i++) {
      const left = i >= step ? out[y * stride + i - step]! : 0;
      const up = y > 0 ? out[(y - 1) * stride + i]! : 0;
      const corner = y > 0 && i >= step ? out[(y - 1) * stride + i - step]! : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!;
      out[y * stride + i] = lines[y * (stride + 1) + 1 + i]! + guess;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
