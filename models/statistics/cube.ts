/**
 * The statistics cube: how many cells of a region fall on each combination of zones, land use, slope band and erosion
 * intensity, and how much soil they lose. Every count is a whole number, so cubes of tiles add up to the cube of the
 * whole grid exactly, whatever the tiling and the order.
 *
 * Columns of equal length, one entry per row; rows are sorted by zones, land use, slope band, intensity and cause, each
 * combination occurs once, and rows without cells are left out. Two cubes of the same cells are therefore equal byte by byte.
 */
export interface Cube {
  /** Number of zone sets (county, township, watershed, …) that the zone tuples have. */
  readonly zoneSetCount: number;
  readonly rowCount: number;
  /** Zone tuples, `rowCount × zoneSetCount`, row-major; 0 = in no zone of that set. */
  readonly zones: Uint32Array;
  /** Land-use code; 0 = none. */
  readonly landUse: Uint8Array;
  /** Slope band counted from 1; 0 = no slope. */
  readonly slopeBand: Uint8Array;
  /** Erosion intensity class 1–6; 0 = nodata. */
  readonly intensity: Uint8Array;
  /** Cause of nodata (models/erosion/nodata-cause.ts) where the intensity is 0, else 0. */
  readonly cause: Uint8Array;
  /** Cells, whole numbers below 2^53. */
  readonly cells: Float64Array;
  /**
   * Sum over the cells of the erosion modulus in thousandths of t/(km²·a), each rounded to a whole number before summing.
   * Times the cell area in km² and divided by 1000 it is the soil loss in t/a.
   */
  readonly modulusThousandths: BigInt64Array;
}

export interface CubeColumns {
  readonly zones: ArrayLike<number>;
  readonly landUse: ArrayLike<number>;
  readonly slopeBand: ArrayLike<number>;
  readonly intensity: ArrayLike<number>;
  readonly cause: ArrayLike<number>;
  readonly cells: ArrayLike<number>;
  readonly modulusThousandths: ArrayLike<bigint>;
}

/** The cube of no cells. */
export const emptyCube = (zoneSetCount: number): Cube => cubeOfRows(zoneSetCount, 0);

/** A cube whose rows are to be filled in. */
export const cubeOfRows = (zoneSetCount: number, rowCount: number): Cube => ({
  zoneSetCount,
  rowCount,
  zones: new Uint32Array(rowCount * zoneSetCount),
  landUse: new Uint8Array(rowCount),
  slopeBand: new Uint8Array(rowCount),
  intensity: new Uint8Array(rowCount),
  cause: new Uint8Array(rowCount),
  cells: new Float64Array(rowCount),
  modulusThousandths: new BigInt64Array(rowCount),
});

/** A cube from columns that are already sorted and free of duplicates. */
export function packCube(zoneSetCount: number, columns: CubeColumns): Cube {
  return {
    zoneSetCount,
    rowCount: columns.cells.length,
    zones: Uint32Array.from(columns.zones),
    landUse: Uint8Array.from(columns.landUse),
    slopeBand: Uint8Array.from(columns.slopeBand),
    intensity: Uint8Array.from(columns.intensity),
    cause: Uint8Array.from(columns.cause),
    cells: Float64Array.from(columns.cells),
    modulusThousandths: BigInt64Array.from(columns.modulusThousandths),
  };
}

/** Order of row i of cube a and row j of cube b: negative, 0 when they are the same combination, positive. */
export function compareRows(a: Cube, i: number, b: Cube, j: number): number {
  const setCount = a.zoneSetCount;
  for (let set = 0; set < setCount; set++) {
    const difference = a.zones[i * setCount + set] - b.zones[j * setCount + set];
    if (difference !== 0) return difference;
  }
  return (
    a.landUse[i] - b.landUse[j] ||
    a.slopeBand[i] - b.slopeBand[j] ||
    a.intensity[i] - b.intensity[j] ||
    a.cause[i] - b.cause[j]
  );
}

/** Cells of a cube altogether, those without a class included. */
export function cubeCells(cube: Cube): number {
  let total = 0;
  for (const cells of cube.cells) total += cells;
  return total;
}
