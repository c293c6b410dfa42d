import {
  type AreaLengthFactor,
  areaLengthFactor,
  type SegmentLengthFactor,
  segmentLengthFactor,
  type WholeLengthFactor,
  wholeLengthFactor,
} from './slope-length-factor.ts';
import { type ExponentSteps, steppedLengthFactor } from './stepped-length-factor.ts';

/** Which kind of L formula runs, and the formula. */
export type LengthFactorMethod =
  | { readonly kind: 'segment'; readonly formula: SegmentLengthFactor; readonly steps?: ExponentSteps }
  | { readonly kind: 'whole'; readonly formula: WholeLengthFactor }
  | { readonly kind: 'area'; readonly formula: AreaLengthFactor };

/** What L formulas read, over any window. */
export interface LengthFactorLayers {
  readonly lengthUnits: Uint32Array;
  readonly direction: Uint8Array;
  readonly accumulation: Uint32Array;
  /** Degrees. */
  readonly slope: Float32Array;
  /** Downslope azimuth, degrees; asked for by area formulas alone. */
  azimuth(): Float32Array;
}

/** L by whichever kind of formula; float32, NaN = nodata. */
export function lengthFactorLayer(
  method: LengthFactorMethod,
  layers: LengthFactorLayers,
  cellSizeMetres: number,
  capMetres: number,
): Float32Array {
  const { lengthUnits, direction, accumulation, slope } = layers;
  if (method.kind === 'segment' && method.steps)
    return steppedLengthFactor(lengthUnits, direction, slope, cellSizeMetres, capMetres, method.steps);
  if (method.kind === 'segment')
    return segmentLengthFactor(lengthUnits, direction, slope, cellSizeMetres, capMetres, method.formula);
  if (method.kind === 'whole')
    return wholeLengthFactor(lengthUnits, direction, slope, cellSizeMetres, capMetres, method.formula);
  return areaLengthFactor(accumulation, layers.azimuth(), slope, cellSizeMetres, method.formula);
}
