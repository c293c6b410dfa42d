/**
 * Gives a function to be called at every use of what is kept from task to task; `release` runs once nobody has called it for
 * so long. Waiting does not keep the process alive.
 */
export function afterIdle(milliseconds: number, release: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(release, milliseconds).unref();
  };
}
