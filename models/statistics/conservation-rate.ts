/**
 * Soil-and-water-conservation rate (水土保持率), percent: the share of the land that is not eroded. Both areas in the same unit;
 * the land area includes water and built-up land. NaN for no land.
 * Source: 水利部 关于水土保持率, 非水土流失面积占国土面积的比例.
 */
export function conservationRatePercent(landArea: number, erodedArea: number): number {
  return landArea > 0 ? ((landArea - erodedArea) / landArea) * 100 : Number.NaN;
}

/** Highest rate a unit can ever reach (远期目标值), percent, when part of its land stays eroded for good. */
export function rateCeilingPercent(landArea: number, permanentlyErodedArea: number): number {
  return conservationRatePercent(landArea, permanentlyErodedArea);
}

/** Rate of a unit from the areas of its parts: weighted by area, not the mean of their rates. */
export function combinedRatePercent(
  parts: Iterable<{ readonly landArea: number; readonly erodedArea: number }>,
): number {
  let landArea = 0;
  let erodedArea = 0;
  for (const part of parts) {
    landArea += part.landArea;
    erodedArea += part.erodedArea;
  }
  return conservationRatePercent(landArea, erodedArea);
}

/** How a rate stands to its target (目标值). */
export interface TargetCheck {
  readonly targetPercent: number;
  /** True when the unrounded rate is at least the target. */
  readonly met: boolean;
  /** Rate − target in percentage points (个百分点); negative when short of it. */
  readonly gapPoints: number;
  /** Eroded area, in the unit of the land area, that still has to go; 0 when the target is met. */
  readonly gapArea: number;
}

/** Compares the unrounded rate with its target: 72.9996 is not 73. */
export function checkTarget(ratePercent: number, targetPercent: number, landArea: number): TargetCheck {
  const gapPoints = ratePercent - targetPercent;
  const met = ratePercent >= targetPercent;
  return { targetPercent, met, gapPoints, gapArea: met ? 0 : (-gapPoints / 100) * landArea };
}

/** Soil-loss control ratio (土壤流失控制比): tolerable soil loss over mean modulus. Undefined, printed as a dash, for no loss. */
export function soilLossControlRatio(tolerableSoilLoss: number, meanModulus: number): number | undefined {
  return meanModulus > 0 ? tolerableSoilLoss / meanModulus : undefined;
}
