import { d8Neighbour, d8Offsets } from '../../grid/d8.ts';
import type { TileId } from '../../grid/tile-layout.ts';
import { edgeCell, edgeCells, nodataCell } from '../edge-cells.ts';
import { fillLabelled, type LabelledFill } from '../fill-depressions-barnes2014.ts';
import { padded } from './halo.ts';
import { PassGraph } from './pass-graph.ts';
import { joinPerimeters, perimeterCells, TileSeams } from './tile-perimeter.ts';
import type { TiledReduction } from './tiled-reduction.ts';

/** What the perimeter of a locally filled tile tells; 8 bytes per perimeter cell and 12 per pair of touching labels. */
export interface FillBoundary {
  /** Elevation of the perimeter cells (which stand open, so nothing is filled there), NaN = nodata. */
  readonly elevation: Float32Array;
  /** Labels of the perimeter cells. */
  readonly labels: Uint32Array;
  readonly labelCount: Uint32Array;
  /** Lowest pass between touching labels: first label, second label, elevation. */
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
 * Depression filling tile by tile (Barnes 2016, Computers & Geosciences 96, 56–68): every tile is filled as if its
 * perimeter were open; passes between the parts so drained form a small graph; the level at which each part overflows to
 * the outside is a lowest-highest-pass problem on it. Only comparisons and copies of elevations: exact for any tiling.
 * What lies beyond the perimeter, the map edge and nodata of other tiles included, is known to `reduce` alone, so a tile
 * is read without any halo; its correction brings the halo for all that follows.
 *
 * Grid: elevation, NaN = nodata. Result: filled elevation with one cell of halo.
 */
export const tiledFill: TiledReduction<Float32Array, LabelledFill, FillBoundary, FillCorrection, Float32Array> = {
  algorithm: 'fill-depressions/barnes2016@1',

  tile(elevation, { width, height }) {
    const edges = edgeCells(elevation, width, height);
    const perimeter = perimeterCells(width, height);
    const partial = fillLabelled(elevation, edges, oceanCells(edges, perimeter, width, height), width, height);
    return {
      partial,
      boundary: {
        elevation: Float32Array.from(perimeter, (cell) => partial.filled[cell]),
        labels: Uint32Array.from(perimeter, (cell) => partial.labels[cell]),
        labelCount: Uint32Array.of(partial.labelCount),
        ...passes(partial, width),
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
    tiles.forEach((tile, i) => {
      tile.labels.forEach((label, index) => {
        vertexOfNode[seams.starts[i] + index] = vertices.of(i, label);
      });
    });

    const graph = new PassGraph(vertices.count);
    tiles.forEach((tile, i) => {
      for (let pass = 0; pass < tile.passLevel.length; pass++)
        graph.add(vertices.of(i, tile.passFrom[pass]), vertices.of(i, tile.passTo[pass]), tile.passLevel[pass]);
    });
    seams.forEachCrossing((node, neighbour) => {
      if (Number.isNaN(elevation[node])) return;
      if (neighbour < 0 || Number.isNaN(elevation[neighbour])) graph.add(vertexOfNode[node], 0, elevation[node]);
      else if (node < neighbour)
        graph.add(vertexOfNode[node], vertexOfNode[neighbour], Math.max(elevation[node], elevation[neighbour]));
    });
    const overflow = graph.overflowLevels();

    const corrections = new Map<TileId, FillCorrection>();
    seams.frames.forEach((frame, i) => {
      const levels = new Float32Array(tiles[i].labelCount[0] + 1).fill(Number.NEGATIVE_INFINITY);
      for (let label = 2; label < levels.length; label++) levels[label] = overflow[vertices.of(i, label)];
      const ringNodes = seams.ringNodes(frame);
      const ringElevation = Float32Array.from(ringNodes, (node) => (node < 0 ? Number.NaN : elevation[node]));
      const ring = ringElevation.map((level, k) => drowned(level, overflow[vertexOfNode[ringNodes[k]]]));
      corrections.set(frame.id, { levels, ring, ringElevation });
    });
    return corrections;
  },

  finalise(_, { filled, labels }, { levels, ring }, { width, height }) {
    const final = filled.map((level, i) => drowned(level, levels[labels[i]]));
    return padded(final, ring, width, height);
  },
};

/** Edge cells that water can leave for nodata inside the tile; of the others only `reduce` knows whether it can. */
function oceanCells(edges: Uint8Array, perimeter: Uint32Array, width: number, height: number): Uint8Array {
  const ocean = edges.map((edge) => (edge === edgeCell ? 1 : 0));
  for (const cell of perimeter) {
    ocean[cell] = 0;
    if (edges[cell] === nodataCell) continue;
    for (let k = 0; k < 8; k++) {
      const neighbour = d8Neighbour(cell, k, width, height);
      if (neighbour >= 0 && edges[neighbour] === nodataCell) ocean[cell] = 1;
    }
  }
  return ocean;
}

/** The higher of two levels; NaN stays. */
function drowned(filled: number, level: number): number {
  return filled < level ? level : filled;
}

/** Lowest pass for every pair of touching labels, by ascending labels. */
function passes({ filled, labels, labelCount }: LabelledFill, width: number) {
  const lowest = new Map<number, number>();
  const offsets = d8Offsets(width);
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 0) continue;
    const column = i % width;
    // East, south-east, south, south-west: each pair of neighbours once.
    for (let k = 0; k < 4; k++) {
      if ((k < 2 && column === width - 1) || (k > 0 && i + width >= labels.length) || (k === 3 && column === 0))
        continue;
      const neighbour = i + offsets[k];
      if (labels[neighbour] === 0 || labels[neighbour] === labels[i]) continue;
      const from = Math.min(labels[i], labels[neighbour]);
      const key = from * (labelCount + 1) + Math.max(labels[i], labels[neighbour]);
      const level = Math.max(filled[i], filled[neighbour]);
      if (!(lowest.get(key)! <= level)) lowest.set(key, level);
    }
  }
  const keys = Float64Array.from(lowest.keys()).sort();
  return {
    passFrom: Uint32Array.from(keys, (key) => Math.floor(key / (labelCount + 1))),
    passTo: Uint32Array.from(keys, (key) => key % (labelCount + 1)),
    passLevel: Float32Array.from(keys, (key) => lowest.get(key)!),
  };
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
