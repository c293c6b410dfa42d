import { noDirection } from '../../grid/d8.ts';
import type { TileFrame, TileId } from '../../grid/tile-layout.ts';
import { d8FlowDirection } from '../d8-flow-direction.ts';
import { edgeCells } from '../edge-cells.ts';
import { directFlats, flatDistances, unreachedFlat } from '../resolve-flats.ts';
import { cropped, haloCells } from './halo.ts';
import { joinPerimeters, perimeterCells, TileSeams } from './tile-perimeter.ts';
import type { TiledRelaxation } from './tiled-reduction.ts';

/** Steps to the way out at each perimeter cell; 4 bytes per perimeter cell. */
export interface FlatBoundary {
  readonly distance: Uint32Array;
}

/** Steps to the way out in the ring of cells around a tile; 0 outside the grid and on nodata. */
export interface FlatCorrection {
  readonly ring: Uint32Array;
}

/**
 * D8 directions tile by tile, flats included. Steepest descent needs one cell of halo. The steps from a flat cell to the
 * nearest way out of its flat may cross many tiles: tiles tell each other the steps known at their perimeters until none
 * falls any more. Most tiles are done after two visits; a flat that winds through n seams needs about n.
 *
 * Grid: filled elevation with halo (from `tiledFill`). Result: direction codes of the tile.
 */
export const tiledFlowDirection: TiledRelaxation<Float32Array, FlatBoundary, FlatCorrection, Uint8Array> = {
  algorithm: 'd8-flow-direction@1',

  tile(filledWithHalo, { width, height }, correction) {
    const paddedWidth = width + 2;
    const edges = edgeCells(filledWithHalo, paddedWidth, height + 2);
    const direction = d8FlowDirection(filledWithHalo, edges, paddedWidth, height + 2);
    // The halo's own directions are not to be had here; its steps are what the neighbours say.
    const halo = haloCells(width, height);
    for (const cell of halo) direction[cell] = noDirection;
    const ring = correction?.ring ?? new Uint32Array(halo.length).fill(unreachedFlat);
    const known = { cells: halo, steps: ring };
    const distance = flatDistances(filledWithHalo, direction, paddedWidth, known);
    const steps = cropped(distance, width, height);
    return {
      result: cropped(directFlats(filledWithHalo, direction, distance, paddedWidth), width, height),
      boundary: { distance: Uint32Array.from(perimeterCells(width, height), (cell) => steps[cell]) },
    };
  },

  exchange(boundaries, layout) {
    const seams = new TileSeams(layout);
    const distance = joinPerimeters(
      seams.frames.map((frame) => boundaries.get(frame.id)!.distance),
      new Uint32Array(seams.starts[seams.frames.length]),
    );
    const ringOf = (frame: TileFrame): Uint32Array =>
      Uint32Array.from(haloCells(frame.width, frame.height), (cell) => {
        const column = frame.x0 + (cell % (frame.width + 2)) - 1;
        const row = frame.y0 + Math.floor(cell / (frame.width + 2)) - 1;
        const node = seams.nodeAt(column, row);
        return node < 0 ? 0 : distance[node];
      });
    return new Map<TileId, FlatCorrection>(seams.frames.map((frame) => [frame.id, { ring: ringOf(frame) }]));
  },
};
