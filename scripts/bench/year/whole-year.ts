import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, BenchResult } from '../result.ts';
import { measureCommand } from './command.ts';
import { changeOnePolygon, forgetTasks, makeRegion, shuibao, writeRunFile } from './region.ts';

const rerunRepetitions = 3;

/**
 * The sample year from its files to its results by the program's own commands: once, again with nothing changed, again with
 * one polygon of land use changed; in the tiles that the program takes by itself, or in given ones.
 */
export const wholeYear: Bench = async (directory, { sizes, tileSizes }) => {
  const results: BenchResult[] = [];
  const tileSize = tileSizes?.[0];
  for (const size of sizes) {
    const place = join(directory, `${size}`);
    mkdirSync(place);
    await makeRegion(place, size);
    results.push(...(await yearOf(place, size, tileSize)));
    rmSync(place, { recursive: true });
  }
  return results;
};

async function yearOf(place: string, size: number, tileSize?: number): Promise<BenchResult[]> {
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
  return [
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
}
