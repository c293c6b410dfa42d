import type { Text } from '../../messages/text.ts';
import type { PackedRings } from './packed-rings.ts';

/** What a coordinate system turned out to be, and where the file says so. */
export interface CrsInspection {
  readonly kind: 'missing' | 'geographic' | 'projected' | 'engineering' | 'unreadable';
  /** EPSG code, when named by the file or found from its parameters. */
  readonly epsg?: number;
  /** How the code or definition was found. */
  readonly from?: 'code' | 'citation' | 'parameters' | 'wkt' | 'sidecar' | 'format';
  readonly name?: string;
  /** Name of the datum in the program's spelling where it knows it, such as `Beijing 1954`. */
  readonly datum?: string;
  /** PROJ string, x east and y north. */
  readonly proj4?: string;
  /** Metres (or degrees, for geographic systems) per unit of the coordinates. */
  readonly unitToMetre?: number;
  /** Gauss–Krüger zone of the Chinese systems. */
  readonly gaussKruger?: {
    readonly zoneWidthDegrees: 3 | 6;
    readonly zone: number;
    readonly centralMeridianDegrees: number;
    /** The false easting carries the zone number (39 500 000). */
    readonly zonePrefix: boolean;
  };
  /** ProjectedCSType or GeographicType is 32767, "user defined". */
  readonly userDefined?: boolean;
}

/** How cells are tied to the ground. */
export interface GeoreferenceInspection {
  readonly kind: 'affine' | 'gcp' | 'rpc' | 'none';
  /** x = t[0] + column·t[1] + row·t[2]; y = t[3] + column·t[4] + row·t[5], outer corner of cells (PixelIsArea). */
  readonly transform?: readonly [number, number, number, number, number, number];
  readonly rotated: boolean;
  readonly southUp: boolean;
  readonly mirrored: boolean;
  readonly pixelIsPoint: boolean;
  readonly groundControlPoints: number;
  /** Georeference comes from a side file (.tfw, .aux.xml), not from the raster itself. */
  readonly fromSidecar: boolean;
  readonly cellWidth?: number;
  readonly cellHeight?: number;
}

