import { causeCode } from './nodata-cause.ts';

/** Land-use cells without a value, and cells whose code the table does not know. */
export const landUseNodata = 0;
export const landUseUnmapped = 255;

/** The layers every equation needs, one value per cell. Float layers hold NaN where there is no value. */
export interface CommonLayers {
  /** Zone of the area of interest; 0 outside. */
  readonly area: Uint16Array;
  /** Elevation-derived slope, degrees; NaN where there is no elevation. */
  readonly slopeDegrees: Float32Array;
  /** R, MJ·mm·hm⁻²·h⁻¹·a⁻¹. */
  readonly rainfallErosivity: Float32Array;
  /** K, t·hm²·h·hm⁻²·MJ⁻¹·mm⁻¹. */
  readonly soilErodibility: Float32Array;
  readonly slopeLengthFactor: Float32Array;
  readonly slopeSteepnessFactor: Float32Array;
  /** Codes of the monitoring classification; 0 no data, 255 unmapped. */
  readonly landUse: Uint8Array;
  /** Tolerable soil loss, t·km⁻²·a⁻¹. */
  readonly tolerance: Float32Array;
}

/** What the equation gives, one value per cell. */
export interface EquationLayers {
  /** Erosion modulus, t·km⁻²·a⁻¹, finite and ≥ 0 wherever there is a class; NaN = nodata. */
  readonly modulus: Float32Array;
  /** Erosion intensity class 1–6; 0 = nodata. */
  readonly intensity: Uint8Array;
  /** Cause of nodata, 1–31 wherever there is no class. */
  readonly cause: Uint8Array;
}

/** A practice factor with the cause to record where it has no value. */
export interface PracticeLayer {
  readonly values: Float32Array;
  /** Cause per cell where it is known better than `cause`; 0 elsewhere. */
  readonly causes?: Uint8Array;
  readonly cause: number;
}

/**
 * Why cells have no modulus whatever their practices: the smallest code of the causes among the layers that every equation needs;
 * 0 where all have values. A missing value is a cause even where another factor is 0: no data times nothing is no data.
 */
export function commonCauses(layers: CommonLayers, out: Uint8Array): Uint8Array {
  for (let i = 0; i < out.length; i++) out[i] = commonCause(layers, i);
  return out;
}

function commonCause(layers: CommonLayers, i: number): number {
  if (layers.area[i] === 0) return causeCode['outside-area'];
  if (Number.isNaN(layers.slopeDegrees[i])) return causeCode.elevation;
  if (Number.isNaN(layers.rainfallErosivity[i])) return causeCode.rainfall;
  if (Number.isNaN(layers.soilErodibility[i])) return causeCode.soil;
  if (layers.landUse[i] === landUseNodata) return causeCode['land-use'];
  if (layers.landUse[i] === landUseUnmapped) return causeCode['land-use-unmapped'];
  if (Number.isNaN(layers.slopeSteepnessFactor[i])) return causeCode.slope;
  if (Number.isNaN(layers.slopeLengthFactor[i])) return causeCode['slope-length'];
  return Number.isNaN(layers.tolerance[i]) ? causeCode.tolerance : 0;
}

/**
 * Why each cell has no modulus, by the smallest code of those that apply; 0 where all factors have values.
 * @param common as {@link commonCauses} gives them
 * @param modulus product of all factors, which is NaN where any factor is; becomes NaN wherever there is a cause
 */
export function settleCauses(
  common: Uint8Array,
  practices: readonly PracticeLayer[],
  modulus: Float32Array,
  out: Uint8Array,
): Uint8Array {
  for (let i = 0; i < out.length; i++) {
    out[i] = causeOfCell(common[i], practices, i);
    if (out[i] !== 0) modulus[i] = Number.NaN;
  }
  return out;
}

function causeOfCell(common: number, practices: readonly PracticeLayer[], i: number): number {
  let smallest = common;
  for (const { values, causes, cause } of practices)
    if (Number.isNaN(values[i])) {
      const own = causes?.[i] || cause;
      if (smallest === 0 || own < smallest) smallest = own;
    }
  return smallest;
}
