import type { BenchOptions } from './options.ts';

interface Compared {
  readonly name: string;
  /** What it is compared with. */
  readonly against: string;
  /** Largest ratio wanted, where there is a target. */
  readonly target?: number;
}

/** CPU time of work on cells. */
export interface CellResult extends Compared {
  readonly cells: number;
  /** CPU seconds of the work. */
  readonly seconds: number;
  /** CPU seconds of what it is compared with. */
  readonly againstSeconds: number;
}

/** Any other two figures of one kind. */
export interface FigureResult extends Compared {
  readonly figure: number;
  readonly againstFigure: number;
  /** Such as `s`, `MB`. */
  readonly unit: string;
}

/** One line of the benchmarks: what was measured and what it is held against. */
export type BenchResult = CellResult | FigureResult;

/** A benchmark: makes its inputs in a directory and measures. */
export type Bench = (directory: string, options: BenchOptions) => Promise<readonly BenchResult[]>;

const nanosecondsPerCell = (seconds: number, cells: number): string => `${((seconds / cells) * 1e9).toFixed(1)} ns`;

const ratioOf = (result: BenchResult): number =>
  'cells' in result ? result.seconds / result.againstSeconds : result.figure / result.againstFigure;

const shown = (ratio: number): string => `${Number(ratio.toPrecision(ratio < 0.995 ? 2 : 3))}×`;

const plain = (figure: number, unit: string): string => `${Number(figure.toPrecision(3))} ${unit}`;

const figures = (result: BenchResult): [string, string] =>
  'cells' in result
    ? [nanosecondsPerCell(result.seconds, result.cells), nanosecondsPerCell(result.againstSeconds, result.cells)]
    : [plain(result.figure, result.unit), plain(result.againstFigure, result.unit)];

function markdown(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** Results of one benchmark in Markdown; times of cells are CPU time per cell. */
export function resultTable(results: readonly BenchResult[]): string {
  const rows = results.map((result) => {
    const [own, other] = figures(result);
    const { name, against, target } = result;
    return [name, own, against, other, shown(ratioOf(result)), target === undefined ? '' : `≤ ${shown(target)}`];
  });
  return markdown(['work', 'measured', 'against', 'measured', 'ratio', 'target'], rows);
}

/** All results that have a target, each with whether it is met, in Markdown. */
export function targetTable(results: readonly BenchResult[]): string {
  const rows = results.flatMap((result) => {
    const { name, against, target } = result;
    if (target === undefined) return [];
    const ratio = ratioOf(result);
    return [[name, against, shown(ratio), `≤ ${shown(target)}`, ratio <= target ? 'met' : 'missed']];
  });
  return markdown(['work', 'against', 'ratio', 'target', ''], rows);
}
