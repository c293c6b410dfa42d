import { singlePower, singlePowerOfTwo } from '../arithmetic/single-power.ts';
import { isTexture } from '../factors/soil-texture.ts';

/*
 * EPIC's erodibility of models/factors/soil-erodibility-epic-williams1990.ts in single precision, each step rounded to
 * float32, so that a compiled kernel on four cells at once gives the same bits: within 10⁻⁶ of itself (decision 0015).
 */

const { fround } = Math;
const log2OfE = Math.LOG2E;

const coarseLeast = fround(0.2);
const coarseMore = fround(0.3);
const coarseRate = fround((-0.0256 / 100) * log2OfE);
const siltExponent = fround(0.3);
const carbonStart = fround(3.72 * log2OfE);
const carbonRate = fround(2.95 * log2OfE);
const carbonKept = fround(1 - 0.25);
// What is not sand is in percent here, as sand is: nothing is lost near pure sand.
const sandStart = fround(-5.51 * log2OfE + Math.log2(100));
const sandRate = fround((22.9 / 100) * log2OfE);
const sandKept = fround(1 - 0.7);

/** Powers of two below this are taken as this. */
const leastExponent = -126;

/**
 * K of the EPIC model, US customary units, float32. The two factors 1 − share·x/(x + eʸ) are taken as
 * ((1 − share)·x + eʸ)/(x + eʸ), with one division for both.
 * @param sand percent, float32, as are silt, clay and organic carbon; all 0–100
 * @returns pure sand gives 0; NaN where the fractions do not add up to 100 ± 1 %, which is decided in double precision
 */
export function singleErodibilityEpic(sand: number, silt: number, clay: number, organicCarbon: number): number {
  if (!isTexture(sand, silt, clay)) return Number.NaN;
  const notSand = fround(100 - sand);
  const fines = fround(clay + silt);
  const fall = fround(fround(sand * fround(100 - silt)) * coarseRate);
  const coarse = fround(coarseLeast + fround(coarseMore * singlePowerOfTwo(fall)));
  const siltShare = fines === 0 ? 0 : singlePower(fround(silt / fines), siltExponent);
  const ofCarbon = singlePowerOfTwo(Math.max(leastExponent, fround(carbonStart - fround(carbonRate * organicCarbon))));
  const ofSand = singlePowerOfTwo(fround(sandStart + fround(sandRate * notSand)));
  const kept = fround(
    fround(fround(carbonKept * organicCarbon) + ofCarbon) * fround(fround(sandKept * notSand) + ofSand),
  );
  const whole = fround(fround(organicCarbon + ofCarbon) * fround(notSand + ofSand));
  return fround(fround(coarse * siltShare) * fround(kept / whole));
}
