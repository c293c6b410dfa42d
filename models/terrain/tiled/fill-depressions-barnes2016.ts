import type { TileId } from '../../grid/tile-layout.ts';
import { type BasinDrains, labelDrains, raiseDepressions } from './basin-drains.ts';
import { basins } from './basins.ts';
import { padded } from './halo.ts';
import { PassGraph } from './pass-graph.ts';
import { joinPerimeters, perimeterCells, ringValues, TileSeams } from './tile-perimeter.ts';
import type { TiledReduction } from './tiled-reduction.ts';

/** What the perimeter of a tile tells before its filling; at most 20 bytes per perimeter cell. */
export interface FillBoundary {
  /** Elevation of the perimeter cells, not filled, NaN = nodata. */
  readonly elevation: Float32Array;
  /** Labels of the perimeter cells' basins, see `BasinDrains`. */
  readonly labels: Uint32Array;
  readonly labelCount: Uint32Array;
  /** Passes that join the labels: lower label, higher label, elevation. */
  readonly passFrom: Uint32Array;
  readonly passTo: Uint32Array;
  readonly passLevel: Float32Array;
}

export interface FillCorrection {
  /** By label: the level below which its cells are drowned; −∞ where water runs off. */
  readonly levels: Float32Array;
  /** Filled elevation of the ring of cells around the tile, NaN = nodata or outside the grid. */
  readonly ring: Float32Array;
  /** Elevation before filling of the same cells. */
  readonly ringElevation: Float32Array;
}

/**
 * Depression filling tile by tile (Barnes 2016, Computers & Geosciences 96, 56–68), with basins in the place of a flood:
 * every tile is cut into the basins of its pits and these are joined over their lowest passes, as far as that can be known
 * inside the tile; the basins that reach the perimeter and the passes between them form a small graph, on which the level
 * at which each overflows to the outside is a lowest-highest-pass problem. Every cell is then as high as the level of its
 * basin or as itself. Only comparisons and copies of elevations: exact for any tiling.
 *
 * What lies beyond the perimeter, the map edge and nodata of other tiles included, is known to `reduce` alone, so a tile
 * is read without any halo; its correction brings the halo for all that follows. The partial is a few bytes for each pit:
 * small enough to be kept from the first visit to the second, which floods from the pits and needs no basins.
 *
 * Grid: elevation, NaN = nodata. Result: filled elevation with one cell of halo.
 */
export const tiledFill: TiledReduction<Float32Array, BasinDrains, FillBoundary, FillCorrection, Float32Array> = {
  algorithm: 'fill-depressions/barnes2016@2',

  tile(elevation, { width, height }) {
    const found = basins(elevation, width, height);
    const { drains, labelCount, ...passes } = labelDrains(found, elevation, width, height);
    const perimeter = perimeterCells(width, height);
    return {
      partial: drains,
      boundary: {
        elevation: Float32Array.from(perimeter, (cell) => elevation[cell] + 0),
        labels: Uint32Array.from(perimeter, (cell) => drains.label[found.basin[cell]]),
        labelCount: Uint32Array.of(labelCount),
        ...passes,
      },
    };
  },

  reduce(boundaries, layout) {
    const seams = new TileSeams(layout);
    const tiles = seams.frames.map((frame) => boundaries.get(frame.id)!);
    const vertices = new LabelVertices(tiles);
    const nodes = seams.starts[seams.frames.length];
    const elevation = joinPerimeters(
      tiles.map((tile) => tile.elevation),
      new Float32Array(nodes),
    );
    const vertexOfNode = new Uint32Array(nodes);
    tiles.forEach(({ labels }, i) => {
      for (let index = 0; index < labels.length; index++)
        vertexOfNode[seams.starts[i] + index] = vertices.of(i, labels[index]);
    });

    const graph = new PassGraph(vertices.count);
    tiles.forEach((tile, i) => {
      for (let pass = 0; pass < tile.passLevel.length; pass++)
        graph.add(vertices.of(i, tile.passFrom[pass]), vertices.of(i, tile.passTo[pass]), tile.passLevel[pass]);
    });
    for (const { count, nodes: cells, neighbours } of seams.crossings())
      for (let i = 0; i < count; i++) {
        const [node, neighbour] = [cells[i], neighbours[i]];
        if (Number.isNaN(elevation[node])) continue;
        if (neighbour < 0 || Number.isNaN(elevation[neighbour])) graph.add(vertexOfNode[node], 0, elevation[node]);
        else if (node < neighbour)
          graph.add(vertexOfNode[node], vertexOfNode[neighbour], Math.max(elevation[node], elevation[neighbour]));
      }
    const overflow = graph.overflowLevels();
    const filled = new Float32Array(nodes);
    for (let node = 0; node < nodes; node++) filled[node] = drowned(elevation[node], overflow[vertexOfNode[node]]);

    const corrections = new Map<TileId, FillCorrection>();
    seams.frames.forEach((frame, i) => {
      const levels = new Float32Array(tiles[i].labelCount[0] + 1).fill(Number.NEGATIVE_INFINITY);
      for (let label = 2; label < levels.length; label++) levels[label] = overflow[vertices.of(i, label)];
      const ring = seams.ringNodes(i);
      corrections.set(frame.id, {
        levels,
        ring: ringValues(ring, filled, Number.NaN),
        ringElevation: ringValues(ring, elevation, Number.NaN),
      });
    });
    return corrections;
  },

  finalise(elevation, drains, { levels, ring }, { width, height }) {
    return padded(raiseDepressions(elevation, drains, levels, width, height), ring, width, height);
  },
};

/** The higher of two levels; NaN stays. */
function drowned(filled: number, level: number): number {
  return filled < level ? level : filled;
}

/** Numbers the labels of all tiles through; label 1 of every tile is the one vertex 0, the outside. */
class LabelVertices {
  private readonly bases: number[] = [];
  readonly count: number;

  constructor(tiles: readonly FillBoundary[]) {
    let next = 1;
    for (const tile of tiles) {
      this.bases.push(next - 2);
      next += tile.labelCount[0] - 1;
    }
    this.count = next;
  }

  of(tile: number, label: number): number {
    return label < 2 ? 0 : this.bases[tile] + label;
  }
}
