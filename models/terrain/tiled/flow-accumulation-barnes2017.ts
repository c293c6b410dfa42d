import { noDirection } from '../../grid/d8.ts';
import type { TileId } from '../../grid/tile-layout.ts';
import { edgeSources, markDownstream } from '../edge-contamination.ts';
import { flowAccumulation } from '../flow-accumulation-d8.ts';
import { downstreamOrder, perimeterGraph } from './perimeter-graph.ts';
import { insideDirections, perimeterLinks } from './perimeter-links.ts';
import { joinPerimeters, perimeterCells, TileSeams } from './tile-perimeter.ts';
import type { TiledReduction } from './tiled-reduction.ts';

export interface AccumulationGrid {
  /** Resolved D8 codes of the tile. */
  readonly direction: Uint8Array;
  /** See `edgeCells`, with the surroundings of the tile known. */
  readonly edges: Uint8Array;
}

export interface AccumulationResult {
  /** Cells through each outlet, self included; 0 nodata. */
  readonly accumulation: Uint32Array;
  /** 1 on and downstream of edge cells, see `edgeContamination`. */
  readonly fromEdge: Uint8Array;
}

/** 10 bytes per perimeter cell. */
export interface AccumulationBoundary {
  readonly direction: Uint8Array;
  /** Place on the perimeter where the cell's water leaves the tile, or `linkEnds`. */
  readonly link: Uint32Array;
  /** What the tile's own cells bring to the perimeter cell, itself included. */
  readonly accumulation: Uint32Array;
  /** 1 where the tile's own edge cells drain to the perimeter cell. */
  readonly fromEdge: Uint8Array;
}

/** Water that enters at each perimeter cell from other tiles, and whether some of it passed an edge cell. */
export interface AccumulationCorrection {
  readonly inflow: Uint32Array;
  readonly fromEdge: Uint8Array;
}

/**
 * Flow accumulation tile by tile (Barnes 2017, Environmental Modelling & Software 92, 202–212). Every entry on a tile's
 * perimeter has one exit, so what crosses seams is settled on the perimeters; sums are of whole numbers, hence exact.
 * What edge cells contaminate goes the same ways.
 */
export const tiledFlowAccumulation: TiledReduction<
  AccumulationGrid,
  null,
  AccumulationBoundary,
  AccumulationCorrection,
  AccumulationResult
> = {
  algorithm: 'flow-accumulation/barnes2017@1',

  tile({ direction, edges }, { width, height }) {
    const links = insideDirections(direction, width, height);
    const accumulation = flowAccumulation(links, width);
    const fromEdge = markDownstream(links, width, edgeSources(edges));
    const perimeter = perimeterCells(width, height);
    return {
      partial: null,
      boundary: {
        direction: Uint8Array.from(perimeter, (cell) => direction[cell]),
        link: perimeterLinks(direction, width, height),
        accumulation: perimeter.map((cell) => accumulation[cell]),
        fromEdge: Uint8Array.from(perimeter, (cell) => fromEdge[cell]),
      },
    };
  },

  reduce(boundaries, layout) {
    const seams = new TileSeams(layout);
    const tiles = seams.frames.map((frame) => boundaries.get(frame.id)!);
    const nodes = seams.starts[tiles.length];
    const join = <K extends keyof AccumulationBoundary>(
      key: K,
      into: AccumulationBoundary[K],
    ): AccumulationBoundary[K] => joinPerimeters(tiles.map((tile) => tile[key]) as AccumulationBoundary[K][], into);
    const own = join('accumulation', new Uint32Array(nodes));
    const ownFromEdge = join('fromEdge', new Uint8Array(nodes));
    const graph = perimeterGraph(seams, join('direction', new Uint8Array(nodes)), join('link', new Uint32Array(nodes)));

    const inflow = new Uint32Array(nodes);
    const inflowFromEdge = new Uint8Array(nodes);
    // Foreign water at a cell. On the way through a tile only this is handed on: the exit knows its own tile's already.
    const foreign = new Uint32Array(nodes);
    const foreignFromEdge = new Uint8Array(nodes);
    for (const from of downstreamOrder(graph)) {
      const to = graph.next[from];
      if (graph.crosses[from] === 0) {
        foreign[to] += foreign[from];
        foreignFromEdge[to] |= foreignFromEdge[from];
        continue;
      }
      const water = own[from] + foreign[from];
      const marked = ownFromEdge[from] | foreignFromEdge[from];
      foreign[to] += water;
      foreignFromEdge[to] |= marked;
      inflow[to] += water;
      inflowFromEdge[to] |= marked;
    }
    return new Map<TileId, AccumulationCorrection>(
      seams.frames.map((frame, i) => {
        const [first, end] = [seams.starts[i], seams.starts[i + 1]];
        return [frame.id, { inflow: inflow.slice(first, end), fromEdge: inflowFromEdge.slice(first, end) }];
      }),
    );
  },

  finalise({ direction, edges }, _, { inflow, fromEdge }, { width, height }) {
    const links = insideDirections(direction, width, height);
    const start = Uint32Array.from(direction, (code) => (code === noDirection ? 0 : 1));
    const marks = edgeSources(edges);
    perimeterCells(width, height).forEach((cell, place) => {
      start[cell] += inflow[place];
      marks[cell] |= fromEdge[place];
    });
    return { accumulation: flowAccumulation(links, width, start), fromEdge: markDownstream(links, width, marks) };
  },
};
