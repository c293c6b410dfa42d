import { gradientNoise, hashUnit } from '../noise.ts';
import type { RegionFrame } from '../region-frame.ts';
import { type CarvedLandscape, carveLandscape } from './landscape-evolution.ts';
import { refine, slopeAndNorthness } from './refine.ts';
import { chooseReservoir, fillReservoir } from './reservoir.ts';
import { buildTerraces, terraceSuitability } from './terraces.ts';
import { widenValleys } from './valley-floors.ts';

/** The ground of the region on its 10 m grid, before settlements are built on it. */
export interface Terrain {
  readonly landscape: CarvedLandscape;
  /** Metres above sea level, no gaps yet. */
  readonly elevation: Float32Array;
  /** Tangent of the slope. */
  readonly slopeTangent: Float32Array;
  /** −1 facing south … 1 facing north. */
  readonly northness: Float32Array;
  /** Metres from the edge of the nearest valley floor, negative on the floor. */
  readonly floorDistance: Float32Array;
  /** 1 reservoir water, 2 dam. */
  readonly reservoir: Uint8Array;
  readonly terraced: Uint8Array;
}

const baseMetres = 1785;

/** Shapes the ground: valleys and gullies, valley floors, the reservoir and the terraces. */
export function shapeTerrain(frame: RegionFrame): Terrain {
  const { size, seed } = frame;
  const landscape = carveLandscape(frame);
  for (let i = 0; i < landscape.heights.length; i++) landscape.heights[i]! += baseMetres;
  const { width, margin } = landscape;
  const edge = widenValleys(frame, landscape);
  const site = chooseReservoir(frame, landscape);
  const suitability20 = terraceSuitability(frame, landscape, edge);
  const elevation = refine(frame, { values: landscape.heights, width, margin });
  const floorDistance = refine(frame, { values: edge, width, margin });
  const suitability = refine(frame, { values: suitability20, width, margin });
  roughen(elevation, size, seed);
  const reservoir = fillReservoir(frame, landscape, site, elevation);
  const terraced = buildTerraces(frame, elevation, suitability, reservoir);
  const { tangent, northness } = slopeAndNorthness(elevation, size, 10);
  return { landscape, elevation, slopeTangent: tangent, northness, floorDistance, reservoir, terraced };
}

/** Rills, banks and bumps that the carving at 20 m does not hold. */
function roughen(elevation: Float32Array, size: number, seed: number): void {
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const bump = 0.9 * gradientNoise(seed + 91, x / 8, y / 8);
      elevation[y * size + x]! += bump + 0.15 * (hashUnit(seed + 92, x, y) - 0.5);
    }
}

/** Rounds heights to 0.1 m and leaves the gap in the survey: a ragged hole of a few hundred cells. */
export function surveyedElevation(frame: RegionFrame, elevation: Float32Array): Float32Array {
  const { size, seed } = frame;
  const survey = new Float32Array(size * size);
  const gapX = Math.floor(size * 0.731);
  const gapY = Math.floor(size * 0.418);
  const radius = 12 * Math.max(0.5, Math.sqrt(frame.scale));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const i = y * size + x;
      survey[i] = Math.floor(elevation[i]! * 10 + 0.5) / 10;
      const dx = x - gapX;
      const dy = y - gapY;
      const away = dx * dx + dy * dy;
      if (away > 4 * radius * radius) continue;
      if (Math.sqrt(away) < radius * (1 + 0.7 * gradientNoise(seed + 95, x / 7, y / 7))) survey[i] = Number.NaN;
    }
  }
  return survey;
}
