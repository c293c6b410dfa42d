import type { TileId } from '../../grid/tile-layout.ts';
import {
  lengthenDownstream,
  linkedLength,
  longestLength,
  ownPathUnits,
  type SlopeLengthRules,
  slopeBreaks,
  startLengths,
} from '../slope-length-van-remortel2004.ts';
import { downstreamOrder, perimeterGraph } from './perimeter-graph.ts';
import { insideDirections, perimeterLinks } from './perimeter-links.ts';
import { joinPerimeters, perimeterCells, TileSeams } from './tile-perimeter.ts';
import type { TiledReduction } from './tiled-reduction.ts';

export interface SlopeLengthGrid {
  readonly direction: Uint8Array;
  /** Degrees, float32. */
  readonly slope: Float32Array;
}

/** 17 bytes per perimeter cell. */
export interface SlopeLengthBoundary {
  readonly direction: Uint8Array;
  readonly link: Uint32Array;
  readonly slope: Float32Array;
  /** Length at the cell from sources inside the tile. */
  readonly length: Uint32Array;
  /** What a length at the cell grows by on its way to the exit; `brokenOff` where it does not get there. */
  readonly growth: Uint32Array;
}

/** Growth of a length that a slope break ends inside the tile. */
const brokenOff = 0xffffffff;

/** Longest length that other tiles offer at each perimeter cell. */
export interface SlopeLengthCorrection {
  readonly inflow: Uint32Array;
}

/**
 * Slope length tile by tile: the sums of flow accumulation with (max, +) in their place. Where a length breaks off
 * depends on directions and slope alone, never on lengths, so a tile's effect on a foreign length is one number per
 * perimeter cell. Lengths are whole numbers, hence exact. Channels are left out: they end lengths afterwards, see
 * `endAtChannels`, so lengths need not wait for the accumulation.
 */
export function tiledSlopeLength(
  options: SlopeLengthRules,
): TiledReduction<SlopeLengthGrid, null, SlopeLengthBoundary, SlopeLengthCorrection, Uint32Array> {
  function lengths({ direction, slope }: SlopeLengthGrid, start: Uint32Array, width: number, height: number) {
    const links = insideDirections(direction, width, height);
    return lengthenDownstream(links, direction, slope, width, options, start);
  }

  return {
    algorithm: 'slope-length/van-remortel2004@2',

    tile(grid, { width, height }) {
      const { direction, slope } = grid;
      const length = lengths(grid, startLengths(direction), width, height);
      const perimeter = perimeterCells(width, height);
      const growth = new Uint32Array(direction.length);
      const link = perimeterLinks(direction, width, height, (cell, receiver) => {
        const path = ownPathUnits(direction[options.variant === 'aml' ? cell : receiver]);
        growth[cell] =
          growth[receiver] === brokenOff || slopeBreaks(slope[cell], slope[receiver], options)
            ? brokenOff
            : Math.min(growth[receiver] + path, brokenOff - 1);
      });
      return {
        partial: null,
        boundary: {
          direction: Uint8Array.from(perimeter, (cell) => direction[cell]),
          link,
          slope: Float32Array.from(perimeter, (cell) => slope[cell]),
          length: perimeter.map((cell) => length[cell]),
          growth: perimeter.map((cell) => growth[cell]),
        },
      };
    },

    reduce(boundaries, layout) {
      const seams = new TileSeams(layout);
      const tiles = seams.frames.map((frame) => boundaries.get(frame.id)!);
      const nodes = seams.starts[tiles.length];
      const join = <K extends keyof SlopeLengthBoundary>(
        key: K,
        into: SlopeLengthBoundary[K],
      ): SlopeLengthBoundary[K] => joinPerimeters(tiles.map((tile) => tile[key]) as SlopeLengthBoundary[K][], into);
      const direction = join('direction', new Uint8Array(nodes));
      const slope = join('slope', new Float32Array(nodes));
      const own = join('length', new Uint32Array(nodes));
      const growth = join('growth', new Uint32Array(nodes));
      const graph = perimeterGraph(seams, direction, join('link', new Uint32Array(nodes)));

      const inflow = new Uint32Array(nodes);
      // Longest foreign length at a cell; 0 is none, as real lengths are at least half a cell.
      const foreign = new Uint32Array(nodes);
      for (const from of downstreamOrder(graph)) {
        const to = graph.next[from];
        if (graph.crosses[from] === 0) {
          if (foreign[from] > 0 && growth[from] !== brokenOff)
            foreign[to] = Math.max(foreign[to], Math.min(foreign[from] + growth[from], longestLength));
          continue;
        }
        const upper = Math.max(own[from], foreign[from]);
        const offer = linkedLength(upper, direction[from], direction[to], slope[from], slope[to], options);
        foreign[to] = Math.max(foreign[to], offer);
        inflow[to] = Math.max(inflow[to], offer);
      }
      return new Map<TileId, SlopeLengthCorrection>(
        seams.frames.map((frame, i) => [frame.id, { inflow: inflow.slice(seams.starts[i], seams.starts[i + 1]) }]),
      );
    },

    finalise(grid, _, { inflow }, { width, height }) {
      const start = startLengths(grid.direction);
      perimeterCells(width, height).forEach((cell, index) => {
        start[cell] = Math.max(start[cell], inflow[index]);
      });
      return lengths(grid, start, width, height);
    },
  };
}
