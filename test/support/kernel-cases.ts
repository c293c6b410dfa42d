import type { Allocator } from '../../models/kernels/allocator.ts';
import type { ErosivityLines } from '../../models/kernels/half-month-kernels.ts';
import { lineLength, linesOfValues, paddedCount, sumLines } from '../../models/kernels/line-rows.ts';

/** Numbers from 0 to 1, the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const codes = [11, 13, 21, 22, 23, 31, 32, 33, 41, 42, 43, 51, 71, 81, 82, 84, 0, 255];

/** Erosivity of one row of cells on lines. */
export function erosivityLines(allocator: Allocator, bands: readonly Float32Array[], cells: number): ErosivityLines {
  const room = {
    place: allocator.int32(paddedCount(cells)),
    share: allocator.float64(cells),
    line: allocator.float64(lineLength(cells, bands.length)),
  };
  const line = allocator.float64(lineLength(cells, 1));
  const halfMonths = linesOfValues(bands, bands[0]!.length, room);
  sumLines(halfMonths, line);
  return { halfMonths, year: { ...halfMonths, bands: 1, line } };
}

/** Layers of B for some cells: every kind of land, holes in every layer, and cells without erosive rain. */
export function practiceCase(allocator: Allocator, cells: number, seed: number) {
  const next = randomNumbers(seed);
  const layer = (most: number): Float32Array => {
    const values = allocator.float32(cells);
    for (let i = 0; i < cells; i++) values[i] = next() < 0.01 ? Number.NaN : next() * most;
    return values;
  };
  const landUse = allocator.uint8(cells);
  for (let i = 0; i < cells; i++) landUse[i] = codes[Math.floor(next() * codes.length)]!;
  const cover = Array.from({ length: 24 }, () => layer(1));
  const halfMonth = Array.from({ length: 24 }, () => layer(300));
  for (const values of halfMonth) for (let i = 0; i < cells; i += 17) values[i] = 0;
  const annual = allocator.float32(cells);
  for (let i = 0; i < cells; i++) annual[i] = halfMonth.reduce((sum, values) => sum + values[i]!, 0);
  return {
    landUse,
    cover,
    understorey: layer(1),
    annual,
    halfMonth,
    erosivity: erosivityLines(allocator, halfMonth, cells),
  };
}

/** The same with cover and understorey in bytes: whole percents, 255 for nodata. */
export function bytePracticeCase(allocator: Allocator, cells: number, seed: number) {
  const next = randomNumbers(seed + 1);
  const values = Float32Array.from({ length: 256 }, (_, code) => (code === 255 ? Number.NaN : code * 0.01));
  const layer = (): Uint8Array => {
    const bytes = allocator.uint8(cells);
    for (let i = 0; i < bytes.length; i++) bytes[i] = next() < 0.01 ? 255 : Math.floor(next() * 101);
    return bytes;
  };
  const cover = { bands: Array.from({ length: 24 }, layer), values };
  return { ...practiceCase(allocator, cells, seed), cover, understorey: { bands: [layer()], values } };
}
