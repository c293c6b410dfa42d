/**
 * CPU seconds of several pieces of work, GDAL's threads included, taken in turns so that a busy spell of the machine hits all of
 * them alike: the least of some repetitions.
 * @param warmUps turns before the first that counts
 */
export async function cpuSecondsInTurns(
  repetitions: number,
  works: readonly (() => Promise<void> | void)[],
  warmUps = 1,
): Promise<number[]> {
  const least = works.map(() => Number.POSITIVE_INFINITY);
  for (let turn = 0; turn < warmUps + repetitions; turn++)
    for (const [at, work] of works.entries()) {
      const start = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(start);
      if (turn >= warmUps) least[at] = Math.min(least[at]!, (user + system) / 1e6);
    }
  return least;
}
