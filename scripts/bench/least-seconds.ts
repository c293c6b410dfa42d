/**
 * CPU seconds of work by step, each step in pieces: of every piece the least of its repetitions. Pieces are of one size whatever
 * the size of the whole, so that a busy spell of the machine weighs no more on much work than on little.
 */
export class LeastSeconds {
  private readonly pieces = new Map<string, Map<string, number>>();

  /** Does a piece of a step and keeps its time where it took less than before. */
  time<T>(step: string, piece: string, work: () => T): T {
    const start = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(start);
    const pieces = this.pieces.get(step) ?? new Map<string, number>();
    this.pieces.set(step, pieces);
    pieces.set(piece, Math.min(pieces.get(piece) ?? Number.POSITIVE_INFINITY, (user + system) / 1e6));
    return result;
  }

  /** Seconds of each step. */
  get steps(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      [...this.pieces].map(([step, pieces]) => [step, [...pieces.values()].reduce((a, b) => a + b)]),
    );
  }

  /** Seconds of all steps. */
  get total(): number {
    return Object.values(this.steps).reduce((a, b) => a + b);
  }
}
