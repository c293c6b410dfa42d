import { erodibilityPerUsUnit } from '../erosion/units.ts';
import { correctionZhang2008 } from '../factors/soil-erodibility-epic-china-zhang2008.ts';
import { erodibilityUsEpicWilliams1990 } from '../factors/soil-erodibility-epic-williams1990.ts';

/** Layers of texture in percent, one value per cell. */
export interface TextureLayers {
  readonly sand: Float32Array;
  readonly silt: Float32Array;
  readonly clay: Float32Array;
  readonly organic: Float32Array;
  /** The organic layer divided by this is organic carbon. */
  readonly organicDivisor: number;
}

/** A straight line that EPIC's value is put through, not below 0. */
export interface ErodibilityLine {
  readonly intercept: number;
  readonly slope: number;
}

/** The lines of the methods that are EPIC's formula, by id. */
export const epicLines: Readonly<Record<string, ErodibilityLine>> = {
  'epic-williams1990': { intercept: 0, slope: 1 },
  'epic-zhang2008-china': correctionZhang2008,
};

/**
 * Erodibility by the EPIC model of many cells, rounded to float32, t·hm²·h·hm⁻²·MJ⁻¹·mm⁻¹; NaN where there is none: for each
 * cell what the method of models/factors gives.
 */
export function erodibilityEpic(
  { sand, silt, clay, organic, organicDivisor }: TextureLayers,
  { intercept, slope }: ErodibilityLine,
  out: Float32Array,
): void {
  for (let i = 0; i < out.length; i++) {
    const epic = erodibilityUsEpicWilliams1990(sand[i], silt[i], clay[i], organic[i] / organicDivisor);
    const erodibility = Math.max(0, intercept + slope * epic) * erodibilityPerUsUnit;
    // Kernels differ in the sign bit of NaN.
    out[i] = Number.isNaN(erodibility) ? Number.NaN : erodibility;
  }
}
