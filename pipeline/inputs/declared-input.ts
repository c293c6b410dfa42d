import type { Extent } from '../../models/grid/grid-spec.ts';
import type { InspectionLimits } from '../formats/inspect/inspector-pool.ts';
import type { Text } from '../messages/text.ts';
import type { LayerId } from './layer-spec.ts';

/** One file of a run file: which layer it gives and what the run file says about it. */
export interface DeclaredInput {
  readonly layer: LayerId;
  /** Absolute path. */
  readonly file: string;
  /** The path as the user wrote it; findings name it. */
  readonly displayName: string;
  readonly options?: DeclaredOptions;
}

/** What a run file may say about a file beside its path. */
export interface DeclaredOptions {
  /** Bands to use, from 1. */
  readonly bands?: readonly number[];
  /** Spelling of the unit: the id of one of the layer's `spellings`; the first one when absent. */
  readonly unit?: string;
  /** Factor from stored numbers to the unit, such as 0.0001 for NDVI. */
  readonly scale?: number;
  readonly nodata?: number | 'nan';
  /** Coordinate system to use in place of the file's. */
  readonly crs?: string;
  readonly encoding?: string;
  /** Layer inside a file that has several. */
  readonly layerName?: string;
  /** Attribute field or column with the code. */
  readonly codeField?: string;
  /** Attribute field or column with the name. */
  readonly nameField?: string;
  /** Field that names the code of the parent zone. */
  readonly parentField?: string;
  /** Codes a class raster or a coded vector may have; others have no value. */
  readonly codes?: readonly string[];
  /** Year the file is for, where it differs from the run's. */
  readonly year?: number;
  /** Years a table of daily rain must cover, where they are not the run's alone. */
  readonly years?: readonly number[];
}

/** What the checks need to know beside the files. */
export interface CheckContext {
  /** Year of the run. */
  readonly year?: number;
  /** Target grid: coordinate system (`EPSG:n` or PROJ string), cell size and, if set, extent in that system. */
  readonly grid?: { readonly crs?: string; readonly cellSizeMetres?: number; readonly extent?: Extent };
  /** Codes of the land-use table in use, and how codes of the file map onto them. */
  readonly landUse?: {
    readonly codes: ReadonlySet<number>;
    readonly crosswalk?: ReadonlyMap<number, number>;
    readonly tableName?: Text;
  };
  /** County codes that the tables of official figures list, where there are such tables. */
  readonly officialCounties?: { readonly landAreas?: ReadonlySet<string>; readonly targets?: ReadonlySet<string> };
  readonly limits?: Partial<InspectionLimits>;
  /** Called whenever a file is about to be looked at. */
  readonly onInspection?: () => void;
  /** Where descriptions of unchanged files are remembered; none are when left out. */
  readonly cacheDirectory?: string;
}
