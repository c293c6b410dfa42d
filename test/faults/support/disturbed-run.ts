import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { DirectoryStore } from '../../../pipeline/store/directory-store.ts';
import type { Plan } from '../../../pipeline/tasks/task.ts';
import type { RunReport } from '../../../workers/run-events.ts';
import { expectedDigests } from '../../support/woven-plan.ts';
import { testHandlers } from '../../workers/support/engine.ts';
import { Program, pause, tileProcessesOf } from './programs.ts';

/** Beyond this time a worker that shows no sign of life loses its tasks. */
export const lockMilliseconds = 2_000;

/** What was done to a run and what came of it. */
export interface Figures {
  readonly fault: string;
  readonly tasks: number;
  readonly disturbances: number;
  readonly executions: number;
  readonly lost: number;
}

/** Digest of each output of each task. */
export type TaskDigests = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Tasks that are not those of the tests. */
export interface TasksOfAnotherKind {
  /** Module with their handlers. */
  readonly registry?: string;
  /** What each gives; not known of tasks that are run to find it out. */
  readonly expected?: TaskDigests;
}

const wovenDigests = (plan: Plan): TaskDigests =>
  Object.fromEntries(Object.entries(expectedDigests(plan)).map(([id, text]) => [id, { text }]));

/** A plan to be run by programs that the test disturbs. */
export class DisturbedRun {
  readonly directory = mkdtempSync(join(tmpdir(), 'shuibao-faults-'));
  readonly store = join(this.directory, 'workspace', 'store');
  private readonly plan: Plan;
  private readonly expected: TaskDigests | undefined;
  private readonly registry: string;
  private readonly environment: Readonly<Record<string, string>>;
  private readonly programs: Program[] = [];
  disturbances = 0;

  constructor(plan: Plan, environment: Readonly<Record<string, string>> = {}, tasks: TasksOfAnotherKind = {}) {
    this.plan = plan;
    this.registry = tasks.registry ?? testHandlers;
    this.expected = tasks.expected;
    this.environment = { ...environment, SHUIBAO_TEST_TRACE: join(this.directory, 'trace.txt') };
    writeFileSync(join(this.directory, 'plan.json'), JSON.stringify(plan));
  }

  startOwner(slots: number): Program {
    const settings = {
      workspace: join(this.directory, 'workspace'),
      planFile: join(this.directory, 'plan.json'),
      slots,
      registry: this.registry,
      lockMilliseconds,
    };
    return this.keep(new Program('owner-program.mjs', settings, this.environment));
  }

  /** @param skewMilliseconds - how wrong the worker's clock is */
  startWorker(slots: number, skewMilliseconds = 0): Program {
    const environment = { ...this.environment, STORE_URL: this.store, SHUIBAO_TEST_SKEW: String(skewMilliseconds) };
    const settings = { slots, registry: this.registry, lockMilliseconds };
    const preload = skewMilliseconds === 0 ? undefined : 'skewed-clock.mjs';
    return this.keep(new Program('worker-program.mjs', settings, environment, preload));
  }

  executions(): number {
    const trace = this.environment.SHUIBAO_TEST_TRACE!;
    return existsSync(trace) ? readFileSync(trace, 'utf8').split('\n').filter(Boolean).length : 0;
  }

  /** Holds the outcome against an undisturbed run's: every digest right, nothing half-written, no process left. */
  async expectWhole(owner: Program, fault: string): Promise<Figures> {
    const report = owner.value<RunReport>('REPORT');
    expect(report, `${fault}: ${JSON.stringify(owner.value('ERROR') ?? owner.complaints)}`).toBeDefined();
    expect(report!.failures).toEqual([]);
    expect(report!.state).toBe('finished');
    await owner.ended;
    const digests = await this.digests(report!.keys);
    expect(digests).toEqual(this.expected ?? wovenDigests(this.plan));
    this.expectNothingHalfWritten();
    await this.expectNoOrphans();
    const tasks = this.plan.tasks.length;
    const whole = Object.values(digests).filter((outputs) => Object.keys(outputs).length > 0).length;
    return { fault, tasks, disturbances: this.disturbances, executions: this.executions(), lost: tasks - whole };
  }

  /** What the store has for each task: the digest of each output; nothing where there is no whole result. */
  async digests(keys: RunReport['keys']): Promise<TaskDigests> {
    const store = new DirectoryStore(this.store);
    const found: Record<string, Readonly<Record<string, string>>> = {};
    for (const [id, key] of Object.entries(keys)) {
      const outputs = Object.entries((await store.completeRecord(key))?.outputs ?? {});
      found[id] = Object.fromEntries(outputs.map(([name, { digest }]) => [name, digest]));
    }
    return found;
  }

  /** Ends whatever still runs and removes all files. */
  async remove(): Promise<void> {
    for (const program of this.programs) {
      program.signalAll('SIGCONT');
      program.signalAll('SIGKILL');
      await program.ended;
    }
    for (const pid of tileProcessesOf(this.store)) process.kill(pid, 'SIGKILL');
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  private expectNothingHalfWritten(): void {
    for (const prefix of readdirSync(join(this.store, 'objects'))) {
      for (const name of readdirSync(join(this.store, 'objects', prefix))) {
        const bytes = readFileSync(join(this.store, 'objects', prefix, name));
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(name);
      }
    }
    for (const prefix of readdirSync(join(this.store, 'records'))) {
      for (const name of readdirSync(join(this.store, 'records', prefix))) {
        const { key } = JSON.parse(readFileSync(join(this.store, 'records', prefix, name), 'utf8'));
        expect(`${key}.json`).toBe(name);
      }
    }
  }

  private async expectNoOrphans(): Promise<void> {
    for (const program of this.programs.filter(({ isRunning }) => isRunning)) {
      program.process.kill('SIGTERM');
      await program.ended;
    }
    for (let attempt = 0; attempt < 100 && tileProcessesOf(this.store).length > 0; attempt++) await pause(50);
    expect(tileProcessesOf(this.store)).toEqual([]);
  }

  private keep(program: Program): Program {
    this.programs.push(program);
    return program;
  }
}
