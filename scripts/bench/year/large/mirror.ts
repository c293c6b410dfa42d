import { coveringGrid, type RegionFrame } from '../../../../data-samples/region-frame.ts';
import type { GridSpec } from '../../../../models/grid/grid-spec.ts';
import type { Position } from '../../../../pipeline/formats/geometry.ts';

/** A large region and the piece that it is laid with: piece beside piece, every other one mirrored, so that edges meet. */
export interface Mirror {
  readonly piece: RegionFrame;
  readonly whole: RegionFrame;
  /** Pieces along a side. */
  readonly times: number;
}

/** Grid of a raster of the large region whose cells and margin are those of the piece's. */
export function mirroredGrid({ piece, whole }: Mirror, grid: Pick<GridSpec, 'cellSizeMetres' | 'originX'>): GridSpec {
  return coveringGrid(whole, grid.cellSizeMetres, piece.grid.originX - grid.originX);
}

/**
 * Along one side, the cells of the piece's raster in which mirrored centres of the large region's cells lie.
 * @param marginMetres of both rasters around their regions
 */
export function mirroredCells({ piece }: Mirror, cellMetres: number, marginMetres: number, count: number): Int32Array {
  const side = piece.sideMetres;
  return Int32Array.from({ length: count }, (_, at) => {
    const centre = (at + 0.5) * cellMetres - marginMetres;
    const turned = ((centre % (2 * side)) + 2 * side) % (2 * side);
    const inPiece = turned < side ? turned : 2 * side - turned;
    return Math.floor((inPiece + marginMetres) / cellMetres);
  });
}

export type PlaceOf = (position: Position) => Position;

/** Where a position of the piece lies in each of its images. */
export function images({ piece, whole, times }: Mirror): PlaceOf[] {
  const along = (at: number, metres: number): number =>
    at % 2 === 0 ? at * piece.sideMetres + metres : (at + 1) * piece.sideMetres - metres;
  return Array.from({ length: times * times }, (_, n) => ([x, y]) => [
    whole.grid.originX + along(n % times, x - piece.grid.originX),
    whole.grid.originY - along(Math.floor(n / times), piece.grid.originY - y),
  ]);
}

/** Where a position of the piece lies when the piece is stretched over the large region. */
export const stretched =
  ({ piece, whole, times }: Mirror): PlaceOf =>
  ([x, y]) => [
    whole.grid.originX + (x - piece.grid.originX) * times,
    whole.grid.originY - (piece.grid.originY - y) * times,
  ];
