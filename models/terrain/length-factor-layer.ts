import {
  type SingleLengthFactor,
  singleAreaFactor,
  singleSegmentFactor,
  singleWholeFactor,
} from './single-length-factor.ts';
import { downslopeAzimuthDegrees, type GradientRaster, inverseFlowWidths } from './slope-horn1981.ts';
import {
  type AreaLengthFactor,
  areaLengthFactor,
  type SegmentLengthFactor,
  segmentLengthFactor,
  type WholeLengthFactor,
  wholeLengthFactor,
} from './slope-length-factor.ts';

/** Which kind of L formula runs, the formula, and where it can be said so an account of it for single precision. */
export type LengthFactorMethod = (
  | { readonly kind: 'segment'; readonly formula: SegmentLengthFactor }
  | { readonly kind: 'whole'; readonly formula: WholeLengthFactor }
  | { readonly kind: 'area'; readonly formula: AreaLengthFactor }
) & { readonly single?: SingleLengthFactor };

/** What L formulas read, over any window. */
export interface LengthFactorLayers {
  readonly lengthUnits: Uint32Array;
  readonly direction: Uint8Array;
  readonly accumulation: Uint32Array;
  /** Degrees. */
  readonly slope: Float32Array;
  /** A raster from the elevations; asked for by area formulas alone. */
  gradient(raster: GradientRaster): Float32Array;
}

/** L by whichever kind of formula, in single precision where it has an account for that; float32, NaN = nodata. */
export function lengthFactorLayer(
  method: LengthFactorMethod,
  layers: LengthFactorLayers,
  cellSizeMetres: number,
  capMetres: number,
): Float32Array {
  if (method.single) return singleLengthFactor(method.kind, method.single, layers, cellSizeMetres, capMetres);
  const { lengthUnits, direction, accumulation, slope } = layers;
  if (method.kind === 'segment')
    return segmentLengthFactor(lengthUnits, direction, slope, cellSizeMetres, capMetres, method.formula);
  if (method.kind === 'whole')
    return wholeLengthFactor(lengthUnits, direction, slope, cellSizeMetres, capMetres, method.formula);
  const azimuth = layers.gradient(downslopeAzimuthDegrees);
  return areaLengthFactor(accumulation, azimuth, slope, cellSizeMetres, method.formula);
}

function singleLengthFactor(
  kind: LengthFactorMethod['kind'],
  factor: SingleLengthFactor,
  layers: LengthFactorLayers,
  cellSizeMetres: number,
  capMetres: number,
): Float32Array {
  if (kind === 'segment') return singleSegmentFactor(layers, cellSizeMetres, capMetres, factor);
  if (kind === 'whole') return singleWholeFactor(layers, cellSizeMetres, capMetres, factor);
  const { accumulation, slope } = layers;
  return singleAreaFactor(accumulation, layers.gradient(inverseFlowWidths), slope, cellSizeMetres, factor);
}
