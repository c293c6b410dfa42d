import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { grassTerrain, grassVersion } from './grass-terrain.ts';
import { type ProcessTreeTime, runProgram } from './process-tree.ts';
import type { Bench, BenchResult, FigureResult } from './result.ts';
import { sagaTerrain, sagaVersion } from './saga-terrain.ts';
import { terrainRunLayers } from './terrain-run-grid.ts';
import type { TerrainRunMeasures } from './terrain-run-process.ts';

const programOf = (name: string): string => fileURLToPath(new URL(`./${name}.js`, import.meta.url));
const slots = 2;
/** One size of tile for all rasters, so that their memory can be compared; small ones need tiles that two processes share. */
const tileSizeFor = (sizes: readonly number[]): number => (sizes[0]! >= 4000 ? 2048 : 512);

/** Targets by side of the raster: CPU of GRASS and of SAGA for each of ours. */
const grassTimes = (side: number): number => (side >= 16_000 ? 9 : 6);
const sagaTimes = 10;

interface Run extends ProcessTreeTime, TerrainRunMeasures {}

/**
 * Terrain from an elevation file to filled elevation, direction, accumulation, slope length, L and S files through the
 * engine, beside the whole run of GRASS and SAGA where they are installed; wall time against CPU time, memory against that of
 * the smallest raster.
 */
export const terrainRun: Bench = async (directory, { sizes, long }) => {
  const results: BenchResult[] = [];
  const runs: Run[] = [];
  const tileSize = tileSizeFor(sizes);
  for (const side of sizes) {
    const place = join(directory, `${side}`);
    mkdirSync(place);
    const elevation = join(place, 'elevation.tif');
    runProgram(process.execPath, [programOf('terrain-run-input'), `${side}`, elevation]);
    const workspace = join(place, 'workspace');
    const run = terrainTime(side, elevation, workspace, tileSize);
    // The rasters of the largest sizes do not all fit beside each other.
    rmSync(workspace, { recursive: true, force: true });
    runs.push(run);
    results.push(...ownRows(side, run, tileSize), ...peerRows(side, run, elevation, place, long));
    rmSync(place, { recursive: true, force: true });
  }
  const sums = runs.map(({ peakMegabytes }) => peakMegabytes.reduce((sum, each) => sum + each, 0));
  if (sums.every((sum) => sum > 0)) results.push(...memoryRows(sizes, sums));
  return results;
};

function terrainTime(side: number, elevation: string, workspace: string, tileSize: number): Run {
  const args = [programOf('terrain-run-process'), side, elevation, workspace, tileSize, slots].map(String);
  const time = runProgram(process.execPath, args);
  return { ...time, ...(JSON.parse(time.output) as TerrainRunMeasures) };
}

const nameOf = (side: number): string => `terrain of ${side} × ${side}, file to ${terrainRunLayers.length} layers`;

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
    { ...figure, name: `${nameOf(side)}, wall time of two processes`, figure: wallSeconds, target: 0.6 },
    ...stages,
    { ...figure, name: `reductions of ${side}²`, figure: reductions, target: 0.05 },
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

function peerRows(side: number, run: Run, elevation: string, place: string, long: boolean): BenchResult[] {
  const rows: BenchResult[] = [];
  const add = (against: string, peer: ProcessTreeTime, times: number): void => {
    rows.push({
      name: nameOf(side),
      cells: side * side,
      seconds: run.cpuSeconds,
      against,
      againstSeconds: peer.cpuSeconds,
      target: 1 / times,
    });
  };
  const grass = grassVersion();
  if (grass !== undefined)
    add(`GRASS ${grass} import, r.watershed -s, export`, grassTerrain(elevation, place), grassTimes(side));
  const saga = sagaVersion();
  // Its tools hold whole rasters of several layers.
  if (saga !== undefined && (long || side <= 8000))
    add(`SAGA ${saga} import, fill, D8, slope, LS, export`, sagaTerrain(elevation, place), sagaTimes);
  return rows;
}

function memoryRows(sizes: readonly number[], sums: readonly number[]): FigureResult[] {
  const [small, large] = [sums[0]!, sums.at(-1)!];
  const all = { figure: large, unit: 'MB' };
  return [
    {
      ...all,
      name: `terrain, peak memory of ${sizes.at(-1)}², all processes`,
      against: `${sizes[0]}²`,
      againstFigure: small,
      target: 1.3,
    },
    { ...all, name: `the same`, against: 'bound', againstFigure: 1500, target: 1 },
  ];
}
