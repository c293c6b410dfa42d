import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { tileFrames, tileLayout } from '../../models/grid/tile-layout.ts';
import { closeIdleRasters } from '../../pipeline/formats/raster-pool.ts';
import type { Codec } from '../../pipeline/formats/raster-write.ts';
import { type AnnualCase, annualCases, withScenarios } from './annual-cases.ts';
import { regionGrid, writeAnnualInputs } from './annual-inputs.ts';
import { type BenchRegion, inputPaths, runTiles } from './annual-region.ts';
import { cpuSecondsInTurns } from './cpu.ts';
import { decode, encode, type HeldRaster, hold } from './gdal-floor.ts';
import type { Bench, BenchResult } from './result.ts';

const codecNames = { working: 'Zstandard 1', deliverable: 'DEFLATE 6', 'deliverable-zstd': 'Zstandard 9' } as const;
/** Sides of tiles: one that a run of many processes may have, and the largest in use. */
const tileSizes = [512, 2048] as const;
const scenarioCounts = [1, 2, 4, 8];

/**
 * The annual pass over a region, against GDAL decoding the same inputs and encoding the same outputs and nothing else; the
 * same with more scenarios against none; and what a tile takes beside its cells. Rasters of the user stay open from tile to
 * tile as in a run; the first of the sizes is measured, which fits in an hour.
 */
export const annualPass: Bench = async (directory, { sizes: [side], long }) => {
  const repetitions = long ? 9 : 5;
  const grid = regionGrid(side!);
  const output = join(directory, 'output');
  await mkdir(output, { recursive: true });
  const regions = new Map<number, BenchRegion>();
  for (const size of tileSizes) {
    const place = join(directory, `${size}`);
    await mkdir(place);
    const tiles = tileFrames(tileLayout(side!, side!, size));
    await writeAnnualInputs(place, grid, tiles);
    regions.set(size, { directory: place, output, grid, tiles });
  }
  const [small, large] = tileSizes.map((size) => regions.get(size)!) as [BenchRegion, BenchRegion];
  const results: BenchResult[] = [];
  for (const each of annualCases)
    for (const codec of ['working', 'deliverable'] as const) {
      const floor = await floorOf(each, codec, large);
      const [pass, inSmall, gdal] = await cpuSecondsInTurns(repetitions, [
        () => runTiles(each.parameters, each.files, codec, large),
        () => runTiles(each.parameters, each.files, codec, small),
        floor,
      ]);
      const target = codec === 'working' ? each.target : each.deliverableTarget;
      results.push({
        name: `${each.name}; ${codecNames[codec]}; tiles of ${Math.min(side!, tileSizes[1])}`,
        cells: side! * side!,
        seconds: pass!,
        against: 'GDAL decoding and encoding',
        againstSeconds: gdal!,
        ...(target === undefined ? {} : { target }),
      });
      const more = small.tiles.length - large.tiles.length;
      results.push({
        name: `${each.name}; ${codecNames[codec]}; a tile of ${tileSizes[0]} beside its cells`,
        figure: Math.max(0, ((inSmall! - pass!) / more) * 1000),
        against: 'all of the tile',
        againstFigure: (inSmall! / small.tiles.length) * 1000,
        unit: 'ms',
      });
    }
  results.push(...(await scenarioRows(large, repetitions)));
  closeIdleRasters();
  return results;
};

/** GDAL's share of a case: decodes every input once and encodes every result raster of every tile. */
async function floorOf(each: AnnualCase, codec: Codec, region: BenchRegion): Promise<() => void> {
  const written: HeldRaster[] = [];
  await runTiles(each.parameters, each.files, codec, region, (outputs) => {
    for (const result of Object.values(outputs)) if ('path' in result) written.push(hold(result.path));
  });
  const inputs = inputPaths(each.files, region);
  return () => {
    for (const path of inputs) decode(path);
    for (const file of written) encode(join(region.output, 'floor.tif'), file, codec);
  };
}

async function scenarioRows(region: BenchRegion, repetitions: number): Promise<BenchResult[]> {
  const { files } = annualCases[0]!;
  const seconds = await cpuSecondsInTurns(
    repetitions,
    [0, ...scenarioCounts].map((count) => () => runTiles(withScenarios(count), files, 'working', region)),
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
