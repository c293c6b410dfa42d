import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { builtProgram } from '../../../pipeline/programs/built-program.ts';
import type { Bench, BenchResult } from '../result.ts';
import { measureCommand } from './command.ts';
import type { DriveMeasures } from './drive-process.ts';
import { startRedis } from './redis.ts';
import { makeRegion, writeRunFile } from './region.ts';

const program = builtProgram('drive-process', 'benchmarks');

/** Tiles of the size the queue is meant for. */
const largeTile = 2048;

/** Each is measured as often, in turns: what disturbs one run is not taken for what a way of driving costs. */
const turns = 2;

/**
 * The tasks of a year driven through the queue: by two processes against one in the tiles that the program takes by itself,
 * and by one against the tasks' own clocks, which leaves what the queue takes between tasks; embedded and, where it is
 * installed, on Redis.
 */
export const queue: Bench = async (directory, { sizes }) => {
  // What a task costs the queue does not depend on the raster, and large ones take a quarter of an hour.
  const size = sizes[0]!;
  await makeRegion(directory, size);
  let runs = 0;
  const drive = async (slots: number, { tileSize, environment, cores }: Driving = {}): Promise<DriveMeasures> => {
    const name = `run-${++runs}`;
    const runFile = writeRunFile(directory, name, tileSize);
    const command = [...onCores(cores), process.execPath, program, runFile, `${slots}`];
    const { output } = await measureCommand(command, { ...embedded, ...environment });
    await rm(join(directory, name), { recursive: true });
    return JSON.parse(output) as DriveMeasures;
  };
  // A process has threads of its own that encode, so one of them alone would take hold of the other core as well.
  const ways = { two: () => drive(2, { cores: 2 }), one: () => drive(1, { cores: 1 }) };
  const { two, one } = await inTurns(ways, ({ seconds }) => seconds);
  const results: BenchResult[] = [
    {
      name: `${one.tasks} tasks of ${size}², two processes on two cores`,
      figure: two.seconds,
      against: 'one on one core',
      againstFigure: one.seconds,
      unit: 's',
      target: 1 / 1.8,
    },
    ...overhead('embedded queue, tiles of 512', await drive(1, { tileSize: 512 })),
  ];
  const redis = await startRedis(directory);
  const large = { embedded: () => drive(1, { tileSize: largeTile }) };
  const onRedis = redis && { redis: () => drive(1, { tileSize: largeTile, environment: { REDIS_URL: redis.url } }) };
  try {
    const measures = await inTurns<string>({ ...large, ...onRedis }, waiting);
    results.push(...overhead(`embedded queue, tiles of ${largeTile}`, measures.embedded!, 1.02));
    if (onRedis) results.push(...overhead(`queue on Redis, tiles of ${largeTile}`, measures.redis!, 1.02));
  } finally {
    await redis?.stop();
  }
  return results;
};

/** Does each of some ways of driving in turns. @returns of each the measures of which `figure` is least */
async function inTurns<Name extends string>(
  ways: Readonly<Record<Name, () => Promise<DriveMeasures>>>,
  figure: (measures: DriveMeasures) => number,
): Promise<Record<Name, DriveMeasures>> {
  const least: Partial<Record<Name, DriveMeasures>> = {};
  for (let turn = 0; turn < turns; turn++)
    for (const name of Object.keys(ways) as Name[]) {
      const measures = await ways[name]();
      const before = least[name];
      if (!before || figure(measures) < figure(before)) least[name] = measures;
    }
  return least as Record<Name, DriveMeasures>;
}

/** What the tasks of one process took beside their own clocks, as a share of these. */
const waiting = ({ seconds, taskSeconds }: DriveMeasures): number => seconds / taskSeconds;

interface Driving {
  /** Left out, the program finds the size of the tiles itself. */
  readonly tileSize?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Cores for all its processes; left out, all there are. */
  readonly cores?: number;
}

const embedded: Readonly<Record<string, string>> = { QUEUE_URL: '', REDIS_URL: '', DATABASE_URL: '' };

function overhead(name: string, measures: DriveMeasures, target?: number): BenchResult[] {
  const { tasks, seconds, taskSeconds, drivingSeconds } = measures;
  const against = 'the tasks by their own clocks';
  const compared = { against, againstFigure: taskSeconds, unit: 's' };
  return [
    { name: `${name}, ${tasks} tasks, wall`, figure: seconds, ...compared, ...(target ? { target } : {}) },
    { name: `${name}, CPU of the driving process`, figure: drivingSeconds, ...compared },
  ];
}

/** What a command starts with that is to run on so many of the cores that are free for this process. */
function onCores(count?: number): string[] {
  if (count === undefined) return [];
  const list = /^Cpus_allowed_list:\s*(.+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))![1]!;
  const cores = list.split(',').flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number) as [number, number?];
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
  return ['taskset', '--cpu-list', cores.slice(0, count).join(',')];
}
