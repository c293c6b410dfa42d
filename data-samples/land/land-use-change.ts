import { hashUnit } from '../noise.ts';
import type { RegionFrame } from '../region-frame.ts';
import type { Terrain } from '../terrain/terrain.ts';
import type { ParcelMap } from './parcels.ts';

/** Why the land use of a cell differs between the years; 0 where it does not. */
export const changeReasons = {
  1: '新增扰动',
  2: '退耕还林还草',
  3: '荒坡造林',
  4: '开垦',
  5: '种植结构调整',
  6: '城镇村扩展',
  7: '植被恢复',
} as const;

export type ChangeReason = keyof typeof changeReasons;

/** Changes of each reason, as code before → codes after. New disturbances take any code before to 53. */
export const changesByReason: Readonly<Record<Exclude<ChangeReason, 1>, Readonly<Record<number, readonly number[]>>>> =
  {
    2: { 13: [33, 43] },
    3: { 43: [32, 33] },
    4: { 43: [13] },
    5: { 13: [12, 21] },
    // Grown from any unbuilt land; the reason has no list of its own.
    6: {},
    7: { 33: [31], 83: [43] },
  };

export interface LandUseChange {
  readonly codes: Uint8Array;
  readonly reason: Uint8Array;
}

// Tangent of 15°.
const tan15 = 0.267949;

/** Land use of 2024 without disturbances: some fields given up, planted or ploughed, and villages grown a little. */
export function secondYearLandUse(
  frame: RegionFrame,
  terrain: Terrain,
  parcels: ParcelMap,
  before: Uint8Array,
): LandUseChange {
  const { size, seed } = frame;
  const codes = before.slice();
  const reason = new Uint8Array(before.length);
  for (let i = 0; i < codes.length; i++) {
    const draw = hashUnit(seed + 331, parcels.parcel[i]!, before[i]!);
    const change = fieldChange(before[i]!, draw, {
      steep: terrain.slopeTangent[i]! > tan15,
      terraced: terrain.terraced[i] === 1,
      floor: terrain.floorDistance[i]! < 0,
    });
    if (!change) continue;
    codes[i] = change.code;
    reason[i] = change.reason;
  }
  for (let y = 1; y < size - 1; y++)
    for (let x = 1; x < size - 1; x++) {
      const i = y * size + x;
      if (before[i]! > 50 || hashUnit(seed + 332, x >> 2, y >> 2) > 0.05) continue;
      for (const j of [i - 1, i + 1, i - size, i + size]) {
        if (before[j] !== 52 && before[j] !== 51) continue;
        codes[i] = before[j]!;
        reason[i] = 6;
      }
    }
  return { codes, reason };
}

interface FieldGround {
  readonly steep: boolean;
  readonly terraced: boolean;
  readonly floor: boolean;
}

function fieldChange(
  code: number,
  draw: number,
  ground: FieldGround,
): { code: number; reason: ChangeReason } | undefined {
  if (code === 13) {
    if (ground.steep && draw < 0.06) return { code: draw < 0.03 ? 33 : 43, reason: 2 };
    if (ground.terraced && draw > 0.985) return { code: 21, reason: 5 };
    if (ground.floor && draw > 0.97) return { code: 12, reason: 5 };
  } else if (code === 43) {
    if (draw < 0.022) return { code: draw < 0.012 ? 33 : 32, reason: 3 };
    if (draw > 0.994) return { code: 13, reason: 4 };
  } else if (code === 83 && draw < 0.05) return { code: 43, reason: 7 };
  else if (code === 33 && draw < 0.02) return { code: 31, reason: 7 };
  return undefined;
}

/** Reasons of the finished maps: disturbances, burnt in later, take the place of what was planned before. */
export function finalReasons(first: Uint8Array, second: Uint8Array, planned: Uint8Array): Uint8Array {
  return planned.map((reason, i) => (first[i] === second[i] ? 0 : second[i] === 53 ? 1 : reason));
}
