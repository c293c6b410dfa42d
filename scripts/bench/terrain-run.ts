import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtProgram } from '../../pipeline/programs/built-program.ts';
import { grassTerrain, grassVersion } from './grass-terrain.ts';
import { type ProcessTreeTime, runProgram } from './process-tree.ts';
import type { Bench, BenchResult, FigureResult } from './result.ts';
import { sagaTerrain, sagaVersion } from './saga-terrain.ts';
import { terrainRunLayers } from './terrain-run-grid.ts';
import type { TerrainRunMeasures } from './terrain-run-process.ts';

/** Makes the input; what it takes is not measured. */
const inputProgram = fileURLToPath(new URL('./terrain-run-input.js', import.meta.url));
const slots = 2;
/** One size of tile for all rasters, so that their memory can be compared; small ones need tiles that two processes share. */
const tileSizeFor = (sizes: readonly number[]): number => (sizes[0]! >= 4000 ? 2048 : 512);
/** SAGA's tools hold whole rasters of several layers; it would take an hour beyond. */
const largestSaga = 8000;

/** Targets by side of the raster: CPU of GRASS and of SAGA for each of ours. */
const grassTimes = (side: number): number => (side >= 16_000 ? 9 : 6);
const sagaTimes = 10;

interface Run extends ProcessTreeTime, TerrainRunMeasures {}

/**
 * Terrain from an elevation file to filled elevation, direction, accumulation, slope length, L and S files through the
 * engine, beside the whole run of GRASS and SAGA where they are installed; wall time against CPU time, memory against that of
 * the smallest raster.
 */
export const terrainRun: Bench = async (directory, { sizes, tileSizes = [tileSizeFor(sizes)] }) => {
  const results: BenchResult[] = [];
  const memory = new Map<number, number[]>(tileSizes.map((tileSize) => [tileSize, []]));
  for (const side of sizes) {
    const place = join(directory, `${side}`);
    mkdirSync(place);
    const elevation = join(place, 'elevation.tif');
    runProgram(process.execPath, [inputProgram, `${side}`, elevation]);
    const workspace = join(place, 'workspace');
    const runs = new Map<number, Run>();
    for (const tileSize of tileSizes) {
      const run = terrainTime(side, elevation, workspace, tileSize);
      // The rasters of the largest sizes do not all fit beside each other.
      rmSync(workspace, { recursive: true, force: true });
      runs.set(tileSize, run);
      memory.get(tileSize)!.push(run.peakMegabytes.reduce((sum, each) => sum + each, 0));
      results.push(...ownRows(side, run, tileSize));
    }
    results.push(...peerRows(side, runs, elevation, place));
    rmSync(place, { recursive: true, force: true });
  }
  for (const [tileSize, sums] of memory)
    if (sums.every((sum) => sum > 0)) results.push(...memoryRows(sizes, sums, tileSize));
  return results;
};

function terrainTime(side: number, elevation: string, workspace: string, tileSize: number): Run {
  const args = [builtProgram('terrain-run-process', 'benchmarks'), side, elevation, workspace, tileSize, slots].map(
    String,
  );
  const time = runProgram(process.execPath, args);
  return { ...time, ...(JSON.parse(time.output) as TerrainRunMeasures) };
}

const nameOf = (side: number, tileSize: number): string =>
  `terrain of ${side} × ${side}, file to ${terrainRunLayers.length} layers, tiles of ${tileSize}`;

function ownRows(side: number, run: Run, tileSize: number): FigureResult[] {
  const { cpuSeconds, wallSeconds, secondsByKind, exportedBytes } = run;
  const reductions = Object.entries(secondsByKind).reduce(
    (sum, [kind, s]) => sum + (kind.endsWith('-reduce') ? s : 0),
    0,
  );
  const figure = { unit: 's', againstFigure: cpuSeconds, against: 'its CPU time' };
  const stages = Object.entries(secondsByKind).map(([kind, seconds]) => ({
    ...figure,
    name: `  ${kind} tasks`,
    figure: seconds,
  }));
  return [
    { ...figure, name: `${nameOf(side, tileSize)}, wall time of two processes`, figure: wallSeconds, target: 0.6 },
    ...stages,
    { ...figure, name: `reductions of ${side}², tiles of ${tileSize}`, figure: reductions, target: 0.05 },
    {
      name: `exported for a tile of ${tileSize}`,
      figure: exportedBytes / 1000,
      against: 'bound',
      againstFigure: 256,
      unit: 'kB',
      target: 1,
    },
  ];
}

function peerRows(side: number, runs: ReadonlyMap<number, Run>, elevation: string, place: string): BenchResult[] {
  const rows: BenchResult[] = [];
  const add = (against: string, peer: ProcessTreeTime, times: number): void => {
    for (const [tileSize, { cpuSeconds }] of runs)
      rows.push({
        name: nameOf(side, tileSize),
        cells: side * side,
        seconds: cpuSeconds,
        against,
        againstSeconds: peer.cpuSeconds,
        target: 1 / times,
      });
  };
  const grass = grassVersion();
  if (grass !== undefined)
    add(`GRASS ${grass} import, r.watershed -s, export`, grassTerrain(elevation, place), grassTimes(side));
  const saga = sagaVersion();
  if (saga !== undefined && side <= largestSaga)
    add(`SAGA ${saga} import, fill, D8, slope, LS, export`, sagaTerrain(elevation, place), sagaTimes);
  return rows;
}

function memoryRows(sizes: readonly number[], sums: readonly number[], tileSize: number): FigureResult[] {
  const [small, large] = [sums[0]!, sums.at(-1)!];
  const all = { figure: large, unit: 'MB' };
  return [
    {
      ...all,
      name: `terrain, peak memory of ${sizes.at(-1)}², all processes, tiles of ${tileSize}`,
      against: `${sizes[0]}²`,
      againstFigure: small,
      target: 1.3,
    },
    { ...all, name: `the same`, against: 'bound', againstFigure: 1500, target: 1 },
  ];
}
