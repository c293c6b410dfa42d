import { totalmem } from 'node:os';
import { resolve } from 'node:path';
import { type Child, ChildPool } from 'bullmq';
import { builtProgram } from '../pipeline/programs/built-program.ts';
import { isS3Url } from '../pipeline/store/s3/s3-settings.ts';
import { mendChildren } from './sturdy-children.ts';
import type { TaskJobResult } from './task-jobs.ts';

export interface TileProcessOptions {
  /** Tasks done at once, each in a process of its own. */
  readonly slots: number;
  /** Location of the store. */
  readonly store: string;
  readonly durable: boolean;
  /** A process above this size is replaced after its task; default: 60 % of the memory shared among the slots. */
  readonly childMemoryLimitBytes?: number;
  /** Module exporting `taskHandlers`, in place of the program's own. */
  readonly registry?: string;
  readonly childEnvironment?: Readonly<Record<string, string>>;
}

const childStarts = 3;

/** More than this is not left in a process; a new one costs half a second. */
const largestLeftBytes = 96e6;

/** The processes in which a worker's tasks are done, each with a GDAL of its own and one task at a time. */
export class TileProcesses extends ChildPool {
  readonly program: string;
  private readonly limitBytes: number;
  private readonly results = new WeakMap<Child, TaskJobResult | undefined>();
  private warming: Promise<unknown> = Promise.resolve();

  constructor(options: TileProcessOptions) {
    mendChildren();
    const program = builtProgram('tile-processor');
    super({
      // The queue would have its own part of the process read before, file by file.
      mainFile: program,
      useWorkerThreads: false,
      workerForkOptions: {
        // Loaders of the parent (test runners, inspectors) have no business in the child.
        execArgv: [],
        env: {
          ...process.env,
          // Node reads all of these certificates as it starts; only a store in a bucket is met over TLS.
          ...(isS3Url(options.store) ? {} : { NODE_EXTRA_CA_CERTS: undefined }),
          ...options.childEnvironment,
          SHUIBAO_STORE: options.store,
          SHUIBAO_DURABLE: options.durable ? '1' : '0',
          ...(options.registry ? { SHUIBAO_TASK_REGISTRY: resolve(options.registry) } : {}),
        },
      },
    });
    this.program = program;
    this.limitBytes = options.childMemoryLimitBytes ?? (0.6 * totalmem()) / options.slots;
  }

  /** Starts processes for tasks that are about to come. One that does not start is started again with the first task. */
  warm(count: number): void {
    const start = async () => super.release(await super.retain(this.program));
    this.warming = Promise.allSettled(Array.from({ length: count }, start));
  }

  /** Hands the tasks in hand back to the queue by ending their processes; each counts as one failed attempt. */
  async handBack(): Promise<void> {
    await Promise.all(Object.values(this.retained).map((child) => this.kill(child, 'SIGKILL').catch(() => undefined)));
  }

  override async retain(program: string): Promise<Child> {
    await this.warming;
    const child = await this.started(program);
    if (!this.results.has(child)) {
      this.results.set(child, undefined);
      child.on('message', ({ value }: { value?: TaskJobResult }) => {
        if (value?.residentBytes) this.results.set(child, value);
      });
    }
    return child;
  }

  /**
   * The queue would reuse its children for ever, and a decoder's caches only grow. So the moment a child is given back, between
   * two tasks, is used to end it when its last result reported too much memory, or that a file read whole has left some;
   * ending itself would race with the next task being sent to it.
   */
  override release(child: Child): void {
    const { residentBytes, leftBytes } = this.results.get(child) ?? { residentBytes: 0, leftBytes: 0 };
    if (residentBytes <= this.limitBytes && leftBytes <= largestLeftBytes) super.release(child);
    else void this.kill(child, 'SIGTERM').catch(() => undefined);
  }

  override async clean(): Promise<void> {
    await this.warming;
    await super.clean();
  }

  /** A process that is ended from outside while it starts has not seen the task, which should not pay for it. */
  private async started(program: string): Promise<Child> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await super.retain(program);
      } catch (error) {
        if (attempt === childStarts || !/signal: SIG/.test((error as Error).message)) throw error;
      }
    }
  }
}
