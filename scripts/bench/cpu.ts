/** CPU seconds of this process, GDAL's threads included, that work takes: the least of some repetitions after one to warm up. */
export async function cpuSeconds(repetitions: number, work: () => Promise<void> | void): Promise<number> {
  await work();
  let least = Number.POSITIVE_INFINITY;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const start = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, (user + system) / 1e6);
  }
  return least;
}

/** CPU seconds of several pieces of work, taken in turns so that a busy spell of the machine hits all of them alike. */
export async function cpuSecondsInTurns(
  repetitions: number,
  works: readonly (() => Promise<void> | void)[],
): Promise<number[]> {
  const least = works.map(() => Number.POSITIVE_INFINITY);
  for (let repetition = 0; repetition <= repetitions; repetition++)
    for (const [at, work] of works.entries()) {
      const start = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(start);
      if (repetition > 0) least[at] = Math.min(least[at]!, (user + system) / 1e6);
    }
  return least;
}
