import { drainsOut, flatCell, noDirection } from '../../../models/grid/d8.ts';
import { gentleSlopeDegrees, type SlopeLengthRules } from '../../../models/terrain/slope-length-van-remortel2004.ts';
import type { FillCorrection } from '../../../models/terrain/tiled/fill-depressions-barnes2016.ts';
import type { FlatCorrection } from '../../../models/terrain/tiled/flow-direction.ts';
import type { PathVisit } from '../../../models/terrain/tiled/terrain-visits.ts';
import type { SlopeBreaks, TerrainExports } from './terrain-exports.ts';
import type { TerrainMemory } from './terrain-memory.ts';

/** Bit of a cell's state that says that water from an edge cell reaches it, see assembly/terrain/paths.ts. */
const markBits = 7;

export const slopeBreaksOf = ({ variant, gentleCutOff, steepCutOff }: SlopeLengthRules): SlopeBreaks => [
  variant === 'ls-tool' ? 1 : 0,
  gentleCutOff,
  steepCutOff,
  gentleSlopeDegrees,
];

/** Whether water from an edge cell reaches a cell, by its state. */
export const isMarked = (state: number): number => state >> markBits;

/** Third visit, see `visitPaths`. */
export function pathVisit(
  run: TerrainExports,
  memory: TerrainMemory,
  fill: FillCorrection,
  flats: FlatCorrection,
  rules: SlopeLengthRules,
): Omit<PathVisit, 'direction'> {
  const [, accumulation, , slopes, length, exits, growth, stack] = memory.words;
  const [state, codes, edges] = memory.bytes;
  const { perimeter, rims } = memory;
  const breaks = slopeBreaksOf(rules);
  run.frameBytes(codes!.address, noDirection);
  if (codes!.cells.includes(flatCell)) resolveFlats(run, memory, fill, flats);
  findEdges(run, memory, fill);
  run.startPaths(codes!.address, edges!.address, accumulation!.address, length!.address, state!.address);
  run.sweepPaths(codes!.address, state!.address, slopes!.address, accumulation!.address, length!.address, ...breaks);
  run.fillLayer(exits!.address, 255, 4);
  const [links, growths] = rims;
  run.linkPerimeter(
    codes!.address,
    slopes!.address,
    perimeter.address,
    perimeter.cells.length,
    exits!.address,
    growth!.address,
    stack!.address,
    links!.address,
    growths!.address,
    ...breaks,
  );
  const link = links!.cells.slice();
  return {
    boundary: {
      direction: memory.rim(codes!.cells),
      link,
      accumulation: memory.rim(accumulation!.cells),
      fromEdge: memory.rim(state!.cells).map(isMarked),
    },
    lengths: {
      direction: memory.rim(codes!.cells),
      link,
      slope: memory.rim(slopes!.floats),
      length: memory.rim(length!.cells),
      growth: growths!.cells.slice(),
    },
  };
}

/** Edge cells of the directions in the second layer of bytes, into the third. The ring says where there are data. */
export function findEdges(run: TerrainExports, memory: TerrainMemory, fill: FillCorrection): void {
  const [, codes, edges] = memory.bytes;
  memory.loadRing(
    codes!.cells,
    Uint8Array.from(fill.ring, (level) => (Number.isNaN(level) ? noDirection : drainsOut)),
  );
  run.edgesOfDirections(codes!.address, edges!.address);
}

function resolveFlats(run: TerrainExports, memory: TerrainMemory, fill: FillCorrection, flats: FlatCorrection): void {
  const [, steps, levels, , , , queue, late] = memory.words;
  const [, codes] = memory.bytes;
  memory.loadRing(levels!.floats, fill.ring);
  run.fillLayer(steps!.address, 0, 4);
  memory.loadRing(steps!.cells, flats.ring);
  run.resolveFlats(levels!.address, codes!.address, steps!.address, queue!.address, late!.address);
}
