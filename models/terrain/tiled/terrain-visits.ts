import { edgeCells } from '../edge-cells.ts';
import { contaminationClasses } from '../edge-contamination.ts';
import { lengthFactorLayer } from '../length-factor-layer.ts';
import { type GradientRaster, slopeDegrees } from '../slope-horn1981.ts';
import { endAtChannels, type SlopeLengthRules, slopeLengthMetres } from '../slope-length-van-remortel2004.ts';
import { slopeLengthOptions, steepnessFactorLayer, type TerrainFactors, type TerrainOptions } from '../terrain.ts';
import type { BasinDrains } from './basin-drains.ts';
import { type FillBoundary, type FillCorrection, tiledFill } from './fill-depressions-barnes2016.ts';
import {
  type AccumulationBoundary,
  type AccumulationCorrection,
  tiledFlowAccumulation,
} from './flow-accumulation-barnes2017.ts';
import { type FlatBoundary, type FlatCorrection, tiledFlowDirection } from './flow-direction.ts';
import { cropped, padded } from './halo.ts';
import { type SlopeLengthBoundary, type SlopeLengthCorrection, tiledSlopeLength } from './slope-length.ts';
import type { TileExtent } from './tiled-reduction.ts';

/**
 * Terrain takes four visits to each tile: every visit finishes one computation with what its reduction says and begins
 * the next. Between the visits stand the reductions of fill, direction, and accumulation and slope length.
 */

export interface TerrainVisits {
  readonly fill: typeof visitFill;
  readonly flow: typeof visitFlow;
  readonly slope: typeof tileSlope;
  readonly paths: typeof visitPaths;
  readonly factors: typeof visitFactors;
}

export interface FillVisit {
  /** Kept for the second visit. */
  readonly drains: BasinDrains;
  readonly boundary: FillBoundary;
}

/** First visit: how the tile's depressions overflow as far as the tile can tell. */
export function visitFill(elevation: Float32Array, extent: TileExtent): FillVisit {
  const { partial, boundary } = tiledFill.tile(elevation, extent);
  return { drains: partial, boundary };
}

export interface FlowVisit {
  /** Depression-free elevation, metres. */
  readonly filled: Float32Array;
  /** D8 codes, flats not yet resolved. */
  readonly direction: Uint8Array;
  readonly boundary: FlatBoundary;
}

/** Second visit: final filled elevation, and directions as far as the tile and its ring can tell. */
export function visitFlow(
  elevation: Float32Array,
  drains: BasinDrains,
  fill: FillCorrection,
  extent: TileExtent,
): FlowVisit {
  const { width, height } = extent;
  const filledWithHalo = tiledFill.finalise(elevation, drains, fill, extent);
  const { partial, boundary } = tiledFlowDirection.tile(filledWithHalo, extent);
  return { filled: cropped(filledWithHalo, width, height), direction: partial, boundary };
}

/**
 * Slope of the unfilled elevation, degrees. The last two visits work it out from the elevation each time: that takes less
 * than to keep it.
 */
export function tileSlope(
  elevation: Float32Array,
  fill: FillCorrection,
  extent: TileExtent,
  cellSizeMetres: number,
): Float32Array {
  return tileGradient(slopeDegrees, elevation, fill, extent, cellSizeMetres);
}

export interface PathVisit {
  /** Final D8 codes. */
  readonly direction: Uint8Array;
  readonly boundary: AccumulationBoundary;
  readonly lengths: SlopeLengthBoundary;
}

/** What the third visit reads. */
export interface PathGrid extends Omit<FlowVisit, 'boundary'> {
  /** Slope of the unfilled elevation, degrees. */
  readonly slope: Float32Array;
}

/** Third visit: final directions, and what water and what slope lengths the tile's own cells bring to its perimeter. */
export function visitPaths(
  { filled, slope, direction: unresolved }: PathGrid,
  fill: FillCorrection,
  flats: FlatCorrection,
  rules: SlopeLengthRules,
  extent: TileExtent,
): PathVisit {
  const { width, height } = extent;
  const filledWithHalo = padded(filled, fill.ring, width, height);
  const direction = tiledFlowDirection.finalise(filledWithHalo, unresolved, flats, extent);
  const edges = cropped(edgeCells(filledWithHalo, width + 2, height + 2), width, height);
  return {
    direction,
    boundary: tiledFlowAccumulation.tile({ direction, edges }, extent).boundary,
    lengths: tiledSlopeLength(rules).tile({ direction, slope }, extent).boundary,
  };
}

/** What the last visit reads. */
export interface LastVisitGrid {
  /** Unfilled elevation, metres. */
  readonly elevation: Float32Array;
  /** Its slope, degrees. */
  readonly slope: Float32Array;
  /** Final D8 codes. */
  readonly direction: Uint8Array;
}

/** Last visit: accumulation, slope length, L, S and edge contamination. */
export function visitFactors(
  { elevation, slope, direction }: LastVisitGrid,
  fill: FillCorrection,
  inflow: AccumulationCorrection,
  lengths: SlopeLengthCorrection,
  options: TerrainOptions,
  extent: TileExtent,
  cellSizeMetres: number,
): Omit<TerrainFactors, 'filled'> {
  const { capMetres, ...lengthOptions } = slopeLengthOptions(options, cellSizeMetres);
  const edges = tileEdges(elevation, fill, extent);
  const { accumulation, fromEdge } = tiledFlowAccumulation.finalise({ direction, edges }, null, inflow, extent);
  const { channelCells } = lengthOptions;
  const lengthUnits = tiledSlopeLength(lengthOptions).finalise({ direction, slope }, null, lengths, extent);
  endAtChannels(accumulation, channelCells, lengthUnits);
  const gradient = (raster: GradientRaster) => tileGradient(raster, elevation, fill, extent, cellSizeMetres);
  const layers = { lengthUnits, direction, accumulation, slope, gradient };
  return {
    direction,
    accumulation,
    slopeDegrees: slope,
    slopeLengthMetres: slopeLengthMetres(lengthUnits, direction, cellSizeMetres, capMetres),
    slopeLengthFactor: lengthFactorLayer(options.lengthFactor, layers, cellSizeMetres, capMetres),
    slopeSteepnessFactor: steepnessFactorLayer(slope, options),
    edges,
    edgeContamination: contaminationClasses(fromEdge, direction, accumulation, channelCells),
  };
}

/** The visits in TypeScript: the norm that compiled ones equal byte for byte. */
export const referenceVisits: TerrainVisits = {
  fill: visitFill,
  flow: visitFlow,
  slope: tileSlope,
  paths: visitPaths,
  factors: visitFactors,
};

/** A raster from the unfilled elevation. */
export function tileGradient(
  raster: GradientRaster,
  elevation: Float32Array,
  fill: FillCorrection,
  extent: TileExtent,
  cellSizeMetres: number,
): Float32Array {
  const [z, edges, w, h] = withHalo(elevation, fill, extent);
  return cropped(raster(z, edges, w, h, cellSizeMetres), extent.width, extent.height);
}

function tileEdges(elevation: Float32Array, fill: FillCorrection, extent: TileExtent): Uint8Array {
  const [, edges] = withHalo(elevation, fill, extent);
  return cropped(edges, extent.width, extent.height);
}

function withHalo(
  elevation: Float32Array,
  { ringElevation }: FillCorrection,
  { width, height }: TileExtent,
): [Float32Array, Uint8Array, number, number] {
  const z = padded(elevation, ringElevation, width, height);
  return [z, edgeCells(z, width + 2, height + 2), width + 2, height + 2];
}
