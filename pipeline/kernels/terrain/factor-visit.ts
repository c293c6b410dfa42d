import { noDirection } from '../../../models/grid/d8.ts';
import { lengthFactorLayer } from '../../../models/terrain/length-factor-layer.ts';
import { slopeSteepnessFactor } from '../../../models/terrain/slope-steepness-factor.ts';
import { slopeLengthOptions, type TerrainOptions } from '../../../models/terrain/terrain.ts';
import type { AccumulationCorrection } from '../../../models/terrain/tiled/flow-accumulation-barnes2017.ts';
import type { SlopeLengthCorrection } from '../../../models/terrain/tiled/slope-length.ts';
import { azimuthOf, type LastVisitGrid, type TerrainVisits } from '../../../models/terrain/tiled/terrain-visits.ts';
import type { TileExtent } from '../../../models/terrain/tiled/tiled-reduction.ts';
import { exponentConstants, sineConstants } from './factor-constants.ts';
import { slopeBreaksOf } from './path-visit.ts';
import type { TerrainExports } from './terrain-exports.ts';
import type { TerrainMemory } from './terrain-memory.ts';

const mostCells = 0xffffffff;
const mark = 128;

/** Last visit, see `visitFactors`. Formulas that kernels do not know run in TypeScript. */
export function factorVisit(
  run: TerrainExports,
  memory: TerrainMemory,
  grid: LastVisitGrid,
  inflow: AccumulationCorrection,
  lengths: SlopeLengthCorrection,
  options: TerrainOptions,
  extent: TileExtent,
  cellSizeMetres: number,
): ReturnType<TerrainVisits['factors']> {
  const { direction, edges, slope } = grid;
  const { capMetres, channelCells: channels, ...rules } = slopeLengthOptions(options, cellSizeMetres);
  const [, accumulation, , slopes, length, metres] = memory.words;
  const [state, codes, edgeCells, contamination] = memory.bytes;
  // Counts of cells are whole: more than the threshold is more than its whole part.
  const channelCells = Math.min(Math.floor(channels), mostCells);
  memory.load(codes!.cells, direction);
  run.frameBytes(codes!.address, noDirection);
  memory.load(edgeCells!.cells, edges);
  memory.load(slopes!.floats, slope);
  run.startPaths(codes!.address, edgeCells!.address, accumulation!.address, length!.address, state!.address);
  enter(memory, inflow, lengths);
  run.sweepPaths(
    codes!.address,
    state!.address,
    slopes!.address,
    accumulation!.address,
    length!.address,
    ...slopeBreaksOf(rules),
  );
  run.lengthMetres(
    length!.address,
    accumulation!.address,
    codes!.address,
    metres!.address,
    channelCells,
    cellSizeMetres,
    capMetres,
  );
  run.contamination(state!.address, codes!.address, accumulation!.address, contamination!.address, channelCells);
  const finalAccumulation = memory.unload(accumulation!.cells);
  return {
    direction,
    accumulation: finalAccumulation,
    slopeDegrees: slope,
    slopeLengthMetres: memory.unload(metres!.floats),
    slopeLengthFactor: lengthFactor(run, memory, grid, finalAccumulation, options, capMetres, extent, cellSizeMetres),
    slopeSteepnessFactor: steepnessFactor(run, memory, slope, options),
    edges,
    edgeContamination: memory.unload(contamination!.cells),
  };
}

/** What enters from other tiles. */
function enter(memory: TerrainMemory, inflow: AccumulationCorrection, lengths: SlopeLengthCorrection): void {
  const [, accumulation, , , length] = memory.words;
  const [state] = memory.bytes;
  const places = memory.perimeter.cells;
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!;
    accumulation!.cells[place]! += inflow.inflow[i]!;
    if (inflow.fromEdge[i] !== 0) state!.cells[place]! |= mark;
    if (lengths.inflow[i]! > length!.cells[place]!) length!.cells[place] = lengths.inflow[i]!;
  }
}

function lengthFactor(
  run: TerrainExports,
  memory: TerrainMemory,
  grid: LastVisitGrid,
  accumulation: Uint32Array,
  { lengthFactor: method }: TerrainOptions,
  capMetres: number,
  extent: TileExtent,
  cellSizeMetres: number,
): Float32Array {
  const [, , out, slopes, length] = memory.words;
  const [, codes] = memory.bytes;
  const rows = method.kind === 'segment' && method.steps ? exponentConstants(method.steps, memory) : 0;
  if (method.kind !== 'segment' || rows === 0) {
    const { direction, slope } = grid;
    const azimuth = () => azimuthOf(grid, extent, cellSizeMetres);
    const layers = { lengthUnits: memory.unload(length!.cells), direction, accumulation, slope, azimuth };
    return lengthFactorLayer(method, layers, cellSizeMetres, capMetres);
  }
  run.segmentFactor(
    length!.address,
    codes!.address,
    slopes!.address,
    out!.address,
    memory.constants.address,
    rows,
    cellSizeMetres,
    capMetres,
    method.steps!.maxLengthMetres ?? Number.POSITIVE_INFINITY,
  );
  return memory.unload(out!.floats);
}

function steepnessFactor(
  run: TerrainExports,
  memory: TerrainMemory,
  slope: Float32Array,
  { steepnessFactor: formula, steepnessBands }: TerrainOptions,
): Float32Array {
  const [out, , , slopes] = memory.words;
  if (!steepnessBands) return slopeSteepnessFactor(slope, formula);
  const count = sineConstants(steepnessBands, memory);
  const maxSlope = steepnessBands.maxSlopeDegrees ?? Number.POSITIVE_INFINITY;
  run.steepnessFactor(slopes!.address, out!.address, memory.constants.address, count, maxSlope);
  return memory.unload(out!.floats);
}
