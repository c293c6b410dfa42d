import type { Figures } from './disturbed-run.ts';

/** Prints what a fault did to a run, as a row of the table in docs/reliability.md. */
export function report({ fault, tasks, disturbances, executions, lost }: Figures): void {
  const repeats = executions - tasks;
  console.log(`| ${fault} | ${disturbances} | ${tasks} | ${executions} | ${repeats} | ${lost} |`);
}
