import { requireSameLength } from '../errors.ts';
import type { ErosionClassCode } from '../parameters/erosion-classes-sl190.ts';
import { classifyIntensity, waterErosionClass } from './classify-sl190.ts';

/** Tolerable wind erosion, t/(km²·a). */
const tolerance = 200;

/**
 * Intensity class of wind erosion by its modulus, with the boundary rule of water erosion and a tolerance of 200.
 * SL 190-2007 土壤侵蚀分类分级标准, 风力侵蚀强度分级.
 * @param windModulus t/(km²·a) of a supplied raster; this product does not compute it
 * @returns 0 for NaN
 */
export function windErosionClass(windModulus: number): ErosionClassCode | 0 {
  return waterErosionClass(windModulus, tolerance);
}

/** Wind classes of a tile, 1–6, 0 nodata. */
export function classifyWindErosion(windModulus: Float32Array, out: Uint8Array): Uint8Array {
  requireSameLength(out.length, { windModulus });
  return classifyIntensity(windModulus, tolerance, out);
}
