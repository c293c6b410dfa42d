import { drainsOut, flatCell, noDirection } from '../../../models/grid/d8.ts';
import { gentleSlopeDegrees, type SlopeLengthRules } from '../../../models/terrain/slope-length-van-remortel2004.ts';
import type { FillCorrection } from '../../../models/terrain/tiled/fill-depressions-barnes2016.ts';
import type { FlatCorrection } from '../../../models/terrain/tiled/flow-direction.ts';
import type { PathVisit } from '../../../models/terrain/tiled/terrain-visits.ts';
import type { SlopeBreaks, TerrainExports } from './terrain-exports.ts';
import type { TerrainMemory } from './terrain-memory.ts';

const slopeBreaksOf = ({ variant, gentleCutOff, steepCutOff }: SlopeLengthRules): SlopeBreaks => [
  variant === 'ls-tool' ? 1 : 0,
  gentleCutOff,
  steepCutOff,
  gentleSlopeDegrees,
];

/** Words of a record, and the flag of water from an edge cell, see assembly/terrain/paths.ts. */
const recordWords = { accumulation: 0, length: 1 } as const;
const markFlag = 1 << 7;

/** What may enter a tile at its perimeter, in the rims of the memory: cells, lengths, marks. */
export type Entries = 'closed' | 'open';

/**
 * Follows all ways, with directions in the second layer of bytes and slopes in the fourth of words; the records are left with
 * what the cells have, and the third layer of bytes with edge cells.
 */
export function sweepPaths(
  run: TerrainExports,
  { words, bytes, records, flags, perimeter, rims }: TerrainMemory,
  entries: Entries,
  rules: SlopeLengthRules,
): void {
  const [, , sources, slopes] = words;
  const [, codes, edges] = bytes;
  const [inflow, lengths, marks] = rims;
  run.sweepPaths(
    codes!.address,
    edges!.address,
    slopes!.address,
    records.address,
    flags.address,
    sources!.address,
    entries === 'open' ? perimeter.cells.length : 0,
    perimeter.address,
    inflow!.address,
    lengths!.address,
    marks!.address,
    ...slopeBreaksOf(rules),
  );
}

/** Third visit, see `visitPaths`. */
export function pathVisit(
  run: TerrainExports,
  memory: TerrainMemory,
  fill: FillCorrection,
  flats: FlatCorrection,
  rules: SlopeLengthRules,
): Omit<PathVisit, 'direction'> {
  const [exits, growth, stack, slopes] = memory.words;
  const [, codes] = memory.bytes;
  const { perimeter, rims } = memory;
  run.frameBytes(codes!.address, noDirection);
  if (codes!.cells.includes(flatCell)) resolveFlats(run, memory, fill, flats);
  loadOutside(memory, fill);
  sweepPaths(run, memory, 'closed', rules);
  const fromEdge = marksOf(memory.rim(memory.flags.cells));
  const [links, growths] = rims;
  run.linkPerimeter(
    memory.flags.address,
    perimeter.address,
    perimeter.cells.length,
    exits!.address,
    growth!.address,
    stack!.address,
    links!.address,
    growths!.address,
  );
  const link = links!.cells.slice();
  return {
    boundary: {
      direction: memory.rim(codes!.cells),
      link,
      accumulation: memory.rimOfRecords(recordWords.accumulation),
      fromEdge,
    },
    lengths: {
      direction: memory.rim(codes!.cells),
      link,
      slope: memory.rim(slopes!.floats),
      length: memory.rimOfRecords(recordWords.length),
      growth: growths!.cells.slice(),
    },
  };
}

function marksOf(flags: Uint16Array): Uint8Array {
  const marks = new Uint8Array(flags.length);
  for (let i = 0; i < marks.length; i++) marks[i] = flags[i]! & markFlag ? 1 : 0;
  return marks;
}

/** Sets the ring of the directions in the second layer of bytes: it says where there are data. */
export function loadOutside(memory: TerrainMemory, fill: FillCorrection): void {
  const [, codes] = memory.bytes;
  const ring = new Uint8Array(fill.ring.length);
  for (let i = 0; i < ring.length; i++) ring[i] = Number.isNaN(fill.ring[i]!) ? noDirection : drainsOut;
  memory.loadRing(codes!.cells, ring);
}

function resolveFlats(run: TerrainExports, memory: TerrainMemory, fill: FillCorrection, flats: FlatCorrection): void {
  const [levels, steps, , , ways, late, queue] = memory.words;
  const [, codes] = memory.bytes;
  memory.loadRing(levels!.floats, fill.ring);
  run.fillLayer(steps!.address, 0, 4);
  memory.loadRing(steps!.cells, flats.ring);
  run.resolveFlats(levels!.address, codes!.address, steps!.address, queue!.address, ways!.address, late!.address);
}
