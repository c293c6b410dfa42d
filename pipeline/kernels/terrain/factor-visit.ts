import { noDirection } from '../../../models/grid/d8.ts';
import { lengthFactorLayer } from '../../../models/terrain/length-factor-layer.ts';
import type { GradientRaster } from '../../../models/terrain/slope-horn1981.ts';
import { slopeSteepnessFactor } from '../../../models/terrain/slope-steepness-factor.ts';
import { slopeLengthOptions, type TerrainOptions } from '../../../models/terrain/terrain.ts';
import type { FillCorrection } from '../../../models/terrain/tiled/fill-depressions-barnes2016.ts';
import type { AccumulationCorrection } from '../../../models/terrain/tiled/flow-accumulation-barnes2017.ts';
import type { SlopeLengthCorrection } from '../../../models/terrain/tiled/slope-length.ts';
import { tileGradient } from '../../../models/terrain/tiled/terrain-visits.ts';
import { layerCells, type RowLayer, wholeLayer } from '../../formats/row-layer.ts';
import { type Kernel, lengthKernel, steepnessKernel } from './factor-kernels.ts';
import { loadOutside, sweepPaths } from './path-visit.ts';
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
  const [, accumulation, , , metres] = memory.words;
  const length = memory.words.at(-1);
  const [contamination, codes, edgeCells] = memory.bytes;
  // Counts of cells are whole: more than the threshold is more than its whole part.
  const channelCells = Math.min(Math.floor(channels), mostCells);
  run.frameBytes(codes!.address, noDirection);
  loadOutside(memory, fill);
  const [inflows, inflowLengths, inflowMarks] = memory.rims;
  inflows!.cells.set(inflow.inflow);
  inflowLengths!.cells.set(lengths.inflow);
  inflowMarks!.cells.set(inflow.fromEdge);
  sweepPaths(run, memory, 'open', rules);
  const finish: Kernel = (...rows) =>
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
      ...rows,
    );
  const lengthFactor = lengthKernel(run, memory, fill, options, capMetres, cellSizeMetres);
  const steepnessFactor = steepnessKernel(run, memory, options);
  // S takes the place of the elevation, which formulas of L from areas ask for, of rows above and below too.
  const isElevationFree = lengthFactor !== undefined && options.lengthFactor.kind !== 'area';
  byBands(memory, [finish, lengthFactor, isElevationFree ? steepnessFactor : undefined]);
  const slopeLengthFactor = lengthFactor
    ? memory.rows(length!.floats)
    : lengthLayer(memory, fill, options, capMetres, cellSizeMetres);
  if (!isElevationFree) byBands(memory, [steepnessFactor]);
  return {
    accumulation: memory.rows(accumulation!.cells),
    slopeLengthMetres: memory.rows(metres!.floats),
    slopeLengthFactor,
    slopeSteepnessFactor: steepnessFactor ? memory.rows(memory.words[0]!.floats) : steepnessLayer(memory, options),
    edges: memory.rows(edgeCells!.cells),
    edgeContamination: memory.rows(contamination!.cells),
  };
}

/** Cells of a band: what all kernels read and write of it stays in the cache. */
const bandCells = 1 << 15;

/** Runs kernels one after the other on each band of rows. */
function byBands({ height, stride }: TerrainMemory, kernels: readonly (Kernel | undefined)[]): void {
  const rows = Math.max(1, Math.floor(bandCells / stride));
  for (let first = 1; first <= height; first += rows)
    for (const kernel of kernels) kernel?.(first, Math.min(first + rows, height + 1));
}

/** L by other formulas. */
function lengthLayer(
  memory: TerrainMemory,
  fill: FillCorrection,
  { lengthFactor: method }: TerrainOptions,
  capMetres: number,
  cellSizeMetres: number,
): RowLayer<Float32Array> {
  const [z, accumulation, , slopes] = memory.words;
  const length = memory.words.at(-1);
  const [, codes] = memory.bytes;
  const { width, height } = memory;
  const copy = <Cells extends CellArray>(cells: Cells): Cells => layerCells(memory.rows(cells));
  const gradient = (raster: GradientRaster) =>
    tileGradient(raster, copy(z!.floats), fill, { width, height }, cellSizeMetres);
  const layers = {
    lengthUnits: copy(length!.cells),
    direction: copy(codes!.cells),
    accumulation: copy(accumulation!.cells),
    slope: copy(slopes!.floats),
    gradient,
  };
  return wholeLayer(lengthFactorLayer(method, layers, cellSizeMetres, capMetres), width, height);
}

/** S by other formulas. */
function steepnessLayer(memory: TerrainMemory, { steepnessFactor: formula }: TerrainOptions): RowLayer<Float32Array> {
  const slope = layerCells(memory.rows(memory.words[3]!.floats));
  return wholeLayer(slopeSteepnessFactor(slope, formula), memory.width, memory.height);
}
