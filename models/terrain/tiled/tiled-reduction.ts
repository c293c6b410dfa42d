import type { TileFrame, TileId, TileLayout } from '../../grid/tile-layout.ts';

/**
 * A whole-grid computation that reads each tile a fixed number of times and gives the same bytes as on the whole grid:
 * `tile` solves each tile as if it stood alone and exports what its perimeter must tell; `reduce` joins the perimeters,
 * never holding a tile; `finalise` applies the answer.
 */
export interface TiledReduction<Grid, Partial, Boundary, Correction, Result> {
  /** Method and version, such as `flow-accumulation/barnes2017@1`. */
  readonly algorithm: string;
  tile(grid: Grid, frame: TileFrame): { partial: Partial; boundary: Boundary };
  reduce(boundaries: ReadonlyMap<TileId, Boundary>, layout: TileLayout): ReadonlyMap<TileId, Correction>;
  finalise(grid: Grid, partial: Partial, correction: Correction, frame: TileFrame): Result;
}

/**
 * A whole-grid computation that is repeated tile by tile until no perimeter changes. The values only ever fall and the
 * state without change is unique, so neither order nor tiling shows in the result.
 */
export interface TiledRelaxation<Grid, Boundary, Correction, Result> {
  readonly algorithm: string;
  /** One visit; without correction the first one. */
  tile(grid: Grid, frame: TileFrame, correction?: Correction): { result: Result; boundary: Boundary };
  /** What each tile must be told next; a tile whose correction equals the one it was last given is done. */
  exchange(boundaries: ReadonlyMap<TileId, Boundary>, layout: TileLayout): ReadonlyMap<TileId, Correction>;
}
