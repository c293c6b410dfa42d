import { rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { openStore } from '../pipeline/store/open-store.ts';
import { allDone } from '../pipeline/tasks/all-done.ts';
import type {
  OutputDescription,
  ResolvedTask,
  TaskHandler,
  TaskOutput,
  TaskRecord,
  TaskResult,
} from '../pipeline/tasks/task.ts';
import { fullDiskError } from './full-disk.ts';
import { failureError } from './task-failure.ts';
import type { TaskJobData, TaskJobResult } from './task-jobs.ts';

// Runs in a child process of its own, which would outlive a killed parent for ever. It ends as it may end at any time.
const endWithParent = () => process.kill(process.pid, 'SIGKILL');
process.on('disconnect', endWithParent);
// A parent that is killed while this program is being read has been gone for a while by now, and nobody says so again.
if (process.connected === false) endWithParent();
// The queue tells its parent of every error that nobody caught. That nobody is there to be told is such an error, too: it would
// be told without end, and before the loss of the parent is heard of.
process.prependListener('uncaughtException', ({ code }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE' || code === 'ERR_IPC_CHANNEL_CLOSED') endWithParent();
});
// Ctrl-C in a terminal reaches the children too; the parent decides what becomes of the work.
process.removeAllListeners('SIGINT');
process.on('SIGINT', () => {});

const store = openStore(requiredSetting('SHUIBAO_STORE'), { durable: process.env.SHUIBAO_DURABLE !== '0' });
/** What this program can do, by the kind of task. */
export const ready = loadHandlers();

function requiredSetting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

async function loadHandlers(): Promise<ReadonlyMap<string, TaskHandler>> {
  const path = process.env.SHUIBAO_TASK_REGISTRY;
  const registry: { taskHandlers: readonly TaskHandler[] } = path
    ? await import(pathToFileURL(path).href)
    : await import('../pipeline/tasks/registry.ts');
  return new Map(registry.taskHandlers.map((handler) => [handler.kind, handler]));
}

/** Does one task: reads its description, runs its handler, stores the outputs and, last of all, the record. */
export default async function processTile(
  job: { data: TaskJobData },
  _token?: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<TaskJobResult> {
  const { key } = job.data;
  const begin = performance.now();
  let leftBytes = 0;
  try {
    // Another attempt, or another run, may have finished it meanwhile.
    if (!(await store.hasRecord(key))) {
      const task = await store.readTask(key);
      if (!task) throw new Error(`the store has no description of task ${key}`);
      leftBytes = await runTask(task, signal);
    }
  } catch (error) {
    throw failureError((await fullDiskError(error, store.localDirectory)) ?? error);
  }
  return { key, milliseconds: performance.now() - begin, residentBytes: process.memoryUsage.rss(), leftBytes };
}

/** @returns bytes that it has left in this process, if it was one that reads a file whole */
async function runTask(task: ResolvedTask, signal: AbortSignal): Promise<number> {
  const handler = (await ready).get(task.kind);
  if (!handler || handler.version !== task.version) {
    const known = handler ? `version ${handler.version}` : 'no handler';
    const error = new Error(`${task.id}: asks for ${task.kind} version ${task.version}; this program has ${known}`);
    throw Object.assign(error, { retryable: false });
  }
  const residentBefore = process.memoryUsage.rss();
  const temporaryDirectory = await store.createTemporaryDirectory();
  try {
    const result = await handler.run(task, {
      temporaryDirectory,
      inputPath: (name) => store.localPath(inputDigest(task, name)),
      inputBytes: (name) => store.readBytes(inputDigest(task, name)),
      signal,
    });
    const outputs = await storeOutputs(result.outputs);
    const inputs = Object.fromEntries(Object.entries(task.inputs).map(([name, input]) => [name, input.digest]));
    const { key, id, kind, version, parameters } = task;
    const record: TaskRecord = { key, id, kind, version, parameters, inputs, outputs, facts: result.facts ?? null };
    await store.writeRecord(record);
    return handler.readsWhole ? Math.max(0, process.memoryUsage.rss() - residentBefore) : 0;
  } finally {
    rmSync(temporaryDirectory, { recursive: true, force: true });
  }
}

/** All at once: flushed together they wait for the disk a few times instead of twice each. */
async function storeOutputs(outputs: TaskResult['outputs']): Promise<Record<string, OutputDescription>> {
  const keep = async ([name, output]: [string, TaskOutput]): Promise<[string, OutputDescription]> => {
    const content =
      'path' in output ? await store.putFile(output.path, { move: true }) : await store.putBytes(output.bytes);
    return [name, { ...content, mediaType: output.mediaType }];
  };
  return Object.fromEntries(await allDone(Object.entries(outputs).map(keep)));
}

function inputDigest(task: ResolvedTask, name: string): string {
  const input = task.inputs[name];
  if (!input) throw new Error(`${task.id} has no input '${name}'`);
  return input.digest;
}
