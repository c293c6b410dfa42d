import { flatCell, noDirection } from '../../grid/d8.ts';
import type { TileId } from '../../grid/tile-layout.ts';
import { d8FlowDirection } from '../d8-flow-direction.ts';
import { edgeCells } from '../edge-cells.ts';
import { directFlats, flatDistances, unreachedFlat } from '../resolve-flats.ts';
import { BorderFlatField } from './border-flat-field.ts';
import { borderFlatCells } from './border-flats.ts';
import { cropped, haloCells, padded } from './halo.ts';
import { joinPerimeters, perimeterCells, ringValues, TileSeams } from './tile-perimeter.ts';
import type { TiledReduction } from './tiled-reduction.ts';

/** 9 bytes per perimeter cell, and the border flats: mostly far less, never more than one bit per cell of the tile. */
export interface FlatBoundary {
  /** Filled elevation of the perimeter cells, NaN = nodata. */
  readonly level: Float32Array;
  /** 1 where the perimeter cell is flat. */
  readonly flat: Uint8Array;
  /** Steps from the perimeter cell to the nearest way out of its flat inside the tile, see `flatDistances`. */
  readonly steps: Uint32Array;
  /** Where ways of other tiles may be shorter, see `borderFlatCells`. */
  readonly borderFlats: Uint8Array;
}

export interface FlatCorrection {
  /** Steps to the way out in the ring of cells around a tile; 0 outside the grid and on nodata. */
  readonly ring: Uint32Array;
}

/**
 * D8 directions tile by tile, flats included. Steepest descent needs one cell of halo. The steps from a flat cell to the
 * nearest way out of its flat may lead through many tiles and in and out of one: `reduce` lowers the steps at the
 * perimeters until none can be lowered, walking only through the border flats, one tile's at a time. Steps are whole
 * numbers that only fall, and the state in which none falls any more is unique, so the order of tiles cannot show.
 *
 * Unlike the other reductions this one does not end after O(perimeter) work: a tile's border flats are walked once
 * whenever a shorter way enters, mostly once or twice in all. Its memory is that of the perimeters and 6 bits for each cell of
 * a tile.
 *
 * Grid: filled elevation with halo (from `tiledFill`). Partial: codes with `flatCell` left where the tile's own ways out
 * do not settle the matter. Result: direction codes of the tile.
 */
export const tiledFlowDirection: TiledReduction<Float32Array, Uint8Array, FlatBoundary, FlatCorrection, Uint8Array> = {
  algorithm: 'd8-flow-direction@1',

  tile(filledWithHalo, { width, height }) {
    const paddedWidth = width + 2;
    const edges = edgeCells(filledWithHalo, paddedWidth, height + 2);
    const direction = d8FlowDirection(filledWithHalo, edges, paddedWidth, height + 2);
    const halo = haloCells(width, height);
    // The halo's own directions are not to be had here.
    for (const cell of halo) direction[cell] = noDirection;
    const partial = cropped(direction, width, height);
    const unknown = new Uint32Array(halo.length).fill(unreachedFlat);
    const distance = flatDistances(filledWithHalo, direction, paddedWidth, { cells: halo, steps: unknown });
    const steps = cropped(distance, width, height);
    const filled = cropped(filledWithHalo, width, height);
    const perimeter = perimeterCells(width, height);
    return {
      partial,
      boundary: {
        level: Float32Array.from(perimeter, (cell) => filled[cell]),
        flat: Uint8Array.from(perimeter, (cell) => (partial[cell] === flatCell ? 1 : 0)),
        steps: Uint32Array.from(perimeter, (cell) => steps[cell]),
        borderFlats: borderFlatCells(partial, steps, width, height),
      },
    };
  },

  reduce(boundaries, layout) {
    const seams = new TileSeams(layout);
    const tiles = seams.frames.map((frame) => boundaries.get(frame.id)!);
    const nodes = seams.starts[tiles.length];
    const join = <K extends 'level' | 'flat' | 'steps'>(key: K, into: FlatBoundary[K]): FlatBoundary[K] =>
      joinPerimeters(tiles.map((tile) => tile[key]) as FlatBoundary[K][], into);
    const steps = join('steps', new Uint32Array(nodes)) as Uint32Array;
    const level = join('level', new Float32Array(nodes));
    const flat = join('flat', new Uint8Array(nodes));

    lowerSteps(
      tiles.map((tile) => tile.borderFlats),
      steps,
      new FlatSeams(seams, level, flat),
    );
    return new Map<TileId, FlatCorrection>(
      seams.frames.map((frame, i) => [frame.id, { ring: ringValues(seams.ringNodes(i), steps, 0) }]),
    );
  },

  finalise(filledWithHalo, partial, { ring }, { width, height }) {
    if (!partial.includes(flatCell)) return partial;
    const halo = haloCells(width, height);
    const direction = padded(partial, new Uint8Array(halo.length).fill(noDirection), width, height);
    const distance = flatDistances(filledWithHalo, direction, width + 2, { cells: halo, steps: ring });
    return cropped(directFlats(filledWithHalo, direction, distance, width + 2), width, height);
  },
};

/** Pairs of a flat perimeter cell and a neighbour on its level in another tile, sorted by the cell. */
class FlatSeams {
  readonly seams: TileSeams;
  /** First pair of each perimeter cell, by through number; one more at the end. */
  readonly starts: Uint32Array;
  readonly neighbours: Int32Array;

  constructor(seams: TileSeams, level: Float32Array, flat: Uint8Array) {
    this.seams = seams;
    this.starts = new Uint32Array(flat.length + 1);
    const neighbours: number[] = [];
    let last = 0;
    // Crossings come tile by tile and in the order of the perimeter.
    for (const { count, nodes, neighbours: others } of seams.crossings())
      for (let i = 0; i < count; i++) {
        const node = nodes[i];
        if (flat[node] === 0 || others[i] < 0 || level[node] !== level[others[i]]) continue;
        while (last < node) this.starts[++last] = neighbours.length;
        neighbours.push(others[i]);
      }
    while (last < flat.length) this.starts[++last] = neighbours.length;
    this.neighbours = Int32Array.from(neighbours);
  }
}

/** Lowers steps at all perimeters to those of the whole grid. */
function lowerSteps(
  borderFlats: readonly Uint8Array[],
  steps: Uint32Array,
  { seams, starts, neighbours }: FlatSeams,
): void {
  const field = new BorderFlatField();
  const queue = seams.frames.map((_, tile) => tile);
  const queued = new Uint8Array(queue.length).fill(1);
  for (let turn = 0; turn < queue.length; turn++) {
    const tile = queue[turn];
    queued[tile] = 0;
    const { width, height } = seams.frames[tile];
    const [first, end] = [seams.starts[tile], seams.starts[tile + 1]];
    const seeds: number[] = [];
    for (let node = first; node < end; node++) {
      let nearest = steps[node];
      for (let pair = starts[node]; pair < starts[node + 1]; pair++) {
        const known = steps[neighbours[pair]];
        if (known !== unreachedFlat && known + 1 < nearest) nearest = known + 1;
      }
      if (nearest === steps[node]) continue;
      steps[node] = nearest;
      seeds.push(node - first);
    }
    if (seeds.length === 0) continue;
    const fallen = field.spread(borderFlats[tile], width, height, steps.subarray(first, end), seeds);
    for (const place of [...seeds, ...fallen])
      for (let pair = starts[first + place]; pair < starts[first + place + 1]; pair++) {
        const other = seams.tileOf(neighbours[pair]);
        if (queued[other] === 1) continue;
        queued[other] = 1;
        queue.push(other);
      }
  }
}
