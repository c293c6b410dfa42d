import { d8FlowDirection } from './d8-flow-direction.ts';
import { edgeCells } from './edge-cells.ts';
import { edgeContamination } from './edge-contamination.ts';
import { fillDepressions } from './fill-depressions-barnes2014.ts';
import { flowAccumulation } from './flow-accumulation-d8.ts';
import { type LengthFactorMethod, lengthFactorLayer } from './length-factor-layer.ts';
import { resolveFlats } from './resolve-flats.ts';
import { type SingleSteepness, singleSteepnessFactor } from './single-steepness.ts';
import { type GradientRaster, slopeDegrees } from './slope-horn1981.ts';
import {
  type SlopeLengthOptions,
  type SlopeLengthVariant,
  slopeLengthMetres,
  slopeLengthUnits,
} from './slope-length-van-remortel2004.ts';
import { type SlopeSteepnessMethod, slopeSteepnessFactor } from './slope-steepness-factor.ts';

export interface TerrainOptions {
  readonly lengthFactor: LengthFactorMethod;
  readonly steepnessFactor: SlopeSteepnessMethod;
  /** An account of the same formula, where it can be said so; rasters are then computed from it. */
  readonly singleSteepness?: SingleSteepness;
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
  const { capMetres, ...lengthOptions } = slopeLengthOptions(options, cellSizeMetres);

  const edges = edgeCells(elevation, width, height);
  const slope = slopeDegrees(elevation, edges, width, height, cellSizeMetres);
  const filled = fillDepressions(elevation, edges, width, height);
  const direction = resolveFlats(filled, d8FlowDirection(filled, edges, width, height), width);
  const accumulation = flowAccumulation(direction, width);
  const lengthUnits = slopeLengthUnits(direction, accumulation, slope, width, lengthOptions);
  const gradient = (raster: GradientRaster) => raster(elevation, edges, width, height, cellSizeMetres);
  const layers = { lengthUnits, direction, accumulation, slope, gradient };

  return {
    filled,
    direction,
    accumulation,
    slopeDegrees: slope,
    slopeLengthMetres: slopeLengthMetres(lengthUnits, direction, cellSizeMetres, capMetres),
    slopeLengthFactor: lengthFactorLayer(options.lengthFactor, layers, cellSizeMetres, capMetres),
    slopeSteepnessFactor: steepnessFactorLayer(slope, options),
    edges,
    edgeContamination: edgeContamination(direction, edges, accumulation, lengthOptions.channelCells, width),
  };
}

/** S in single precision where the formula has an account for that, else by the formula. */
export function steepnessFactorLayer(
  slope: Float32Array,
  { steepnessFactor, singleSteepness }: Pick<TerrainOptions, 'steepnessFactor' | 'singleSteepness'>,
): Float32Array {
  return singleSteepness ? singleSteepnessFactor(slope, singleSteepness) : slopeSteepnessFactor(slope, steepnessFactor);
}

/** Slope-length settings in cells, defaults filled in; the cap, which is applied to finished lengths, in metres. */
export function slopeLengthOptions(
  options: Omit<TerrainOptions, 'lengthFactor' | 'steepnessFactor' | 'singleSteepness'>,
  cellSizeMetres: number,
): SlopeLengthOptions & { readonly capMetres: number } {
  return {
    variant: options.slopeLengthVariant ?? 'aml',
    gentleCutOff: options.gentleCutOff ?? 0.7,
    steepCutOff: options.steepCutOff ?? 0.5,
    channelCells: (options.channelAreaSquareMetres ?? Number.POSITIVE_INFINITY) / cellSizeMetres ** 2,
    capMetres: options.maxSlopeLengthMetres ?? Number.POSITIVE_INFINITY,
  };
}
