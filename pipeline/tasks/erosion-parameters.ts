import type { CellWindow, GridSpec } from '../../models/grid/grid-spec.ts';
import type { Codec } from '../formats/raster-write.ts';

/** How the numbers of one raster become values in the unit of its layer. */
export interface LayerParameters {
  readonly bands: readonly number[];
  readonly crs: string | null;
  readonly nodata: number | null;
  /** value = stored·scale + offset */
  readonly scale: number;
  readonly offset: number;
  /** Values outside become nodata: they are undeclared fill values, not measurements. */
  readonly range: readonly [number, number];
}

export interface LandUseParameters extends LayerParameters {
  /** Code in the file → code of the monitoring classification; a code that is missing is unmapped. */
  readonly codes: Readonly<Record<string, number>>;
}

export type SoilParameters =
  | {
      readonly kind: 'texture';
      readonly method: string;
      readonly sand: LayerParameters;
      readonly silt: LayerParameters;
      readonly clay: LayerParameters;
      readonly organic: LayerParameters | null;
      readonly organicIs: 'carbon' | 'matter';
      readonly structure: number | null;
      readonly permeability: number | null;
    }
  | { readonly kind: 'ready'; readonly layer: LayerParameters }
  | { readonly kind: 'classes'; readonly layer: LayerParameters; readonly values: Readonly<Record<string, number>> };

export type CoverParameters =
  | { readonly kind: 'cover'; readonly layer: LayerParameters }
  | { readonly kind: 'ndvi'; readonly layer: LayerParameters; readonly soil: number; readonly vegetation: number };

/** Values by code, for measures and rotation zones given as polygons or as a class raster. */
export interface CodedFactorParameters {
  readonly from: 'polygons' | 'raster';
  readonly layer: LayerParameters | null;
  readonly values: Readonly<Record<string, number>>;
}

export interface CsleParameters {
  readonly model: 'CSLE';
  readonly biological: 'half-month' | 'constants';
  /** B of land-use codes that do not depend on cover. */
  readonly biologicalConstants: Readonly<Record<string, number>>;
  readonly cover: CoverParameters | null;
  readonly understorey: LayerParameters | null;
  readonly understoreyConstant: number | null;
  readonly engineering: CodedFactorParameters | null;
  readonly tillage: CodedFactorParameters | null;
  /** Task inputs that hold the layers; a scenario may have its own. */
  readonly inputs: Readonly<Record<PracticeInput, string>>;
}

export type PracticeInput = 'cover' | 'understorey' | 'engineering' | 'tillage';

/** The inputs of a run's own practices. */
export const ownPracticeInputs: CsleParameters['inputs'] = {
  cover: 'cover',
  understorey: 'understorey',
  engineering: 'engineering',
  tillage: 'tillage',
};

/** Other practices on the same land, rain and soil. */
export interface ScenarioParameters {
  readonly id: string;
  readonly practice: CsleParameters;
}

export interface RusleParameters {
  readonly model: 'RUSLE';
  readonly coverManagement:
    | { readonly kind: 'raster'; readonly layer: LayerParameters }
    | { readonly kind: 'land-use'; readonly values: Readonly<Record<string, number>> }
    | { readonly kind: 'cover'; readonly method: string; readonly cover: CoverParameters };
  readonly supportPractice:
    | { readonly kind: 'raster'; readonly layer: LayerParameters }
    | { readonly kind: 'land-use'; readonly values: Readonly<Record<string, number>> }
    | { readonly kind: 'slope'; readonly method: string }
    | { readonly kind: 'one' };
}

/** Everything that determines the erosion of one tile, besides the content of the inputs. */
export interface ErosionTileParameters {
  readonly grid: GridSpec;
  readonly window: CellWindow;
  /** North-west cell of the raster of terrain, which may reach beyond the window. */
  readonly terrainCorner: Pick<CellWindow, 'x0' | 'y0'>;
  /** Bands of the erosivity input: one annual or 24 half-months. */
  readonly erosivity: LayerParameters;
  readonly soil: SoilParameters;
  readonly landUse: LandUseParameters;
  readonly practice: CsleParameters | RusleParameters;
  readonly scenarios: readonly ScenarioParameters[];
  readonly tolerance: LayerParameters | null;
  readonly toleranceConstant: number;
  readonly windErosion: LayerParameters | null;
  /** Zone sets in the order of the run file; the first is the area of interest. */
  readonly zoneSets: readonly string[];
  /** Factors to write beside the results. */
  readonly factors: readonly string[];
  /** Levels of overviews that lie wholly in the tile, see `overviewsOfTile`; the task writes them, too. */
  readonly overviews: number;
  /** Codec of the rasters: that of the deliverables, so that these can be put together from the tiles' blocks. */
  readonly codec: Codec;
}
