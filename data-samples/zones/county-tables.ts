import { hashUnit } from '../noise.ts';
import { type RegionFrame, roundTo } from '../region-frame.ts';
import type { SampleFeature } from './polygons.ts';

export interface OfficialArea {
  readonly code: string;
  readonly name: string;
  readonly landAreaKm2: number;
  readonly source: string;
  readonly year: number;
}

export interface RateTarget {
  readonly code: string;
  readonly name: string;
  readonly targetYear: number;
  readonly targetRatePercent: number;
  readonly source: string;
}

/** Official land areas: those of the maps with a difference of up to 0.4 %, as surveys differ. */
export function officialAreas(frame: RegionFrame, counties: readonly SampleFeature[]): OfficialArea[] {
  return counties.map(({ properties }, n) => ({
    code: String(properties.XZQDM),
    name: String(properties.XZQMC),
    landAreaKm2: roundTo(Number(properties.MJ) * (0.996 + 0.008 * hashUnit(frame.seed + 421, n)), 2),
    source: '样例国土变更调查',
    year: 2023,
  }));
}

/** Targets of the conservation rate (水土保持率), two dates for each county. */
export function rateTargets(frame: RegionFrame, counties: readonly SampleFeature[]): RateTarget[] {
  return counties.flatMap(({ properties }, n) => {
    const near = 50 + 12 * hashUnit(frame.seed + 422, n);
    return [2025, 2035].map((targetYear) => ({
      code: String(properties.XZQDM),
      name: String(properties.XZQMC),
      targetYear,
      targetRatePercent: roundTo(near + (targetYear === 2035 ? 6 : 0), 2),
      source: '样例水土保持规划',
    }));
  });
}
