import { erodibilityPerUsUnit } from '../erosion/units.ts';
import { correctionZhang2008 } from '../factors/soil-erodibility-epic-china-zhang2008.ts';
import { singleErodibilityEpic } from './single-erodibility.ts';

const { fround } = Math;
const unit = fround(erodibilityPerUsUnit);

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
 * Erodibility by the EPIC model of many cells, t·hm²·h·hm⁻²·MJ⁻¹·mm⁻¹; NaN where there is none: for each cell what the
 * method of models/factors gives, in single precision (single-erodibility.ts).
 */
export function erodibilityEpic(
  { sand, silt, clay, organic, organicDivisor }: TextureLayers,
  line: ErodibilityLine,
  out: Float32Array,
): void {
  const [intercept, slope, carbonShare] = [fround(line.intercept), fround(line.slope), fround(1 / organicDivisor)];
  for (let i = 0; i < out.length; i++) {
    const epic = singleErodibilityEpic(sand[i], silt[i], clay[i], fround(organic[i] * carbonShare));
    const erodibility = Math.max(0, fround(intercept + fround(slope * epic))) * unit;
    // Kernels differ in the sign bit of NaN.
    out[i] = Number.isNaN(erodibility) ? Number.NaN : erodibility;
  }
}
