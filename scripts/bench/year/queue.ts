import { builtProgram } from '../../../pipeline/programs/built-program.ts';
import type { Bench, BenchResult } from '../result.ts';
import { measureCommand } from './command.ts';
import type { DriveMeasures } from './drive-process.ts';
import { startRedis } from './redis.ts';
import { makeRegion, writeRunFile } from './region.ts';

const program = builtProgram('drive-process', 'benchmarks');

/** Tiles of the size the queue is meant for. */
const largeTile = 2048;

/**
 * The tasks of a year driven through the queue: by two processes against one, and by one against the tasks' own clocks, which
 * leaves what the queue takes between tasks; embedded and, where it is installed, on Redis.
 */
export const queue: Bench = async (directory, { sizes }) => {
  // What a task costs the queue does not depend on the raster, and large ones take a quarter of an hour.
  const size = sizes[0]!;
  makeRegion(directory, size);
  const drive = async (name: string, slots: number, tileSize: number, environment = embedded) => {
    const runFile = writeRunFile(directory, name, tileSize);
    const { output } = await measureCommand([process.execPath, program, runFile, `${slots}`], environment);
    return JSON.parse(output) as DriveMeasures;
  };
  const two = await drive('two', 2, 512);
  const one = await drive('one', 1, 512);
  const results: BenchResult[] = [
    {
      name: `${one.tasks} tasks of ${size}², tiles of 512, two processes`,
      figure: two.seconds,
      against: 'one process',
      againstFigure: one.seconds,
      unit: 's',
      target: 1 / 1.8,
    },
    ...overhead('embedded queue, tiles of 512', one),
    ...overhead(`embedded queue, tiles of ${largeTile}`, await drive('large', 1, largeTile), 1.02),
  ];
  const redis = await startRedis(directory);
  if (!redis) return results;
  try {
    const onRedis = await drive('redis', 1, largeTile, { ...embedded, REDIS_URL: redis.url });
    results.push(...overhead(`queue on Redis, tiles of ${largeTile}`, onRedis, 1.02));
  } finally {
    await redis.stop();
  }
  return results;
};

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
