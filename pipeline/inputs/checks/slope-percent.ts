/**
 * True when slopes said to be in degrees are in percent: no slope exceeds 90°, and a landscape whose median is above 45°
 * does not exist.
 */
export function looksLikePercentSlope(medianDegrees: number, maximumDegrees: number): boolean {
  return maximumDegrees > 90 || medianDegrees > 45;
}
