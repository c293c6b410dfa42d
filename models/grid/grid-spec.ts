/**
 * A north-up raster grid of square cells in a projected coordinate system.
 *
 * Cell (column, row) covers the half-open square whose north-west corner is
 * (originX + column·cellSizeMetres, originY − row·cellSizeMetres). Arrays over a grid are row-major, row 0 in the north.
 */
export interface GridSpec {
  /** Coordinate system, as `EPSG:nnnn` or a PROJ string. */
  readonly crs: string;
  readonly cellSizeMetres: number;
  /** Easting of the western outer edge, metres. */
  readonly originX: number;
  /** Northing of the northern outer edge, metres. */
  readonly originY: number;
  /** Cells from west to east. */
  readonly width: number;
  /** Cells from north to south. */
  readonly height: number;
}

/** A rectangle of cells inside a grid: first column and row, and size in cells. */
export interface CellWindow {
  readonly x0: number;
  readonly y0: number;
  readonly width: number;
  readonly height: number;
}

/** Map extent in the units of a coordinate system. */
export interface Extent {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** True when both grids have the same cells in the same place. */
export function sameGrid(a: GridSpec, b: GridSpec): boolean {
  return (
    a.crs === b.crs &&
    a.cellSizeMetres === b.cellSizeMetres &&
    a.originX === b.originX &&
    a.originY === b.originY &&
    a.width === b.width &&
    a.height === b.height
  );
}

/** A window widened on all sides by some cells, as far as the grid goes. */
export function grownWindow(window: CellWindow, by: number, { width, height }: GridSpec): CellWindow {
  const [x0, y0] = [Math.max(0, window.x0 - by), Math.max(0, window.y0 - by)];
  return {
    x0,
    y0,
    width: Math.min(width, window.x0 + window.width + by) - x0,
    height: Math.min(height, window.y0 + window.height + by) - y0,
  };
}

/** A window of a grid as cells counted from one of the grid's cells, such as the first of a raster that holds the window. */
export const windowFrom = (corner: Pick<CellWindow, 'x0' | 'y0'>, window: CellWindow): CellWindow => ({
  ...window,
  x0: window.x0 - corner.x0,
  y0: window.y0 - corner.y0,
});

/** The part of a grid that a window covers, as a grid of its own. */
export function windowGrid(grid: GridSpec, window: CellWindow): GridSpec {
  return {
    crs: grid.crs,
    cellSizeMetres: grid.cellSizeMetres,
    originX: grid.originX + window.x0 * grid.cellSizeMetres,
    originY: grid.originY - window.y0 * grid.cellSizeMetres,
    width: window.width,
    height: window.height,
  };
}

/** Outer edges of a grid in map units. */
export function gridExtent(grid: GridSpec): Extent {
  return {
    west: grid.originX,
    north: grid.originY,
    east: grid.originX + grid.width * grid.cellSizeMetres,
    south: grid.originY - grid.height * grid.cellSizeMetres,
  };
}

/** The cell that holds a map position, or undefined outside the grid. West and north edges belong to the cell. */
export function cellAt(grid: GridSpec, x: number, y: number): { column: number; row: number } | undefined {
  const column = Math.floor((x - grid.originX) / grid.cellSizeMetres);
  const row = Math.floor((grid.originY - y) / grid.cellSizeMetres);
  const inside = column >= 0 && row >= 0 && column < grid.width && row < grid.height;
  return inside ? { column, row } : undefined;
}

/** Smallest grid whose edges are multiples of the cell size and which holds the extent. */
export function snapGrid(crs: string, cellSizeMetres: number, extent: Extent): GridSpec {
  // A hair of slack keeps an extent that lies on the lattice up to rounding from growing by one cell.
  const slack = 1e-6;
  const west = Math.floor(extent.west / cellSizeMetres + slack);
  const east = Math.ceil(extent.east / cellSizeMetres - slack);
  const south = Math.floor(extent.south / cellSizeMetres + slack);
  const north = Math.ceil(extent.north / cellSizeMetres - slack);
  return {
    crs,
    cellSizeMetres,
    originX: west * cellSizeMetres,
    originY: north * cellSizeMetres,
    width: Math.max(1, east - west),
    height: Math.max(1, north - south),
  };
}