/** Outer edges in the file's own coordinates. */
export interface ExtentInspection {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export type NodataSpelling = 'none' | 'exact' | 'nan' | 'rounded' | 'outside-type' | 'unreadable';

/** Nodata as declared by the file. */
export interface NodataInspection {
  readonly spelling: NodataSpelling;
  /** Text of the tag, as written. */
  readonly text?: string;
  /** Value as it is in the cells; absent for NaN and when no cell can hold it. */
  readonly value?: number;
}

export type CellType =
  | 'uint8'
  | 'int8'
  | 'uint16'
  | 'int16'
  | 'uint32'
  | 'int32'
  | 'uint64'
  | 'int64'
  | 'float16'
  | 'float32'
  | 'float64'
  | 'complex'
  | 'bits';

/** Statistics of one band over the cells that hold a value; scale and offset are not applied. */
export interface BandStatistics {
  /** Counted from 1. */
  readonly band: number;
  readonly cells: number;
  /** Cells equal to the declared nodata, or NaN. */
  readonly nodataCells: number;
  readonly nanCells: number;
  readonly infiniteCells: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly mean?: number;
  /** Approximate, from a histogram over the cells read. */
  readonly median?: number;
  readonly negativeCells: number;
  readonly zeroCells: number;
  /** Every value is whole. */
  readonly whole: boolean;
  /** Value → number of cells, when the values are whole and not too many. */
  readonly classes?: readonly (readonly [value: number, cells: number])[];
  /** A value that fills the rim of the raster although it is not declared as nodata. */
  readonly suspectedNodata?: { readonly value: number; readonly cells: number };
  /** Values that some programs write for "no value", present and not declared. */
  readonly sentinels: readonly (readonly [value: number, cells: number])[];
  /** Cells inside the area of interest: all, and those without a value. */
  readonly area?: { readonly cells: number; readonly nodataCells: number };
  /** Largest patch of nodata cells that does not touch the rim, and number of such patches; coarse above 16 M cells. */
  readonly holes?: { readonly patches: number; readonly cells: number };
}

export interface BandDescription {
  readonly band: number;
  readonly cellType: CellType;
  readonly scale: number;
  readonly offset: number;
  readonly unit: string;
  readonly description: string;
}

/** Everything the checks need to know about a raster. */
export interface RasterInspection {
  readonly kind: 'raster';
  readonly path: string;
  readonly fileBytes: number;
  /** Short name of the format, such as `GTiff`. */
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly bandCount: number;
  readonly cellType: CellType;
  readonly bands: readonly BandDescription[];
  readonly compression: string;
  readonly bigTiff: boolean;
  readonly tiled: boolean;
  readonly blockWidth: number;
  readonly blockHeight: number;
  readonly overviews: number;
  /** Blocks of band data that the file holds no bytes for. */
  readonly emptyBlocks: number;
  readonly blocks: number;
  readonly crs: CrsInspection;
  readonly georeference: GeoreferenceInspection;
  readonly extent?: ExtentInspection;
  /** Same, longitude and latitude in degrees. */
  readonly lonLat?: ExtentInspection;
  readonly nodata: NodataInspection;
  readonly statistics: readonly BandStatistics[];
  /** Share of the blocks that were read for the statistics, 0–1. */
  readonly readShare: number;
  /** Bytes of all bands when decoded. */
  readonly decodedBytes: number;
  /** A later part of the file is damaged: what was met. */
  readonly damage?: Text;
}

export interface FieldInspection {
  readonly name: string;
  readonly type: string;
  readonly width?: number;
}

/** Everything the checks need to know about a vector file. */
export interface VectorInspection {
  readonly kind: 'vector';
  readonly path: string;
  readonly fileBytes: number;
  readonly format: string;
  readonly layer: string;
  readonly featureCount: number;
  readonly geometryTypes: Readonly<Record<string, number>>;
  readonly nullGeometries: number;
  readonly emptyGeometries: number;
  /** Self-intersecting, unclosed or otherwise invalid: feature numbers from 0, at most 20. */
  readonly invalidGeometries: { readonly count: number; readonly first: readonly number[]; readonly reason?: Text };
  readonly crs: CrsInspection;
  readonly extent?: ExtentInspection;
  readonly lonLat?: ExtentInspection;
  readonly fields: readonly FieldInspection[];
  /** Encoding of the attribute text, how it was decided, and a decoded sample. */
  readonly encoding: {
    readonly name: string;
    readonly from: 'declared' | 'cpg' | 'ldid' | 'guessed' | 'format' | 'none';
    readonly sample?: string;
    /** What another reading would show, where the declared one looks wrong. */
    readonly doubtful?: Text;
  };
  /** Side files that are missing, such as `.shx`. */
  readonly missingParts: readonly string[];
  /** Values of the fields asked for, as text, one array per field, at most 20 000 features. */
  readonly values: Readonly<Record<string, readonly (string | null)[]>>;
  /** Exterior and interior rings in the file's coordinates, when asked for. */
  readonly rings?: PackedRings;
  readonly damage?: Text;
}

/** Everything the checks need to know about a table. */
export interface TableInspection {
  readonly kind: 'table';
  readonly path: string;
  readonly fileBytes: number;
  readonly format: 'csv' | 'dbf' | 'json';
  readonly encoding: string;
  readonly byteOrderMark: boolean;
  readonly delimiter: string;
  /** Lines that start with `#`, without the sign, at most 20. */
  readonly comments: readonly string[];
  readonly columns: readonly TableColumn[];
  readonly rowCount: number;
  /** Rows with another number of cells than the heading, line numbers from 1, at most 20. */
  readonly raggedLines: readonly number[];
  /** Days of a daily table, when a date column was found. */
  readonly days?: DayCoverage;
  /** Values of the columns asked for. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

export interface TableColumn {
  readonly name: string;
  /** Cells that are numbers. */
  readonly numbers: number;
  readonly blanks: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly sum?: number;
  readonly sample?: string;
  /** The different texts of the column, while they are few (at most 200), such as station numbers. */
  readonly distinct?: readonly string[];
  /** Values known to mean "missing" or "trace", and how often. */
  readonly sentinels: readonly (readonly [value: number, count: number])[];
  /** Sum of the values by calendar year, sentinels left out, when the table has dates. */
  readonly sumByYear?: Readonly<Record<string, number>>;
}

export interface DayCoverage {
  readonly column: string;
  /** First and last day, `YYYY-MM-DD`. */
  readonly first: string;
  readonly last: string;
  readonly days: number;
  readonly duplicates: number;
  /** Days between first and last without a row. */
  readonly missing: number;
  readonly firstMissing?: string;
  readonly unreadable: number;
}

/** A file that could not be read: one line. */
export interface UnreadableInspection {
  readonly kind: 'unreadable';
  readonly path: string;
  readonly fileBytes: number;
  /** Stable kebab-case code, such as `tiff-truncated`. */
  readonly code: string;
  readonly reason: Text;
  readonly cure: Text;
}

export type Inspection = RasterInspection | VectorInspection | TableInspection | UnreadableInspection;

/** What an inspection should do beyond the description. */
export interface InspectionRequest {
  readonly path: string;
  /** What the file is expected to be; by name and content when absent. */
  readonly expect?: 'raster' | 'vector' | 'table';
  /** Bands to read statistics of, from 1; absent: all, at most 64. */
  readonly bands?: readonly number[];
  /** Nodata value to use in place of the declared one. */
  readonly nodata?: number | 'nan';
  /** Count class values (integer rasters). */
  readonly classes?: boolean;
  /** Look for holes inside the raster. */
  readonly holes?: boolean;
  /** Area of interest as rings in lon/lat degrees, or in the coordinates of `areaProj4`. */
  readonly areaRings?: PackedRings;
  readonly areaProj4?: string;
  /** Fields of a vector or columns of a table whose values are wanted. */
  readonly fields?: readonly string[];
  readonly rings?: boolean;
  readonly layerName?: string;
  readonly encoding?: string;
  /** PROJ string or EPSG code to use when the file names none. */
  readonly crs?: string;
  /** Time for reading values, milliseconds; after it the statistics are of what was read. */
  readonly readMilliseconds?: number;
  /** Asks for more time than `readMilliseconds`; set inside the inspecting process. */
  readonly extendTime?: (milliseconds: number) => void;
}
