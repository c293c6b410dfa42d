import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { closeIdleRasters } from '../../pipeline/formats/raster-pool.ts';
import type { Codec } from '../../pipeline/formats/raster-write.ts';
import { type AnnualCase, annualCases, withScenarios } from './annual-cases.ts';
import { regionGrid, writeAnnualInputs } from './annual-inputs.ts';
import { type BenchRegion, benchRegion, inputPaths, runTiles, tileSizeOfRun } from './annual-region.ts';
import { cpuSecondsInTurns } from './cpu.ts';
import { decode, encode, type HeldRaster, hold } from './gdal-floor.ts';
import type { Bench, BenchResult } from './result.ts';

const codecNames: Readonly<Record<Codec, string>> = {
  working: 'Zstandard 1',
  'working-unpacked': 'not packed',
  deliverable: 'DEFLATE 6',
  'deliverable-zstd': 'Zstandard 9',
};
const tileSizes = [1024, 2048];
const scenarioCounts = [1, 2, 4, 8];
/** In the first turns V8 still compiles what scenarios alone run. */
const scenarioTurns = 6;
/** Larger regions have tiles of the size that a run takes, and what the project has a target for alone. */
const manyCells = 5000 ** 2;
/** V8 compiles the pass of a kind of run while some fifty tiles of 1024 are done; which case came first would decide else. */
const warmCells = 48e6;

/**
 * The annual pass over regions, tile by tile in one process as a run does it, against GDAL decoding the same inputs and encoding
 * the same outputs and nothing else; and the same with more scenarios against none. Rasters of the user stay open from tile to
 * tile, and are opened anew on each pass.
 */
export const annualPass: Bench = async (directory, { sizes, long }) => {
  const sides = sizes.filter((side) => side <= 8000);
  const results: BenchResult[] = [];
  for (const side of sides) {
    const place = join(directory, `${side}`);
    const output = join(place, 'output');
    await mkdir(output, { recursive: true });
    const isLarge = side * side > manyCells;
    const cases = isLarge && !long ? annualCases.filter(({ isWanted }) => isWanted) : annualCases;
    const names = new Set(cases.flatMap(({ files }) => Object.values(files)));
    const grid = regionGrid(side);
    const sizesOfTiles = isLarge && !long ? [tileSizeOfRun(side)] : tileSizes;
    await writeAnnualInputs(place, grid, names, sizesOfTiles);
    const regions = sizesOfTiles.map((size) => benchRegion(place, output, side, size));
    for (const each of cases)
      for (const codec of ['working', 'deliverable'] as const) {
        const target = codec === 'working' ? each.target : each.deliverableTarget;
        if (target === undefined && !long) continue;
        for (const region of each.isWanted ? regions : regions.slice(0, 1))
          results.push(await againstFloor(each, codec, region, long ? 5 : 2, target));
      }
    if (side === sides[0]) results.push(...(await scenarioRows(regions.at(-1)!)));
    closeIdleRasters();
    await rm(place, { recursive: true });
  }
  return results;
};

async function againstFloor(
  { name, parameters, files }: AnnualCase,
  codec: Codec,
  region: BenchRegion,
  repetitions: number,
  target: number | undefined,
): Promise<BenchResult> {
  const pass = () => runTiles(parameters, files, codec, region);
  const { width, height } = region.grid;
  for (let cells = width * height; cells < warmCells; cells += width * height) await pass();
  // Once more warms up and gives what GDAL is to encode.
  const written: HeldRaster[] = [];
  await runTiles(parameters, files, codec, region, (outputs) => {
    for (const result of Object.values(outputs)) if ('path' in result) written.push(hold(result.path));
  });
  const inputs = inputPaths(files, region);
  const floor = () => {
    for (const path of inputs) decode(path);
    for (const file of written) encode(join(region.output, 'floor.tif'), file, codec);
  };
  const [seconds, againstSeconds] = await cpuSecondsInTurns(repetitions, [pass, floor], 0);
  return {
    name: `${name}; ${codecNames[codec]}; ${width} × ${height}, tiles of ${region.tileSize}`,
    cells: width * height,
    seconds: seconds!,
    against: 'GDAL decoding and encoding',
    againstSeconds: againstSeconds!,
    ...(target === undefined ? {} : { target }),
  };
}

async function scenarioRows(region: BenchRegion): Promise<BenchResult[]> {
  const { files } = annualCases[0]!;
  const seconds = await cpuSecondsInTurns(
    scenarioTurns,
    [0, ...scenarioCounts].map((count) => () => runTiles(withScenarios(count), files, 'working', region)),
    0,
  );
  const [alone, ...others] = seconds as [number, ...number[]];
  return others.map((each, at) => ({
    name: `annual pass with ${scenarioCounts[at]} scenarios beside the run; ${codecNames.working}`,
    cells: region.grid.width * region.grid.height,
    seconds: each,
    against: 'the run alone',
    againstSeconds: alone,
    target: 1 + 0.35 * scenarioCounts[at]!,
  }));
}
