import { d8FlowDirection } from './d8-flow-direction.ts';
import { edgeCells } from './edge-cells.ts';
import { edgeContamination } from './edge-contamination.ts';
import { fillDepressions } from './fill-depressions-barnes2014.ts';
import { flowAccumulation } from './flow-accumulation-d8.ts';
import { resolveFlats } from './resolve-flats.ts';
import { downslopeAzimuthDegrees, slopeDegrees } from './slope-horn1981.ts';
import {
  type AreaLengthFactor,
  areaLengthFactor,
  type SegmentLengthFactor,
  segmentLengthFactor,
  type WholeLengthFactor,
  wholeLengthFactor,
} from './slope-length-factor.ts';
import { type SlopeLengthVariant, slopeLengthMetres, slopeLengthUnits } from './slope-length-van-remortel2004.ts';
import { type SlopeSteepnessMethod, slopeSteepnessFactor } from './slope-steepness-factor.ts';

/** Which kind of L formula runs, and the formula. */
export type LengthFactorMethod =
  | { readonly kind: 'segment'; readonly formula: SegmentLengthFactor }
  | { readonly kind: 'whole'; readonly formula: WholeLengthFactor }
  | { readonly kind: 'area'; readonly formula: AreaLengthFactor };

export interface TerrainOptions {
  readonly lengthFactor: LengthFactorMethod;
  readonly steepnessFactor: SlopeSteepnessMethod;
  /** Default `aml`. */
  readonly slopeLengthVariant?: SlopeLengthVariant;
  /** Default 0.7. */
  readonly gentleCutOff?: number;
  /** Default 0.5. */
  readonly steepCutOff?: number;
  /** Upstream area above which a cell is a channel, m². Default: no channels. */
  readonly channelAreaSquareMetres?: number;
  /** Longest slope length, m. Default: none. */
  readonly maxSlopeLengthMetres?: number;
}

/** Terrain of a whole grid. Float rasters are NaN on nodata cells. */
export interface TerrainFactors {
  /** Depression-free elevation, m. */
  readonly filled: Float32Array;
  /** D8 code; 0 leaves the data, 255 nodata. */
  readonly direction: Uint8Array;
  /** Cells through each outlet, self included; 0 nodata. */
  readonly accumulation: Uint32Array;
  /** Slope of the unfilled elevation, degrees. */
  readonly slopeDegrees: Float32Array;
  /** Slope length at the cell's centre, m; 0 on channels. */
  readonly slopeLengthMetres: Float32Array;
  /** L. */
  readonly slopeLengthFactor: Float32Array;
  /** S. */
  readonly slopeSteepnessFactor: Float32Array;
  /** 0 interior, 1 edge cell, 255 nodata. */
  readonly edges: Uint8Array;
  /** 0 independent of land outside the data, 1 accumulation depends on it, 2 slope length too, 255 nodata. */
  readonly edgeContamination: Uint8Array;
}

/**
 * Elevation to L and S over a whole grid: the reference that every tiled or compiled version must equal byte for byte.
 *
 * Peak memory about 40 bytes per cell besides the input. Infinite elevations are not allowed.
 *
 * @param elevation metres, NaN = nodata, row-major, row 0 in the north; only read
 * @throws RangeError when the array does not fit the grid or the cell size is not positive
 */
export function terrainFactors(
  elevation: Float32Array,
  width: number,
  height: number,
  cellSizeMetres: number,
  options: TerrainOptions,
): TerrainFactors {
  if (elevation.length !== width * height)
    throw new RangeError(`elevation has ${elevation.length} cells, expected ${width} × ${height}`);
  if (!(cellSizeMetres > 0)) throw new RangeError(`cell size must be positive, got ${cellSizeMetres}`);
  const capMetres = options.maxSlopeLengthMetres ?? Number.POSITIVE_INFINITY;
  const channelCells = (options.channelAreaSquareMetres ?? Number.POSITIVE_INFINITY) / cellSizeMetres ** 2;

  const edges = edgeCells(elevation, width, height);
  const slope = slopeDegrees(elevation, edges, width, height, cellSizeMetres);
  const filled = fillDepressions(elevation, edges, width, height);
  const direction = resolveFlats(filled, d8FlowDirection(filled, edges, width, height), width);
  const accumulation = flowAccumulation(direction, width);
  const lengthUnits = slopeLengthUnits(direction, accumulation, slope, width, {
    variant: options.slopeLengthVariant ?? 'aml',
    gentleCutOff: options.gentleCutOff ?? 0.7,
    steepCutOff: options.steepCutOff ?? 0.5,
    channelCells,
  });

  return {
    filled,
    direction,
    accumulation,
    slopeDegrees: slope,
    slopeLengthMetres: slopeLengthMetres(lengthUnits, direction, cellSizeMetres, capMetres),
    slopeLengthFactor: lengthFactor(),
    slopeSteepnessFactor: slopeSteepnessFactor(slope, options.steepnessFactor),
    edges,
    edgeContamination: edgeContamination(direction, edges, accumulation, channelCells, width),
  };

  function lengthFactor(): Float32Array {
    const { lengthFactor: method } = options;
    if (method.kind === 'segment')
      return segmentLengthFactor(lengthUnits, direction, slope, cellSizeMetres, capMetres, method.formula);
    if (method.kind === 'whole')
      return wholeLengthFactor(lengthUnits, direction, slope, cellSizeMetres, capMetres, method.formula);
    const azimuth = downslopeAzimuthDegrees(elevation, edges, width, height, cellSizeMetres);
    return areaLengthFactor(accumulation, azimuth, slope, cellSizeMetres, method.formula);
  }
}
