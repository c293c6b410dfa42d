import { noDirection } from '../../grid/d8.ts';
import type { TileId } from '../../grid/tile-layout.ts';
import { flowAccumulation } from '../flow-accumulation-d8.ts';
import { perimeterGraph, sweepPerimeters } from './perimeter-graph.ts';
import { insideDirections, perimeterLinks } from './perimeter-links.ts';
import { joinPerimeters, perimeterCells, TileSeams } from './tile-perimeter.ts';
import type { TiledReduction } from './tiled-reduction.ts';

export interface AccumulationGrid {
  /** Resolved D8 codes of the tile. */
  readonly direction: Uint8Array;
  /** Whole numbers to add up; 1 per cell if absent. */
  readonly weights?: Uint8Array;
}

/** 9 bytes per perimeter cell. */
export interface AccumulationBoundary {
  readonly direction: Uint8Array;
  /** Place on the perimeter where the cell's water leaves the tile, or `linkEnds`. */
  readonly link: Uint32Array;
  /** What the tile's own cells bring to the perimeter cell, itself included. */
  readonly accumulation: Uint32Array;
}

/** Water that enters at each perimeter cell from other tiles. */
export interface AccumulationCorrection {
  readonly inflow: Uint32Array;
}

/**
 * Flow accumulation tile by tile (Barnes 2017, Environmental Modelling & Software 92, 202–212). Every entry on a tile's
 * perimeter has one exit, so what crosses seams is settled on the perimeters; sums are of whole numbers, hence exact.
 */
export const tiledFlowAccumulation: TiledReduction<
  AccumulationGrid,
  null,
  AccumulationBoundary,
  AccumulationCorrection,
  Uint32Array
> = {
  algorithm: 'flow-accumulation/barnes2017@1',

  tile({ direction, weights }, { width, height }) {
    const accumulation = flowAccumulation(insideDirections(direction, width, height), width, weights);
    const perimeter = perimeterCells(width, height);
    return {
      partial: null,
      boundary: {
        direction: Uint8Array.from(perimeter, (cell) => direction[cell]),
        link: perimeterLinks(direction, width, height),
        accumulation: perimeter.map((cell) => accumulation[cell]),
      },
    };
  },

  reduce(boundaries, layout) {
    const seams = new TileSeams(layout);
    const tiles = seams.frames.map((frame) => boundaries.get(frame.id)!);
    const nodes = seams.starts[tiles.length];
    const join = <K extends keyof AccumulationBoundary>(key: K, into: AccumulationBoundary[K]) =>
      joinPerimeters(
        tiles.map((tile) => tile[key]),
        into,
      );
    const own = join('accumulation', new Uint32Array(nodes));
    const graph = perimeterGraph(seams, join('direction', new Uint8Array(nodes)), join('link', new Uint32Array(nodes)));

    const inflow = new Uint32Array(nodes);
    // Foreign water at a cell. On the way through a tile only this is handed on: the exit knows its own tile's already.
    const foreign = new Uint32Array(nodes);
    sweepPerimeters(graph, (from, to) => {
      const water = graph.crosses[from] === 1 ? own[from] + foreign[from] : foreign[from];
      foreign[to] += water;
      if (graph.crosses[from] === 1) inflow[to] += water;
    });
    return new Map<TileId, AccumulationCorrection>(
      seams.frames.map((frame, i) => [frame.id, { inflow: inflow.slice(seams.starts[i], seams.starts[i + 1]) }]),
    );
  },

  finalise({ direction, weights }, _, { inflow }, { width, height }) {
    const start = Uint32Array.from(direction, (code, i) => (code === noDirection ? 0 : weights ? weights[i] : 1));
    perimeterCells(width, height).forEach((cell, index) => {
      start[cell] += inflow[index];
    });
    return flowAccumulation(insideDirections(direction, width, height), width, start);
  },
};
