import type { SlopeLengthRules } from '../../../models/terrain/slope-length-van-remortel2004.ts';
import type { TerrainOptions } from '../../../models/terrain/terrain.ts';
import type { BasinDrains } from '../../../models/terrain/tiled/basin-drains.ts';
import type { FillCorrection } from '../../../models/terrain/tiled/fill-depressions-barnes2016.ts';
import type { AccumulationCorrection } from '../../../models/terrain/tiled/flow-accumulation-barnes2017.ts';
import type { FlatBoundary, FlatCorrection } from '../../../models/terrain/tiled/flow-direction.ts';
import type { SlopeLengthCorrection } from '../../../models/terrain/tiled/slope-length.ts';
import type { FillVisit, PathVisit } from '../../../models/terrain/tiled/terrain-visits.ts';
import type { RowLayer } from '../../formats/row-layer.ts';

/** Results of the last visit. */
export interface FactorLayers {
  /** Cells through each outlet, self included; 0 nodata. */
  readonly accumulation: RowLayer<Uint32Array>;
  readonly slopeLengthMetres: RowLayer<Float32Array>;
  readonly slopeLengthFactor: RowLayer<Float32Array>;
  readonly slopeSteepnessFactor: RowLayer<Float32Array>;
  /** 0 interior, 1 edge cell, 255 nodata. */
  readonly edges: RowLayer<Uint8Array>;
  /** See `edgeContamination`. */
  readonly edgeContamination: RowLayer<Uint8Array>;
}

/**
 * The visits to one tile (see `TerrainVisits`) on layers that lie where the computation wants them: what a visit takes is
 * read straight into them, and what it leaves is written straight from them. A layer holds until the next visit begins.
 */
export interface TileTerrain {
  /** Unfilled elevation, metres, NaN = nodata: taken by `fill`, `flow`, `direct`, `slope` and `factors`. */
  readonly elevation: RowLayer<Float32Array>;
  /** Depression-free elevation: left by `flow` and `direct`, which may put it in place of the elevation; taken by `paths`. */
  readonly filled: RowLayer<Float32Array>;
  /** D8 codes: left by `flow` and `direct` with flats unresolved, taken and left by `paths`, taken by `factors`. */
  readonly direction: RowLayer<Uint8Array>;
  /** Slope of the unfilled elevation: left by `slope`, which comes before `direct`; taken by `paths` and `factors`. */
  readonly slopeDegrees: RowLayer<Float32Array>;
  fill(): FillVisit;
  flow(drains: BasinDrains, fill: FillCorrection): FlatBoundary;
  /** Leaves what `flow` leaves, and tells nothing of flats. */
  direct(drains: BasinDrains, fill: FillCorrection): void;
  slope(fill: FillCorrection, cellSizeMetres: number): void;
  paths(fill: FillCorrection, flats: FlatCorrection, rules: SlopeLengthRules): Omit<PathVisit, 'direction'>;
  factors(
    fill: FillCorrection,
    inflow: AccumulationCorrection,
    lengths: SlopeLengthCorrection,
    options: TerrainOptions,
    cellSizeMetres: number,
  ): FactorLayers;
}
