import { fractalNoise, gradientNoise, hashUnit } from '../noise.ts';
import type { RegionFrame } from '../region-frame.ts';
import type { Terrain } from '../terrain/terrain.ts';
import type { ParcelMap } from './parcels.ts';

/** What people have built: rasters of the 10 m grid. */
export interface BuiltGround {
  /** 1 town, 2 village. */
  readonly settlements: Uint8Array;
  /** 1 country road, 2 main road. */
  readonly roads: Uint8Array;
  readonly rivers: Uint8Array;
}

// Tangents of 2°, 6°, 15°, 25° and 32°.
const tan6 = 0.105104;
const tan15 = 0.267949;
const tan25 = 0.466308;
const tan32 = 0.624869;

interface ParcelFacts {
  readonly slope: Float32Array;
  readonly northness: Float32Array;
}

function parcelFacts(terrain: Terrain, parcels: ParcelMap): ParcelFacts {
  const slope = new Float32Array(parcels.count);
  const northness = new Float32Array(parcels.count);
  const cells = new Int32Array(parcels.count);
  for (let i = 0; i < parcels.parcel.length; i++) {
    const p = parcels.parcel[i]!;
    slope[p]! += terrain.slopeTangent[i]!;
    northness[p]! += terrain.northness[i]!;
    cells[p]!++;
  }
  for (let p = 0; p < parcels.count; p++) {
    if (cells[p] === 0) continue;
    slope[p]! /= cells[p]!;
    northness[p]! /= cells[p]!;
  }
  return { slope, northness };
}

/** First code whose share, added up, exceeds the draw (0–1). */
function pick(draw: number, shares: readonly (readonly [code: number, share: number])[]): number {
  let sum = 0;
  for (const [code, share] of shares) {
    sum += share;
    if (draw < sum) return code;
  }
  return shares[shares.length - 1]![0];
}

function floorUse(draw: number, depth: number, salt: number): number {
  if (salt > 0.52) return 81;
  if (depth < -60)
    return pick(draw, [
      [12, 0.78],
      [21, 0.07],
      [23, 0.03],
      [13, 0.07],
      [42, 0.03],
      [33, 0.02],
    ]);
  return pick(draw, [
    [13, 0.52],
    [12, 0.2],
    [21, 0.08],
    [43, 0.1],
    [33, 0.1],
  ]);
}

function terraceUse(draw: number, orchard: number): number {
  if (orchard > 0.3)
    return pick(draw, [
      [21, 0.62],
      [13, 0.3],
      [42, 0.08],
    ]);
  return pick(draw, [
    [13, 0.84],
    [42, 0.08],
    [21, 0.03],
    [33, 0.05],
  ]);
}

function slopeUse(draw: number, rest: number, slope: number, northness: number, wood: number): number {
  const shade = northness > 0.25 ? 1 : 0;
  const woods = Math.min(0.9, Math.max(0.015, (wood + 0.16) * (0.7 + 1.1 * shade)));
  if (slope < tan6)
    return pick(draw, [
      [13, 0.76],
      [42, 0.07],
      [33, 0.05],
      [43, 0.12],
    ]);
  if (draw < woods * (slope < tan15 ? 0.55 : 1)) {
    const kind = draw / woods;
    return shade
      ? pick(kind, [
          [31, 0.4],
          [32, 0.4],
          [33, 0.2],
        ])
      : pick(kind, [
          [32, 0.55],
          [33, 0.35],
          [31, 0.1],
        ]);
  }
  if (slope < tan15)
    return pick(rest, [
      [13, 0.45],
      [42, 0.08],
      [43, 0.41],
      [41, 0.06],
    ]);
  if (slope < tan25)
    return pick(rest, [
      [13, 0.17],
      [43, 0.57],
      [41, 0.2],
      [42, 0.04],
      [83, 0.02],
    ]);
  return pick(rest, [
    [13, 0.015],
    [43, 0.66],
    [41, 0.22],
    [83, 0.09],
    [84, 0.015],
  ]);
}

/** Land use of 2023 without disturbances: fields by slope, woods on shady slopes, and what people have built on top. */
export function firstYearLandUse(
  frame: RegionFrame,
  terrain: Terrain,
  parcels: ParcelMap,
  built: BuiltGround,
): Uint8Array {
  const { size, seed } = frame;
  const facts = parcelFacts(terrain, parcels);
  const parcelUse = new Uint8Array(parcels.count * 3);
  const codes = new Uint8Array(size * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const i = y * size + x;
      const water = terrain.reservoir[i];
      if (water === 1 || built.rivers[i]) codes[i] = 71;
      else if (water === 2) codes[i] = 54;
      else if (built.roads[i]) codes[i] = built.roads[i] === 2 ? 62 : 61;
      else if (built.settlements[i]) codes[i] = built.settlements[i] === 1 ? 51 : 52;
      if (codes[i]) continue;
      const slope = terrain.slopeTangent[i]!;
      const p = parcels.parcel[i]!;
      const form = terrain.floorDistance[i]! < 0 && slope < 0.2 ? 0 : terrain.terraced[i] ? 1 : 2;
      if (form === 2 && slope > tan32) {
        codes[i] = hashUnit(seed + 311, p) < 0.2 ? 83 : 43;
        continue;
      }
      const known = parcelUse[p * 3 + form]!;
      if (known) {
        codes[i] = known;
        continue;
      }
      const draw = hashUnit(seed + 312 + form, p);
      const wide = fractalNoise(seed + 320 + form, x / 130, y / 130, 2);
      let code: number;
      if (form === 0) code = floorUse(draw, terrain.floorDistance[i]!, wide);
      else if (form === 1) code = terraceUse(draw, wide);
      else {
        // Neighbouring fields tend to be used alike.
        const alike = 0.5 + 1.1 * gradientNoise(seed + 316, x / 34, y / 34) + 0.5 * (draw - 0.5);
        const rest = Math.min(0.9999, Math.max(0, alike));
        // Woods were planted hillside by hillside, so they stand in groves.
        const grove = 0.42 + 1.25 * gradientNoise(seed + 317, x / 46, y / 46) + 0.42 * (draw - 0.5);
        const stand = Math.min(0.9999, Math.max(0, grove));
        code = slopeUse(stand, rest, facts.slope[p]!, facts.northness[p]!, wide + (y / size - 0.5) * 0.3);
      }
      parcelUse[p * 3 + form] = code;
      codes[i] = code;
    }
  }
  addMarsh(frame, terrain, codes);
  return codes;
}

/** Wet ground on flat land beside the reservoir. */
function addMarsh(frame: RegionFrame, terrain: Terrain, codes: Uint8Array): void {
  const { size } = frame;
  for (let y = 3; y < size - 3; y++)
    for (let x = 3; x < size - 3; x++) {
      const i = y * size + x;
      if (terrain.reservoir[i] || codes[i]! > 50 || terrain.slopeTangent[i]! > 0.12) continue;
      if (terrain.reservoir[i + 3] === 1 || terrain.reservoir[i - 3] === 1 || terrain.reservoir[i + 3 * size] === 1)
        codes[i] = 72;
    }
}
