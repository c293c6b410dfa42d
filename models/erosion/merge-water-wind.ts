import { requireSameLength } from '../errors.ts';

/** Agent that decides the class of a cell. */
export const erosionAgents = [
  { code: 0, name: { zh: '无数据', en: 'no data' } },
  { code: 1, name: { zh: '水力', en: 'water' } },
  { code: 2, name: { zh: '风力', en: 'wind' } },
] as const;

export type ErosionAgentCode = 0 | 1 | 2;

/**
 * Agent of a cell with a water and a wind class: the cell counts once, with the higher class; a tie goes to water.
 *
 * A cell without a water class has no class at all, because some factor is missing there. A cell without a wind class lies
 * outside the wind raster and has water erosion alone.
 * @param waterClass 1–6, 0 nodata
 * @param windClass 1–6, 0 outside the wind raster
 */
export function decidingAgent(waterClass: number, windClass: number): ErosionAgentCode {
  if (waterClass === 0) return 0;
  return windClass > waterClass ? 2 : 1;
}

/**
 * Merges the classes of a tile.
 * @param waterClass 1–6, 0 nodata
 * @param windClass 1–6, 0 outside the wind raster
 * @param agent receives 1 water, 2 wind, 0 nodata
 * @param out receives the class that counts, 0 nodata
 */
export function mergeWaterWind(
  waterClass: Uint8Array,
  windClass: Uint8Array,
  agent: Uint8Array,
  out: Uint8Array,
): Uint8Array {
  requireSameLength(out.length, { waterClass, windClass, agent });
  for (let cell = 0; cell < out.length; cell++) {
    agent[cell] = decidingAgent(waterClass[cell], windClass[cell]);
    out[cell] = agent[cell] === 2 ? windClass[cell] : waterClass[cell];
  }
  return out;
}
