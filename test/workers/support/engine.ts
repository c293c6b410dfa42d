import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plan, PlannedInput, PlannedTask } from '../../../pipeline/tasks/task.ts';
import { sha256 } from '../../../pipeline/tasks/task-key.ts';
import { type Engine, type EngineOptions, openEngine } from '../../../workers/engine.ts';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
export const testHandlers = join(root, 'test', 'workers', 'support', 'test-handlers.mjs');

/** Compiles the project when a source is newer than what the child processes would load. */
export function ensureBuilt(): void {
  const built = join(root, 'dist', 'program', 'tile-processor.js');
  const newest = Math.max(...['models', 'pipeline', 'workers'].map((folder) => newestSource(join(root, folder))));
  if (existsSync(built) && statSync(built).mtimeMs >= newest) return;
  spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root, stdio: 'ignore' });
  if (!existsSync(built)) throw new Error('the build left no tile processor');
}

function newestSource(directory: string): number {
  let newest = 0;
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) newest = Math.max(newest, newestSource(path));
    else if (entry.name.endsWith('.ts')) newest = Math.max(newest, statSync(path).mtimeMs);
  }
  return newest;
}

export interface TestWorkspace {
  readonly directory: string;
  /** File in which the handlers note each execution. */
  readonly trace: string;
  open(options?: Partial<EngineOptions>): Promise<Engine>;
  executions(): string[];
  remove(): void;
}

export function testWorkspace(): TestWorkspace {
  const directory = mkdtempSync(join(tmpdir(), 'shuibao-test-'));
  const trace = join(directory, 'trace.txt');
  return {
    directory,
    trace,
    open: (options = {}) =>
      openEngine({
        workspace: join(directory, 'workspace'),
        registry: testHandlers,
        slots: 2,
        durable: false,
        environment: {},
        childEnvironment: { SHUIBAO_TEST_TRACE: trace },
        ...options,
      }),
    executions: () => (existsSync(trace) ? readFileSync(trace, 'utf8').split('\n').filter(Boolean) : []),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

export const from = (task: string, output = 'text'): PlannedInput => ({ task, output });

export const source = (value: string): PlannedInput => ({ source: { value }, digest: sha256(value) });

export function joinTask(id: string, inputs: Record<string, PlannedInput>, milliseconds = 0): PlannedTask {
  return { id, kind: 'test-join', parameters: { label: id, milliseconds }, inputs };
}

export const versions = {
  'test-join': 1,
  'test-length': 1,
  'test-deadly': 1,
  'test-bad-input': 1,
  'test-error': 1,
  'test-half-written': 1,
  'test-memory': 1,
  'test-whole-file': 1,
  'test-needs-file': 1,
  'test-bulk': 1,
};

export const planOf = (...tasks: PlannedTask[]): Plan => ({ versions, tasks });

/** a → b, c → d. */
export const diamond = (value = 'x', milliseconds = 0): Plan =>
  planOf(
    joinTask('a', { in: source(value) }, milliseconds),
    joinTask('b', { in: from('a') }, milliseconds),
    joinTask('c', { in: from('a') }, milliseconds),
    joinTask('d', { left: from('b'), right: from('c') }, milliseconds),
  );
