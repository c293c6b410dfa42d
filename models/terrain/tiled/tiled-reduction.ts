import type { TileFrame, TileId, TileLayout } from '../../grid/tile-layout.ts';

/** What a computation knows about the tile before it: its size, not its place. */
export type TileExtent = Pick<TileFrame, 'width' | 'height'>;

/**
 * A whole-grid computation that reads each tile a fixed number of times and gives the same bytes as on the whole grid:
 * `tile` solves each tile as if it stood alone and exports what its perimeter must tell; `reduce` joins the perimeters,
 * never holding a tile; `finalise` applies the answer.
 */
export interface TiledReduction<Grid, Partial, Boundary, Correction, Result> {
  /** Method and version, such as `flow-accumulation/barnes2017@1`. */
  readonly algorithm: string;
  tile(grid: Grid, extent: TileExtent): { partial: Partial; boundary: Boundary };
  reduce(boundaries: ReadonlyMap<TileId, Boundary>, layout: TileLayout): ReadonlyMap<TileId, Correction>;
  finalise(grid: Grid, partial: Partial, correction: Correction, extent: TileExtent): Result;
}
