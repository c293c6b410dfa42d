import type { DetectionRules } from '../../../models/disturbance/rules/detection-2024.ts';
import type { CellWindow, GridSpec } from '../../../models/grid/grid-spec.ts';
import type { LandUseParameters } from '../erosion-parameters.ts';

/** What decides the change found in one tile, besides the content of its inputs. */
export interface ChangeTileParameters {
  readonly grid: GridSpec;
  readonly window: CellWindow;
  /** How the land-use rasters of the two years are read. */
  readonly landUse: readonly [previous: LandUseParameters, current: LandUseParameters];
  /** Zone sets of the current year; the first is that of the counties. */
  readonly zoneSets: readonly string[];
  /** Factors that both years have as rasters, in the order of the equation; none leaves out the decomposition. */
  readonly factors: readonly string[];
  /** True where both years have R as a raster, so that moduli can be compared at equal rain. */
  readonly equalRain: boolean;
  readonly rules: DetectionRules;
}

/** The same of the patches in it. */
export interface PatchTileParameters extends ChangeTileParameters {
  /** North-west cell of the raster of terrain, which may reach beyond the window. */
  readonly terrainCorner: Pick<CellWindow, 'x0' | 'y0'>;
}

export interface PatchReduceParameters {
  readonly width: number;
  readonly height: number;
  readonly tileSize: number;
  readonly connectivity: 4 | 8;
}

export interface PatchMergeParameters {
  readonly grid: GridSpec;
  readonly rules: DetectionRules;
}

/** How far from a patch water is looked for, cells. */
export const waterReachCells = ({ water }: DetectionRules, { cellSizeMetres }: GridSpec): number =>
  Math.floor(water.searchMetres / cellSizeMetres);

/** From the product of the factors, t/(hm²·a), to t/(km²·a). */
export const tonnesPerSquareKilometre = 100;
