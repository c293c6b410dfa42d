/** One line of the benchmarks: what was measured and what it is held against. */
export interface BenchResult {
  readonly name: string;
  readonly cells: number;
  /** CPU seconds of the work. */
  readonly seconds: number;
  /** What it is compared with, and its CPU seconds. */
  readonly against: string;
  readonly againstSeconds: number;
  /** Largest ratio wanted, where there is a target. */
  readonly target?: number;
}

/** A benchmark: makes its inputs in a directory and measures. */
export type Bench = (directory: string) => Promise<readonly BenchResult[]>;

const nanosecondsPerCell = (seconds: number, cells: number): string => ((seconds / cells) * 1e9).toFixed(1);

/** Table of results in Markdown. */
export function resultTable(results: readonly BenchResult[]): string {
  const rows = results.map(({ name, cells, seconds, against, againstSeconds, target }) => [
    name,
    (cells / 1e6).toFixed(1),
    nanosecondsPerCell(seconds, cells),
    against,
    nanosecondsPerCell(againstSeconds, cells),
    `${(seconds / againstSeconds).toFixed(2)}×`,
    target === undefined ? '' : `≤ ${Number(target.toFixed(2))}×`,
  ]);
  const heads = ['work', 'million cells', 'ns CPU per cell', 'against', 'ns CPU per cell', 'ratio', 'target'];
  return [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
