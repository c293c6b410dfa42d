import { availableParallelism } from 'node:os';
import type { LoadedRun } from '../inputs/run-file.ts';
import type { AnnualPlan } from './annual-run.ts';

/** What a run will take, from figures measured per cell. */
export interface RunEstimate {
  readonly processes: number;
  readonly peakBytesPerProcess: number;
  readonly diskBytes: number;
  readonly seconds: number;
}

/** Resident size of a worker process with GDAL before it has any raster. */
const processBytes = 180e6;
/** A visit of terrain holds about this much for each cell of a tile, a reduction for each cell of all perimeters. */
const terrainBytesPerCell = 45;
const terrainBytesPerPerimeterCell = 100;
/** An erosion strip and its 48 seasonal layers. */
const stripBytes = 150e6;
/** Compressed bytes per cell of all working rasters, and of each deliverable. */
const workingBytesPerCell = 23;
const deliverableBytesPerCell = 3;
/** Seconds of one core per million cells. */
const terrainSecondsPerMillion = 3;
const erosionSecondsPerMillion = 6;
/** What a scenario adds to the erosion of a run. */
const scenarioShare = 0.35;
const startSeconds = 6;

/** Estimates memory, disk and time of a run that finds nothing in the store. */
export function estimateRun(loaded: LoadedRun, { grid, terrainTiles }: AnnualPlan): RunEstimate {
  const cells = grid.width * grid.height;
  const processes = availableParallelism();
  const { factors, terrain } = loaded.run.outputs;
  const scenarios = loaded.run.scenarios.length;
  const layers = 3 + factors.length + terrain.length + 2 * scenarios;
  const erosionSeconds = erosionSecondsPerMillion * (1 + scenarios * scenarioShare);
  // The first tile is as large as any.
  const visitBytes = terrainTiles[0]!.width * terrainTiles[0]!.height * terrainBytesPerCell;
  const perimeterCells = terrainTiles.reduce((sum, { width, height }) => sum + 2 * (width + height), 0);
  const reductionBytes = perimeterCells * terrainBytesPerPerimeterCell;
  return {
    processes,
    peakBytesPerProcess: processBytes + Math.max(stripBytes, visitBytes, reductionBytes),
    diskBytes: cells * (workingBytesPerCell + layers * deliverableBytesPerCell * 2),
    seconds: startSeconds + ((cells / 1e6) * (terrainSecondsPerMillion + erosionSeconds)) / processes,
  };
}
