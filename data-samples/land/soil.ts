import { fractalNoise } from '../noise.ts';
import { coveringGrid, type RegionFrame, roundTo } from '../region-frame.ts';
import type { Terrain } from '../terrain/terrain.ts';
import { exponential, logarithm } from './scalar-functions.ts';

/** Soil maps have cells of 90 m. */
export const soilGrid = (frame: RegionFrame) => coveringGrid(frame, 90);

/** Sand, silt, clay and organic carbon in percent, and erodibility in t·hm²·h·hm⁻²·MJ⁻¹·mm⁻¹. */
export interface SoilMaps {
  readonly sand: Float32Array;
  readonly silt: Float32Array;
  readonly clay: Float32Array;
  readonly organicCarbon: Float32Array;
  readonly erodibility: Float32Array;
}

/** Loess soils: silt throughout, coarser to the north, heavier and richer on the valley floors. */
export function soilMaps(frame: RegionFrame, terrain: Terrain): SoilMaps {
  const { width } = soilGrid(frame);
  const count = width * width;
  const maps: SoilMaps = {
    sand: new Float32Array(count),
    silt: new Float32Array(count),
    clay: new Float32Array(count),
    organicCarbon: new Float32Array(count),
    erodibility: new Float32Array(count),
  };
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const column = Math.min(frame.size - 1, x * 9 + 4);
      const row = Math.min(frame.size - 1, y * 9 + 4);
      const floor = terrain.floorDistance[row * frame.size + column]! < 0 ? 1 : 0;
      const south = row / frame.size;
      const clay = roundTo(13 + 3 * south + 3 * floor + 4 * fractalNoise(frame.seed + 341, x / 26, y / 26, 3), 1);
      const sand = roundTo(25 - 7 * south - 3 * floor + 8 * fractalNoise(frame.seed + 342, x / 30, y / 30, 3), 1);
      const carbon = 0.62 + 0.25 * south + 0.2 * floor + 0.45 * fractalNoise(frame.seed + 343, x / 18, y / 18, 3);
      maps.clay[i] = clay;
      maps.sand[i] = sand;
      maps.silt[i] = roundTo(100 - clay - sand, 1);
      maps.organicCarbon[i] = roundTo(Math.max(0.2, carbon), 2);
      maps.erodibility[i] = roundTo(
        chinaErodibility(maps.sand[i]!, maps.silt[i]!, maps.clay[i]!, maps.organicCarbon[i]!),
        5,
      );
    }
  }
  return maps;
}

/** EPIC erodibility (Williams 1990) with the correction for China of Zhang Keli and others (2008), SI units. */
function chinaErodibility(sand: number, silt: number, clay: number, carbon: number): number {
  const coarse = 0.2 + 0.3 * exponential(-0.0256 * sand * (1 - silt / 100));
  const fine = exponential(0.3 * logarithm(silt / (clay + silt)));
  const organic = 1 - (0.25 * carbon) / (carbon + exponential(3.72 - 2.95 * carbon));
  const rest = 1 - sand / 100;
  const sandy = 1 - (0.7 * rest) / (rest + exponential(-5.51 + 22.9 * rest));
  const epic = coarse * fine * organic * sandy;
  return (-0.01383 + 0.51575 * epic) * 0.1317;
}
