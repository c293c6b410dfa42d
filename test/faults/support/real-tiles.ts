import { join } from 'node:path';
import { loadRunFile } from '../../../pipeline/inputs/run-file.ts';
import { planYear } from '../../../pipeline/results/year.ts';
import type { Plan } from '../../../pipeline/tasks/task.ts';
import type { RunReport } from '../../../workers/run-events.ts';
import { sampleYear } from '../../end-to-end/support/sample-year.ts';
import { root } from '../../workers/support/engine.ts';
import { DisturbedRun, type TasksOfAnotherKind } from './disturbed-run.ts';

/** A year of a small region in many tiles, and what each of its tasks gives when nobody disturbs it. */
export interface RealTiles extends Required<TasksOfAnotherKind> {
  readonly plan: Plan;
  remove(): void;
}

/** @param cells - cells per side of the region, a multiple of 8 from 240 */
export async function realTiles(cells: number): Promise<RealTiles> {
  const year = await sampleYear({ size: cells, tileSize: 64, plain: true });
  const { plan } = await planYear(await loadRunFile(year.runFile));
  const registry = join(root, 'test', 'faults', 'support', 'traced-handlers.mjs');
  const undisturbed = new DisturbedRun(plan, {}, { registry });
  try {
    const owner = undisturbed.startOwner(2);
    await owner.hears('REPORT');
    const { state, keys } = owner.value<RunReport>('REPORT')!;
    if (state !== 'finished') throw new Error(`the undisturbed run ${state}: ${owner.complaints}`);
    await owner.ended;
    return { plan, registry, expected: await undisturbed.digests(keys), remove: year.remove };
  } finally {
    await undisturbed.remove();
  }
}
