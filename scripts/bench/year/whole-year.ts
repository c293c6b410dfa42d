import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, BenchResult } from '../result.ts';
import { measureCommand } from './command.ts';
import { changeOnePolygon, forgetTasks, makeRegion, shuibao, writeRunFile } from './region.ts';

const rerunRepetitions = 3;

/**
 * The sample year from its files to its results by the program's own commands: once, again with nothing changed, again with
 * one polygon of land use changed; in the tiles that the program takes by itself, or in given ones, and then its memory
 * against that of the smallest raster too.
 */
export const wholeYear: Bench = async (directory, { sizes, tileSizes }) => {
  const results: BenchResult[] = [];
  const peaks: number[] = [];
  const tileSize = tileSizes?.[0];
  for (const size of sizes) {
    const place = join(directory, `${size}`);
    mkdirSync(place);
    makeRegion(place, size);
    const rows = await yearOf(place, size, tileSize);
    peaks.push(rows.peakMegabytes);
    results.push(...rows.results);
    rmSync(place, { recursive: true });
  }
  // Memory follows the tile, so only rasters in tiles of one size can be held against each other.
  if (sizes.length > 1 && tileSize !== undefined)
    results.push({
      name: `a year of ${sizes.at(-1)}², peak memory of all processes`,
      figure: peaks.at(-1)!,
      against: `${sizes[0]}²`,
      againstFigure: peaks[0]!,
      unit: 'MB',
      target: 1.3,
    });
  return results;
};

async function yearOf(
  place: string,
  size: number,
  tileSize?: number,
): Promise<{ results: BenchResult[]; peakMegabytes: number }> {
  const runFile = writeRunFile(place, 'year', tileSize);
  const run = () => measureCommand(shuibao('run', runFile, '--workers', '2'));
  const first = await run();
  let again = Number.POSITIVE_INFINITY;
  for (let time = 0; time < rerunRepetitions; time++) again = Math.min(again, (await run()).wallSeconds);
  changeOnePolygon(place, size);
  const changed = await run();
  // Two small tasks make the queue and both processes start, and hardly anything else.
  forgetTasks(join(place, 'year', 'workspace'), ['deliver/WFG', 'deliver/E']);
  const start = await run();

  const against = 'the first run';
  const compared = { against, againstFigure: first.wallSeconds, unit: 's' };
  const results: BenchResult[] = [
    {
      name: `a year of ${size}², two processes, wall`,
      figure: first.wallSeconds,
      against: 'its CPU time',
      againstFigure: first.cpuSeconds,
      unit: 's',
      target: 0.6,
    },
    { name: `${size}² again, nothing changed, wall`, figure: again, ...compared, target: 0.02 },
    { name: `${size}², start-up of queue and processes, wall`, figure: start.wallSeconds, ...compared },
    { name: `${size}² with one land-use polygon changed, wall`, figure: changed.wallSeconds, ...compared },
    {
      name: `${size}² with one land-use polygon changed, beyond start-up`,
      figure: changed.wallSeconds - start.wallSeconds,
      ...compared,
      target: 0.05,
    },
  ];
  return { results, peakMegabytes: first.peakMegabytes };
}
