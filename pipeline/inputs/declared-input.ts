import type { Extent } from '../../models/grid/grid-spec.ts';
import type { InspectionLimits } from '../formats/inspect/inspector-pool.ts';
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
  /** Spelling of the unit, such as `percent`, `ndvi`, `0.1mm`, `us`. */
  readonly unit?: string;
  readonly nodata?: number | 'nan';
  /** Coordinate system to use in place of the file's. */
  readonly crs?: string;
  readonly encoding?: string;
  /** Attribute field or column with the code. */
  readonly codeField?: string;
  /** Attribute field or column with the name. */
  readonly nameField?: string;
  /** Code scheme of a class layer. */
  readonly scheme?: string;
  /** Year the file is for, where it differs from the run's. */
  readonly year?: number;
}

/** What the checks need to know beside the files. */
export interface CheckContext {
  /** Year of the run. */
  readonly year?: number;
  /** Target grid: coordinate system (`EPSG:n` or PROJ string), cell size and, if set, extent in that system. */
  readonly grid?: { readonly crs?: string; readonly cellSizeMetres?: number; readonly extent?: Extent };
  /** Codes of the land-use table in use (after the crosswalk), and how file codes map onto them. */
  readonly landUse?: {
    readonly codes: ReadonlySet<number>;
    readonly crosswalk?: ReadonlyMap<number, number>;
    readonly tableName?: string;
  };
  /** Codes of the table of engineering measures. */
  readonly engineeringCodes?: ReadonlySet<number>;
  /** County codes and names that must be present, where they are known. */
  readonly expectedCounties?: readonly { readonly code: string; readonly name?: string }[];
  readonly limits?: Partial<InspectionLimits>;
  /** Called before each file. */
  readonly onFile?: (displayName: string, index: number, count: number) => void;
}
