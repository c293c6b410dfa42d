/**
 * Drives the tasks of a run file, inputs not inspected, results not handed over, and prints what it took as JSON.
 * Arguments: run file, tasks at once.
 */
import { loadRunFile } from '../../../pipeline/inputs/run-file.ts';
import { workspaceOf } from '../../../pipeline/inputs/run-places.ts';
import { planYear } from '../../../pipeline/results/year.ts';
import { openEngine } from '../../../workers/engine.ts';

export interface DriveMeasures {
  readonly tasks: number;
  /** From the end of the first task, whose process had to start, to the end of the last one. */
  readonly seconds: number;
  /** What the tasks after the first took by their own clocks. */
  readonly taskSeconds: number;
  /** CPU time of the driving process in that time. */
  readonly drivingSeconds: number;
}

export const ready = drive();

async function drive(): Promise<void> {
  const loaded = await loadRunFile(process.argv[2]!);
  const { plan } = await planYear(loaded);
  const engine = await openEngine({ workspace: workspaceOf(loaded), slots: Number(process.argv[3]) });
  let first: { at: number; cpu: NodeJS.CpuUsage } | undefined;
  let last = 0;
  let taskSeconds = 0;
  try {
    const handle = await engine.submit({ runId: 'bench', name: 'bench', plan });
    handle.events.on('event', (event) => {
      if (event.type !== 'task-finished') return;
      last = performance.now();
      if (first) taskSeconds += (event.milliseconds ?? 0) / 1000;
      else first = { at: last, cpu: process.cpuUsage() };
    });
    const { state, counts } = await handle.finished;
    if (state !== 'finished' || !first) throw new Error(`the run ended as ${state}`);
    const { user, system } = process.cpuUsage(first.cpu);
    const measures: DriveMeasures = {
      tasks: counts.done,
      seconds: (last - first.at) / 1000,
      taskSeconds,
      drivingSeconds: (user + system) / 1e6,
    };
    console.log(JSON.stringify(measures));
  } finally {
    await engine.close();
  }
}
