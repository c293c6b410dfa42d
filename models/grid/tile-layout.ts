import type { CellWindow } from './grid-spec.ts';

/** Name of a tile, such as `x003_y012`: column and row of the tile, counted from the north-west. */
export type TileId = string;

/** One tile of a layout: where it sits among the tiles and which cells it covers. */
export interface TileFrame extends CellWindow {
  readonly id: TileId;
  readonly column: number;
  readonly row: number;
}

/** A grid cut into square tiles; those on the east and south edges may be smaller. */
export interface TileLayout {
  readonly gridWidth: number;
  readonly gridHeight: number;
  /** Side of a full tile, cells. */
  readonly tileSize: number;
  readonly columns: number;
  readonly rows: number;
}

/** Layout of a grid for a tile side; the side may exceed the grid. */
export function tileLayout(gridWidth: number, gridHeight: number, tileSize: number): TileLayout {
  if (!Number.isInteger(tileSize) || tileSize < 1)
    throw new RangeError(`tile size must be a whole number ≥ 1, got ${tileSize}`);
  return {
    gridWidth,
    gridHeight,
    tileSize,
    columns: Math.ceil(gridWidth / tileSize),
    rows: Math.ceil(gridHeight / tileSize),
  };
}

export function tileId(column: number, row: number): TileId {
  return `x${String(column).padStart(3, '0')}_y${String(row).padStart(3, '0')}`;
}

export function tileFrame(layout: TileLayout, column: number, row: number): TileFrame {
  const x0 = column * layout.tileSize;
  const y0 = row * layout.tileSize;
  return {
    id: tileId(column, row),
    column,
    row,
    x0,
    y0,
    width: Math.min(layout.tileSize, layout.gridWidth - x0),
    height: Math.min(layout.tileSize, layout.gridHeight - y0),
  };
}

/** All tiles, row by row from the north-west. */
export function tileFrames(layout: TileLayout): TileFrame[] {
  const frames: TileFrame[] = [];
  for (let row = 0; row < layout.rows; row++)
    for (let column = 0; column < layout.columns; column++) frames.push(tileFrame(layout, column, row));
  return frames;
}
