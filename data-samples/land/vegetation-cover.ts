import { gradientNoise, hashUnit } from '../noise.ts';
import { coveringGrid, type RegionFrame } from '../region-frame.ts';
import type { Terrain } from '../terrain/terrain.ts';

/** Cover maps have cells of 30 m. */
export const coverGrid = (frame: RegionFrame) => coveringGrid(frame, 30);

// Vegetation cover in percent by half-month, January to December.
const crops = [6, 6, 6, 7, 8, 10, 14, 20, 28, 36, 44, 52, 58, 62, 62, 58, 50, 40, 28, 20, 14, 10, 8, 7];
const irrigated = [7, 7, 7, 8, 10, 16, 26, 38, 48, 56, 64, 70, 74, 76, 74, 70, 60, 46, 30, 20, 14, 10, 8, 7];
const orchard = [12, 12, 12, 13, 15, 20, 28, 38, 46, 52, 58, 62, 66, 68, 68, 66, 60, 52, 42, 32, 22, 16, 13, 12];
const forest = [24, 24, 24, 25, 27, 31, 38, 48, 58, 66, 72, 76, 79, 80, 80, 78, 73, 65, 54, 44, 34, 28, 26, 25];
const shrub = [18, 18, 18, 19, 21, 25, 32, 41, 50, 57, 63, 67, 70, 72, 72, 69, 63, 55, 45, 35, 27, 22, 20, 19];
const grass = [14, 14, 14, 15, 16, 20, 26, 34, 43, 50, 56, 61, 65, 68, 68, 65, 59, 50, 40, 31, 23, 17, 15, 14];
const built = [4, 4, 4, 4, 5, 6, 8, 10, 12, 14, 15, 16, 16, 16, 16, 15, 14, 12, 9, 7, 6, 5, 4, 4];
const bare = [1, 1, 1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8, 7, 6, 5, 4, 3, 2, 2, 1, 1];

function curveOf(code: number): readonly number[] {
  if (code === 12 || code === 11 || code === 72) return irrigated;
  if (code === 13) return crops;
  if (code >= 21 && code <= 23) return orchard;
  if (code === 31) return forest;
  if (code === 32 || code === 33) return shrub;
  if (code >= 41 && code <= 43) return grass;
  if (code === 51 || code === 52 || code === 54 || code === 61) return built;
  return bare;
}

const yearFactor: Readonly<Record<number, number>> = { 2023: 0.95, 2024: 1.05 };

/** Vegetation cover of a year: 24 layers, one per half-month, in percent (0–100). */
export function vegetationCover(frame: RegionFrame, terrain: Terrain, landUse: Uint8Array, year: number): Uint8Array[] {
  const { width } = coverGrid(frame);
  const layers = Array.from({ length: 24 }, () => new Uint8Array(width * width));
  for (let y = 0; y < width; y++) {
    const row = Math.min(frame.size - 1, y * 3 + 1) * frame.size;
    for (let x = 0; x < width; x++) {
      const i = row + Math.min(frame.size - 1, x * 3 + 1);
      const curve = curveOf(landUse[i]!);
      const lasting =
        (yearFactor[year] ?? 1) *
        (1 +
          0.28 * gradientNoise(frame.seed + 351, x / 19, y / 19) +
          0.18 * (hashUnit(frame.seed + 352, x, y) - 0.5) +
          0.1 * terrain.northness[i]!);
      const passing = hashUnit(frame.seed + 353 + year, x, y);
      for (let k = 0; k < 24; k++) {
        const wobble = 1 + 0.05 * (((passing * (k + 7) * 5) % 1) - 0.5);
        layers[k]![y * width + x] = Math.min(98, Math.floor(curve[k]! * lasting * wobble + 0.5));
      }
    }
  }
  return layers;
}

/** Cover under the crowns (林下盖度) in percent; 0 on water and built ground. Used for orchards and woods only. */
export function understoreyCover(frame: RegionFrame, terrain: Terrain, landUse: Uint8Array): Uint8Array {
  const { width } = coverGrid(frame);
  const cover = new Uint8Array(width * width);
  for (let y = 0; y < width; y++) {
    const row = Math.min(frame.size - 1, y * 3 + 1) * frame.size;
    for (let x = 0; x < width; x++) {
      const i = row + Math.min(frame.size - 1, x * 3 + 1);
      const code = landUse[i]!;
      if (code > 50 && code < 80) continue;
      const base = code === 31 ? 62 : code === 21 || code === 23 ? 34 : 48;
      const value = base * (1 + 0.35 * gradientNoise(frame.seed + 354, x / 15, y / 15) + 0.1 * terrain.northness[i]!);
      cover[y * width + x] = Math.max(5, Math.min(95, Math.floor(value + 0.5)));
    }
  }
  return cover;
}
