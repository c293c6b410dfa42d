import { edgeCells } from '../edge-cells.ts';
import { contaminationClasses } from '../edge-contamination.ts';
import { lengthFactorLayer } from '../length-factor-layer.ts';
import { downslopeAzimuthDegrees, slopeDegrees } from '../slope-horn1981.ts';
import { endAtChannels, type SlopeLengthRules, slopeLengthMetres } from '../slope-length-van-remortel2004.ts';
import { slopeSteepnessFactor } from '../slope-steepness-factor.ts';
import { slopeLengthOptions, type TerrainFactors, type TerrainOptions } from '../terrain.ts';
import type { BasinDrains } from './basin-drains.ts';
import { type FillBoundary, type FillCorrection, tiledFill } from './fill-depressions-barnes2016.ts';
import {
  type AccumulationBoundary,
  type AccumulationCorrection,
  type AccumulationGrid,
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
  /** Slope of the unfilled elevation, degrees. */
  readonly slope: Float32Array;
  /** D8 codes, flats not yet resolved. */
  readonly direction: Uint8Array;
  readonly boundary: FlatBoundary;
}

/** Second visit: final filled elevation, slope, and directions as far as the tile and its ring can tell. */
export function visitFlow(
  elevation: Float32Array,
  drains: BasinDrains,
  fill: FillCorrection,
  extent: TileExtent,
  cellSizeMetres: number,
): FlowVisit {
  const { width, height } = extent;
  const filledWithHalo = tiledFill.finalise(elevation, drains, fill, extent);
  const { partial, boundary } = tiledFlowDirection.tile(filledWithHalo, extent);
  const [z, edges, w, h] = withHalo(elevation, fill, extent);
  return {
    filled: cropped(filledWithHalo, width, height),
    slope: cropped(slopeDegrees(z, edges, w, h, cellSizeMetres), width, height),
    direction: partial,
    boundary,
  };
}

export interface PathVisit extends AccumulationGrid {
  readonly boundary: AccumulationBoundary;
  readonly lengths: SlopeLengthBoundary;
}

/** Third visit: final directions, and what water and what slope lengths the tile's own cells bring to its perimeter. */
export function visitPaths(
  { filled, slope, direction: unresolved }: Omit<FlowVisit, 'boundary'>,
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
    edges,
    boundary: tiledFlowAccumulation.tile({ direction, edges }, extent).boundary,
    lengths: tiledSlopeLength(rules).tile({ direction, slope }, extent).boundary,
  };
}

/** What the last visit reads. */
export interface LastVisitGrid extends AccumulationGrid {
  readonly slope: Float32Array;
  /** Elevation and its ring; asked for by L formulas that read the azimuth alone. */
  relief(): { readonly elevation: Float32Array; readonly fill: FillCorrection };
}

/** Last visit: accumulation, slope length, L, S and edge contamination. */
export function visitFactors(
  grid: LastVisitGrid,
  inflow: AccumulationCorrection,
  lengths: SlopeLengthCorrection,
  options: TerrainOptions,
  extent: TileExtent,
  cellSizeMetres: number,
): Omit<TerrainFactors, 'filled'> {
  const { direction, edges, slope } = grid;
  const { capMetres, ...lengthOptions } = slopeLengthOptions(options, cellSizeMetres);
  const { accumulation, fromEdge } = tiledFlowAccumulation.finalise(grid, null, inflow, extent);
  const { channelCells } = lengthOptions;
  const lengthUnits = tiledSlopeLength(lengthOptions).finalise({ direction, slope }, null, lengths, extent);
  endAtChannels(accumulation, channelCells, lengthUnits);
  const azimuth = (): Float32Array => azimuthOf(grid, extent, cellSizeMetres);
  const layers = { lengthUnits, direction, accumulation, slope, azimuth };
  return {
    direction,
    accumulation,
    slopeDegrees: slope,
    slopeLengthMetres: slopeLengthMetres(lengthUnits, direction, cellSizeMetres, capMetres),
    slopeLengthFactor: lengthFactorLayer(options.lengthFactor, layers, cellSizeMetres, capMetres),
    slopeSteepnessFactor: slopeSteepnessFactor(slope, options.steepnessFactor),
    edges,
    edgeContamination: contaminationClasses(fromEdge, direction, accumulation, channelCells),
  };
}

/** The visits in TypeScript: the norm that compiled ones equal byte for byte. */
export const referenceVisits: TerrainVisits = {
  fill: visitFill,
  flow: visitFlow,
  paths: visitPaths,
  factors: visitFactors,
};

/** Downslope azimuth of the unfilled elevation, degrees. */
export function azimuthOf(grid: LastVisitGrid, extent: TileExtent, cellSizeMetres: number): Float32Array {
  const { elevation, fill } = grid.relief();
  const [z, edges, w, h] = withHalo(elevation, fill, extent);
  return cropped(downslopeAzimuthDegrees(z, edges, w, h, cellSizeMetres), extent.width, extent.height);
}

function withHalo(
  elevation: Float32Array,
  { ringElevation }: FillCorrection,
  { width, height }: TileExtent,
): [Float32Array, Uint8Array, number, number] {
  const z = padded(elevation, ringElevation, width, height);
  return [z, edgeCells(z, width + 2, height + 2), width + 2, height + 2];
}
