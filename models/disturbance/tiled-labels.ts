import { isDiagonal } from '../grid/d8.ts';
import type { TileId } from '../grid/tile-layout.ts';
import { joinPerimeters, perimeterCells, TileSeams } from '../terrain/tiled/tile-perimeter.ts';
import type { TiledReduction } from '../terrain/tiled/tiled-reduction.ts';
import { type Connectivity, labelComponents, SmallestRoot } from './component-labels.ts';

/** What a tile tells about its components. */
export interface LabelBoundary {
  /** Value of each perimeter cell. */
  readonly value: Uint8Array;
  /** Label within the tile of each perimeter cell, 0 = none. */
  readonly label: Uint32Array;
  /** First cell, in the tile, of each component; entry 0 is that of label 1. */
  readonly firstCell: Uint32Array;
}

/** Number in the whole grid of each component of a tile; entry 0 is that of label 1. */
export interface LabelCorrection {
  readonly number: Uint32Array;
}

/**
 * Connected components tile by tile: each tile labels its own cells, the perimeters say which labels are one patch, and a
 * patch is numbered by the place of its first cell in the whole grid, so that labels are the same for any tiling.
 */
export const tiledLabels = (
  connectivity: Connectivity,
): TiledReduction<Uint8Array, Uint32Array, LabelBoundary, LabelCorrection, Uint32Array> => ({
  algorithm: `component-labels/${connectivity}@1`,

  tile(values, { width, height }) {
    const { labels, count } = labelComponents(values, width, connectivity);
    const firstCell = new Uint32Array(count);
    for (let cell = labels.length - 1; cell >= 0; cell--) if (labels[cell] !== 0) firstCell[labels[cell] - 1] = cell;
    const perimeter = perimeterCells(width, height);
    return {
      partial: labels,
      boundary: {
        value: Uint8Array.from(perimeter, (cell) => values[cell]),
        label: perimeter.map((cell) => labels[cell]),
        firstCell,
      },
    };
  },

  reduce(boundaries, layout) {
    const seams = new TileSeams(layout);
    const tiles = seams.frames.map((frame) => boundaries.get(frame.id)!);
    const starts = new Float64Array(tiles.length + 1);
    tiles.forEach(({ firstCell }, tile) => {
      starts[tile + 1] = starts[tile] + firstCell.length;
    });
    const nodes = seams.starts[tiles.length];
    const value = joinPerimeters(
      tiles.map((tile) => tile.value),
      new Uint8Array(nodes),
    );
    const component = new Float64Array(nodes);
    tiles.forEach(({ label }, tile) => {
      for (let place = 0; place < label.length; place++)
        component[seams.starts[tile] + place] = starts[tile] + label[place] - 1;
    });
    const sets = new SmallestRoot(starts[tiles.length]);
    for (const { count, nodes: cells, neighbours, orders } of seams.crossings())
      for (let i = 0; i < count; i++) {
        const [node, neighbour] = [cells[i], neighbours[i]];
        if (neighbour < 0 || value[node] === 0 || value[node] !== value[neighbour]) continue;
        if (connectivity === 4 && isDiagonal(orders[i])) continue;
        sets.join(component[node], component[neighbour]);
      }
    return numbered(seams, tiles, starts, sets);
  },

  finalise(_, labels, { number }) {
    return labels.map((label) => (label === 0 ? 0 : number[label - 1]));
  },
});

/** Numbers the joined components by their first cells in the whole grid. */
function numbered(
  seams: TileSeams,
  tiles: readonly LabelBoundary[],
  starts: Float64Array,
  sets: SmallestRoot,
): ReadonlyMap<TileId, LabelCorrection> {
  const total = starts[tiles.length];
  const first = new Float64Array(total).fill(Number.POSITIVE_INFINITY);
  seams.frames.forEach((frame, tile) => {
    tiles[tile].firstCell.forEach((cell, at) => {
      const row = frame.y0 + Math.floor(cell / frame.width);
      const place = row * seams.layout.gridWidth + frame.x0 + (cell % frame.width);
      const root = sets.root(starts[tile] + at);
      first[root] = Math.min(first[root], place);
    });
  });
  const roots: number[] = [];
  for (let component = 0; component < total; component++) if (sets.root(component) === component) roots.push(component);
  roots.sort((a, b) => first[a] - first[b]);
  const number = new Uint32Array(total);
  roots.forEach((root, at) => {
    number[root] = at + 1;
  });
  return new Map(
    seams.frames.map((frame, tile) => {
      const length = tiles[tile].firstCell.length;
      return [
        frame.id,
        { number: Uint32Array.from({ length }, (_, at) => number[sets.root(starts[tile] + at)]) },
      ] as const;
    }),
  );
}
