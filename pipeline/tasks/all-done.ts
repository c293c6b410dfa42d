/**
 * Results of work that goes on at the same time, when all of it has ended: nobody uses files and memory any more when a failure
 * is thrown.
 */
export async function allDone<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const ended = await Promise.allSettled(work);
  return ended.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  });
}
