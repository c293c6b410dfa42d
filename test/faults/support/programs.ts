import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../workers/support/engine.ts';

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const keptComplaints = 4_000;

/** A program of the tests in a process group of its own, which says things line by line: a word and a value. It ends with the test. */
export class Program {
  readonly process: ChildProcess;
  readonly ended: Promise<void>;
  private readonly said: { readonly word: string; readonly value: unknown }[] = [];
  private wake: () => void = () => {};
  /** The last of what it wrote to its error output. */
  complaints = '';
  private rest = '';

  constructor(name: string, settings: unknown, environment: Readonly<Record<string, string>> = {}, preload?: string) {
    const file = (each: string) => join(root, 'test', 'faults', 'support', each);
    const preloads = ['ends-with-test.mjs', ...(preload ? [preload] : [])];
    const execArgv = preloads.flatMap((each) => ['--import', file(each)]);
    this.process = spawn(process.execPath, [...execArgv, file(name), JSON.stringify(settings)], {
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, REDIS_URL: '', QUEUE_URL: '', DATABASE_URL: '', ...environment },
    });
    this.process.stdout!.setEncoding('utf8').on('data', (text: string) => this.hear(text));
    this.process.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.complaints = (this.complaints + text).slice(-keptComplaints);
    });
    this.ended = new Promise((resolve) => {
      this.process.once('close', () => {
        resolve();
        this.wake();
      });
    });
  }

  get pid(): number {
    return this.process.pid!;
  }

  get isRunning(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  count(word: string): number {
    return this.said.filter((each) => each.word === word).length;
  }

  value<T>(word: string): T | undefined {
    return this.said.find((each) => each.word === word)?.value as T | undefined;
  }

  /** Resolves when the program has said a word so often, or has ended: false then. */
  async hears(word: string, times = 1): Promise<boolean> {
    while (this.count(word) < times) {
      if (!this.isRunning) return false;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return true;
  }

  /** Ends this process alone, as a crash does; what it started is left to itself. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.ended;
  }

  /** Sends a signal to the program and all it started. */
  signalAll(signal: NodeJS.Signals): void {
    try {
      process.kill(-this.pid, signal);
    } catch {
      // The group has ended.
    }
  }

  private hear(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop()!;
    for (const line of lines) {
      const at = line.indexOf(' ');
      if (/^[A-Z]+ /.test(line)) this.said.push({ word: line.slice(0, at), value: JSON.parse(line.slice(at + 1)) });
    }
    this.wake();
  }
}

/** Processes started by a process, from the system's table. */
export function childrenOf(pid: number): number[] {
  return allProcesses().filter((each) => parentOf(each) === pid);
}

/** Processes whose environment names a store: its tile processes, wherever they hang. */
export function tileProcessesOf(store: string): number[] {
  return allProcesses().filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`SHUIBAO_STORE=${store}\0`);
    } catch {
      return false;
    }
  });
}

const allProcesses = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

function parentOf(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
