import type { AnyQueue, AnyWorker } from './queue-backend.ts';
import type { TaskJobResult } from './task-jobs.ts';

/** One figure in the form Prometheus reads. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  readonly values: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[];
}

/** Figures in Prometheus' text format 0.0.4. */
export function metricsText(metrics: readonly Metric[]): string {
  const lines: string[] = [];
  for (const { name, help, type, values } of metrics) {
    lines.push(`# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`, `# TYPE ${name} ${type}`);
    for (const { labels, value } of values) lines.push(`${name}${labelText(labels)} ${value}`);
  }
  return `${lines.join('\n')}\n`;
}

function labelText(labels: Readonly<Record<string, string>> | undefined): string {
  const parts = Object.entries(labels ?? {}).map(([name, value]) => {
    const escaped = value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
    return `${name}="${escaped}"`;
  });
  return parts.length > 0 ? `{${parts.join(',')}}` : '';
}

/** Counts what the tile workers of this process do. */
export class TileTally {
  private done = 0;
  private failedAttempts = 0;
  private busySeconds = 0;
  private largestChildBytes = 0;
  private readonly inHand = new Set<string>();

  follow(worker: AnyWorker): void {
    worker.on('active', (job) => this.inHand.add(job.id ?? ''));
    worker.on('completed', (job, result: TaskJobResult | undefined) => {
      this.inHand.delete(job.id ?? '');
      this.done += 1;
      this.busySeconds += (result?.milliseconds ?? 0) / 1000;
      this.largestChildBytes = Math.max(this.largestChildBytes, result?.residentBytes ?? 0);
    });
    worker.on('failed', (job) => {
      this.inHand.delete(job?.id ?? '');
      this.failedAttempts += 1;
    });
  }

  metrics(slots: number): Metric[] {
    const gauge = (name: string, help: string, value: number): Metric => ({
      name,
      help,
      type: 'gauge',
      values: [{ value }],
    });
    const counter = (name: string, help: string, value: number): Metric => ({
      ...gauge(name, help, value),
      type: 'counter',
    });
    return [
      counter('shuibao_tasks_done_total', 'Tasks done by this process.', this.done),
      counter('shuibao_task_attempts_failed_total', 'Attempts that failed in this process.', this.failedAttempts),
      counter('shuibao_task_seconds_total', 'Seconds spent on tasks done.', this.busySeconds),
      gauge('shuibao_tasks_in_hand', 'Tasks being done by this process.', this.inHand.size),
      gauge('shuibao_slots', 'Tasks this process does at once.', slots),
      gauge('shuibao_child_resident_bytes_max', 'Largest child process seen after a task.', this.largestChildBytes),
      gauge('process_resident_memory_bytes', 'Resident memory of this process.', process.memoryUsage.rss()),
      gauge(
        'process_start_time_seconds',
        'When this process started.',
        Math.round(Date.now() / 1000 - process.uptime()),
      ),
    ];
  }
}

/** How many tasks of the queue are in which state, over all processes. */
export async function queueMetrics(tasks: AnyQueue): Promise<Metric[]> {
  const counts = await tasks.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed');
  const values = Object.entries(counts).map(([state, value]) => ({ labels: { state }, value }));
  return [{ name: 'shuibao_queue_tasks', help: 'Tasks in the queue.', type: 'gauge', values }];
}
