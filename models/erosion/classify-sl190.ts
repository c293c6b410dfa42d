import { ErosionError, requireSameLength } from '../errors.ts';
import type { ErosionClassCode } from '../parameters/erosion-classes-sl190.ts';

/** Lower limits of classes 3, 4, 5 and the upper limit of class 5, t/(km²·a). */
export const classLimitsSl190 = { moderate: 2500, strong: 5000, veryStrong: 8000, severe: 15000 } as const;

/**
 * Intensity class of water erosion: A < T → 1, T ≤ A < 2500 → 2, < 5000 → 3, < 8000 → 4, ≤ 15000 → 5, above → 6.
 *
 * The ranges of the standard share their ends; here a limit belongs to the class above it, and 15000 to class 5, because the
 * standard says "> 15000" for 剧烈.
 * SL 190-2007 土壤侵蚀分类分级标准.
 * @param erosionModulus A, t/(km²·a), as stored in the published raster (float32)
 * @param tolerance T, tolerable soil loss, t/(km²·a), 200–1000
 * @returns 0 where either is NaN
 */
export function waterErosionClass(erosionModulus: number, tolerance: number): ErosionClassCode | 0 {
  if (Number.isNaN(erosionModulus) || Number.isNaN(tolerance)) return 0;
  if (erosionModulus < tolerance) return 1;
  if (erosionModulus < classLimitsSl190.moderate) return 2;
  if (erosionModulus < classLimitsSl190.strong) return 3;
  if (erosionModulus < classLimitsSl190.veryStrong) return 4;
  return erosionModulus <= classLimitsSl190.severe ? 5 : 6;
}

/**
 * Classes of a tile, from the stored float32 modulus: classifying the published raster again gives the published classes.
 * @param erosionModulus t/(km²·a), NaN nodata
 * @param tolerance one value for all cells, or one per cell with NaN nodata, t/(km²·a)
 * @param out receives 1–6, 0 nodata
 * @throws ErosionError `array-length`, `tolerance-range`
 */
export function classifyIntensity(
  erosionModulus: Float32Array,
  tolerance: number | Float32Array,
  out: Uint8Array,
): Uint8Array {
  requireSameLength(out.length, {
    erosionModulus,
    tolerance: typeof tolerance === 'number' ? undefined : tolerance,
  });
  if (typeof tolerance === 'number') {
    requireTolerance(tolerance);
    for (let cell = 0; cell < out.length; cell++) out[cell] = waterErosionClass(erosionModulus[cell], tolerance);
  } else
    for (let cell = 0; cell < out.length; cell++) out[cell] = waterErosionClass(erosionModulus[cell], tolerance[cell]);
  return out;
}

/** @throws ErosionError `tolerance-range` for a tolerance that cannot be one: not above 0, or above 2500 */
export function requireTolerance(tolerance: number): void {
  if (!(tolerance > 0 && tolerance <= classLimitsSl190.moderate))
    throw new ErosionError('tolerance-range', `tolerable soil loss must be in (0, 2500] t/(km²·a), got ${tolerance}`, {
      tolerance,
    });
}

/** How far a modulus is from the neighbouring classes. */
export interface ClassDistance {
  readonly code: ErosionClassCode | 0;
  /** Modulus to lose to drop one class, t/(km²·a); undefined in class 1. Dropping needs a little more than this. */
  readonly toLower: number | undefined;
  /** Modulus to gain to rise one class; undefined in class 6. */
  readonly toHigher: number | undefined;
}

/** Class of a modulus and its distance to the next limits; undefined distances where there is no value. */
export function classDistanceSl190(erosionModulus: number, tolerance: number): ClassDistance {
  const code = waterErosionClass(erosionModulus, tolerance);
  const limits = [
    tolerance,
    classLimitsSl190.moderate,
    classLimitsSl190.strong,
    classLimitsSl190.veryStrong,
    classLimitsSl190.severe,
  ];
  return {
    code,
    toLower: code > 1 ? erosionModulus - limits[code - 2] : undefined,
    toHigher: code > 0 && code < 6 ? limits[code - 1] - erosionModulus : undefined,
  };
}
