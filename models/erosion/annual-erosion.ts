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

/** A practice factor with the cause to record where it has no value. */
export interface PracticeLayer {
  readonly values: Float32Array;
  /** Cause per cell where it is known better than `cause`; 0 elsewhere. */
  readonly causes?: Uint8Array;
  readonly cause: number;
}

/**
 * Why each cell has no modulus, by the smallest code of those that apply; 0 where all factors have values.
 * A missing value is a cause even where another factor is 0: no data times nothing is no data.
 * @param modulus product of all factors, which is NaN where any factor is; becomes NaN wherever there is a cause
 */
export function settleCauses(
  layers: CommonLayers,
  practices: readonly PracticeLayer[],
  modulus: Float32Array,
  out: Uint8Array,
): Uint8Array {
  const { area, slopeDegrees, landUse, tolerance } = layers;
  for (let i = 0; i < out.length; i++) {
    const code = landUse[i];
    const isWhole = !Number.isNaN(modulus[i] + slopeDegrees[i] + tolerance[i]) && area[i] !== 0;
    out[i] = isWhole && code !== landUseNodata && code !== landUseUnmapped ? 0 : causeOfCell(layers, practices, i);
    if (out[i] !== 0) modulus[i] = Number.NaN;
  }
  return out;
}

function causeOfCell(layers: CommonLayers, practices: readonly PracticeLayer[], i: number): number {
  if (layers.area[i] === 0) return causeCode['outside-area'];
  if (Number.isNaN(layers.slopeDegrees[i])) return causeCode.elevation;
  if (Number.isNaN(layers.rainfallErosivity[i])) return causeCode.rainfall;
  if (Number.isNaN(layers.soilErodibility[i])) return causeCode.soil;
  if (layers.landUse[i] === landUseNodata) return causeCode['land-use'];
  if (layers.landUse[i] === landUseUnmapped) return causeCode['land-use-unmapped'];
  let smallest = 0;
  for (const { values, causes, cause } of practices)
    if (Number.isNaN(values[i])) {
      const own = causes?.[i] || cause;
      if (smallest === 0 || own < smallest) smallest = own;
    }
  if (smallest !== 0 && smallest < causeCode.slope) return smallest;
  if (Number.isNaN(layers.slopeSteepnessFactor[i])) return causeCode.slope;
  if (Number.isNaN(layers.slopeLengthFactor[i])) return causeCode['slope-length'];
  if (smallest !== 0) return smallest;
  return Number.isNaN(layers.tolerance[i]) ? causeCode.tolerance : 0;
}
