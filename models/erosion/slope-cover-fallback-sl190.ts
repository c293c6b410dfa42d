import { requireSameLength } from '../errors.ts';
import type { ErosionClassCode } from '../parameters/erosion-classes-sl190.ts';
import { bandOfSlope, surfaceSlopeBands } from '../parameters/slope-bands.ts';
import {
  croplandClassBySlopeSl190,
  surfaceClassByCoverSl190,
  surfaceCoverLimitsPercent,
} from '../parameters/surface-erosion-sl190.ts';

/**
 * Class of sheet erosion from slope and vegetation cover, for land without a modulus (面蚀分级).
 *
 * Slope up to 5° or cover above 75 % is 微度. A limit of slope belongs to the band below it, a limit of cover to the row below it
 * (75 % is the row 60–75 %).
 * SL 190-2007 土壤侵蚀分类分级标准.
 * @param slopeDegrees slope angle
 * @param coverPercent vegetation cover of land that is not cropland, percent; not read on sloping cropland
 * @param slopingCropland true for 坡耕地
 * @returns 1–6, or 0 where slope or a cover that is needed is NaN
 */
export function surfaceErosionClass(
  slopeDegrees: number,
  coverPercent: number,
  slopingCropland: boolean,
): ErosionClassCode | 0 {
  if (Number.isNaN(slopeDegrees)) return 0;
  const band = bandOfSlope(slopeDegrees, surfaceSlopeBands);
  if (band === 1) return 1;
  if (slopingCropland) return croplandClassBySlopeSl190[band - 2];
  if (Number.isNaN(coverPercent)) return 0;
  const row = surfaceCoverLimitsPercent.findIndex((limit) => coverPercent > limit);
  if (row === 0) return 1;
  const classes = surfaceClassByCoverSl190[row === -1 ? surfaceCoverLimitsPercent.length - 1 : row - 1];
  return classes[band - 2];
}

/**
 * Classes of a tile by {@link surfaceErosionClass}.
 * @param slopeDegrees NaN nodata
 * @param coverPercent NaN nodata
 * @param slopingCropland 1 on sloping cropland, 0 elsewhere
 * @param out receives 1–6, 0 nodata
 */
export function classifySurfaceErosion(
  slopeDegrees: Float32Array,
  coverPercent: Float32Array,
  slopingCropland: Uint8Array,
  out: Uint8Array,
): Uint8Array {
  requireSameLength(out.length, { slopeDegrees, coverPercent, slopingCropland });
  for (let cell = 0; cell < out.length; cell++)
    out[cell] = surfaceErosionClass(slopeDegrees[cell], coverPercent[cell], slopingCropland[cell] === 1);
  return out;
}
