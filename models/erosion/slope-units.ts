import { sineOfAngle } from '../arithmetic/sine.ts';

/** Slope in percent, 100·tanθ, to the angle in degrees. 9 % is 5.142765°. */
export const slopeDegreesFromPercent = (slopePercent: number): number =>
  (Math.atan(slopePercent / 100) * 180) / Math.PI;

/** Slope angle in degrees to percent; 25° is 46.63 %. */
export const slopePercentFromDegrees = (slopeDegrees: number): number => 100 * Math.tan((slopeDegrees * Math.PI) / 180);

export const radiansFromDegrees = (degrees: number): number => (degrees * Math.PI) / 180;

/** Sine of a slope in degrees, up to 90°. Every slope formula of the project takes degrees and goes through here. */
export const sineOfDegrees = sineOfAngle;
