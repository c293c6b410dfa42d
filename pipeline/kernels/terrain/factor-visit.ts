import { noDirection } from '../../../models/grid/d8.ts';
import { lengthFactorLayer } from '../../../models/terrain/length-factor-layer.ts';
import { slopeSteepnessFactor } from '../../../models/terrain/slope-steepness-factor.ts';
import { slopeLengthOptions, type TerrainOptions } from '../../../models/terrain/terrain.ts';
import type { FillCorrection } from '../../../models/terrain/tiled/fill-depressions-barnes2016.ts';
import type { AccumulationCorrection } from '../../../models/terrain/tiled/flow-accumulation-barnes2017.ts';
import type { SlopeLengthCorrection } from '../../../models/terrain/tiled/slope-length.ts';
import { tileAzimuth } from '../../../models/terrain/tiled/terrain-visits.ts';
import { layerCells, type RowLayer, wholeLayer } from '../../formats/row-layer.ts';
import { exponentConstants, sineConstants } from './factor-constants.ts';
import { findEdges, sweepPaths } from './path-visit.ts';
import type { TerrainExports } from './terrain-exports.ts';
import type { CellArray, TerrainMemory } from './terrain-memory.ts';
import type { FactorLayers } from './tile-terrain.ts';

const mostCells = 0xffffffff;

/** Last visit, see `visitFactors`. Formulas that kernels do not know run in TypeScript. */
export function factorVisit(
  run: TerrainExports,
  memory: TerrainMemory,
  fill: FillCorrection,
  inflow: AccumulationCorrection,
  lengths: SlopeLengthCorrection,
  options: TerrainOptions,
  cellSizeMetres: number,
): FactorLayers {
  const { capMetres, channelCells: channels, ...rules } = slopeLengthOptions(options, cellSizeMetres);
  // The metres take the place of the records, which lie over the same layers.
  const [, accumulation, length, , metres] = memory.words;
  const [contamination, codes, edgeCells] = memory.bytes;
  // Counts of cells are whole: more than the threshold is more than its whole part.
  const channelCells = Math.min(Math.floor(channels), mostCells);
  run.frameBytes(codes!.address, noDirection);
  findEdges(run, memory, fill);
  const [inflows, inflowLengths, inflowMarks] = memory.rims;
  inflows!.cells.set(inflow.inflow);
  inflowLengths!.cells.set(lengths.inflow);
  inflowMarks!.cells.set(inflow.fromEdge);
  sweepPaths(run, memory, 'open', rules);
  run.finishPaths(
    memory.records.address,
    memory.flags.address,
    accumulation!.address,
    length!.address,
    metres!.address,
    contamination!.address,
    channelCells,
    cellSizeMetres,
    capMetres,
  );
  return {
    accumulation: memory.rows(accumulation!.cells),
    slopeLengthMetres: memory.rows(metres!.floats),
    slopeLengthFactor: lengthFactor(run, memory, fill, options, capMetres, cellSizeMetres),
    slopeSteepnessFactor: steepnessFactor(run, memory, options),
    edges: memory.rows(edgeCells!.cells),
    edgeContamination: memory.rows(contamination!.cells),
  };
}

function lengthFactor(
  run: TerrainExports,
  memory: TerrainMemory,
  fill: FillCorrection,
  { lengthFactor: method }: TerrainOptions,
  capMetres: number,
  cellSizeMetres: number,
): RowLayer<Float32Array> {
  const [z, accumulation, length, slopes, , out] = memory.words;
  const [, codes] = memory.bytes;
  const rows = method.kind === 'segment' && method.steps ? exponentConstants(method.steps, memory) : 0;
  if (method.kind !== 'segment' || rows === 0) {
    const { width, height } = memory;
    const copy = <Cells extends CellArray>(cells: Cells): Cells => layerCells(memory.rows(cells));
    const azimuth = () => tileAzimuth(copy(z!.floats), fill, { width, height }, cellSizeMetres);
    const layers = {
      lengthUnits: copy(length!.cells),
      direction: copy(codes!.cells),
      accumulation: copy(accumulation!.cells),
      slope: copy(slopes!.floats),
      azimuth,
    };
    return wholeLayer(lengthFactorLayer(method, layers, cellSizeMetres, capMetres), width, height);
  }
  run.segmentFactor(
    length!.address,
    codes!.address,
    slopes!.address,
    out!.address,
    memory.constants.address,
    rows,
    cellSizeMetres,
    Math.min(capMetres, method.steps!.maxLengthMetres ?? Number.POSITIVE_INFINITY),
    ...memory.knownLengths,
  );
  return memory.rows(out!.floats);
}

/** S. It takes the place of the elevation, which nothing needs any more. */
function steepnessFactor(
  run: TerrainExports,
  memory: TerrainMemory,
  { steepnessFactor: formula, steepnessBands }: TerrainOptions,
): RowLayer<Float32Array> {
  const [out, , , slopes] = memory.words;
  if (!steepnessBands) {
    const slope = layerCells(memory.rows(slopes!.floats));
    return wholeLayer(slopeSteepnessFactor(slope, formula), memory.width, memory.height);
  }
  run.steepnessFactor(
    slopes!.address,
    out!.address,
    memory.constants.address,
    ...sineConstants(steepnessBands, memory),
  );
  return memory.rows(out!.floats);
}
