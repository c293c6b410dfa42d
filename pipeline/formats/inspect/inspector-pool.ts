import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import type { Text } from '../../messages/text.ts';
import { builtProgram } from '../../programs/built-program.ts';
import type { Inspection, InspectionRequest, UnreadableInspection } from './inspection.ts';

export interface InspectionLimits {
  /**
   * Time for one file, milliseconds, before anything is added for its length. Processor time: on a busy machine a file
   * may take up to four times as long by the clock, as long as the process is at work.
   */
  readonly milliseconds: number;
  /** Bytes of file per second of further time; large honest files need it. */
  readonly bytesPerSecond: number;
  /** Resident memory of the inspecting process. */
  readonly residentBytes: number;
}

export const defaultLimits: InspectionLimits = {
  milliseconds: 4500,
  bytesPerSecond: 20e6,
  residentBytes: 440 * 1024 * 1024,
};

/** A process this large is replaced before the next file, so that one file's memory is not held against another. */
const recycleBytes = 300 * 1024 * 1024;
const startMilliseconds = 60_000;

interface Reply {
  readonly id: number;
  readonly inspection: Inspection;
  readonly residentBytes: number;
}

/** Sent by the child when a large honest file needs more time than its length suggests. */
interface Extension {
  readonly id: number;
  readonly extendMilliseconds: number;
}

/**
 * Describes files in a child process, one at a time. A crash, a hang or a balloon becomes an `unreadable` inspection of
 * the file that caused it, and the next file meets a fresh process.
 */
export class Inspector {
  readonly #limits: InspectionLimits;
  readonly #processPath: string;
  #child: ChildProcess | undefined;
  #next = 1;
  #queue: Promise<unknown> = Promise.resolve();
  /** Largest resident memory seen of any child, bytes. */
  peakResidentBytes = 0;
  /** Longest time spent on one file, milliseconds of processor time. */
  slowestMilliseconds = 0;
  /** Children started so far. */
  started = 0;

  constructor(limits: Partial<InspectionLimits> = {}, processPath = builtProgram('inspector-process')) {
    this.#limits = { ...defaultLimits, ...limits };
    this.#processPath = processPath;
  }

  /** Describes one file; never rejects for what is in the file. */
  inspect(request: InspectionRequest): Promise<Inspection> {
    const result = this.#queue.then(() => this.#one(request));
    this.#queue = result.catch(() => undefined);
    return result;
  }

  /** Lets the child process end, in order, so that its compiled code is kept. No file may be in hand. */
  close(): void {
    const child = this.#child;
    this.#child = undefined;
    if (child?.connected) child.disconnect();
  }

  async #one(request: InspectionRequest): Promise<Inspection> {
    const child = this.#child ?? (await this.#start());
    const size = sizeOf(request.path);
    const extra = (size / this.#limits.bytesPerSecond) * 1000;
    const limit = this.#limits.milliseconds + extra;
    const id = this.#next++;
    const readMilliseconds = request.readMilliseconds ?? Math.max(500, limit - 1500);
    const outcome = await this.#ask(child, { id, request: { ...request, readMilliseconds } }, limit);
    if ('inspection' in outcome) {
      this.#note(outcome.residentBytes);
      if (outcome.residentBytes > recycleBytes) this.#drop();
      return outcome.inspection;
    }
    this.#drop();
    return {
      kind: 'unreadable',
      path: request.path,
      fileBytes: size,
      ...failureTexts(outcome.failure, limit, this.#limits),
    };
  }

  #note(bytes: number): void {
    this.peakResidentBytes = Math.max(this.peakResidentBytes, bytes);
  }

  #drop(): void {
    const child = this.#child;
    this.#child = undefined;
    child?.removeAllListeners();
    child?.kill('SIGKILL');
  }

  async #start(): Promise<ChildProcess> {
    const child = fork(this.#processPath, [], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // A small heap keeps JavaScript from growing lazily into the memory limit.
      execArgv: ['--max-old-space-size=256'],
      serialization: 'advanced',
    });
    this.#child = child;
    this.started++;
    // The parent may end at any time; the child goes with it and must not keep it alive.
    child.unref();
    child.channel?.unref();
    await new Promise<void>((done, failed) => {
      const timer = setTimeout(() => failed(new Error('the inspector did not start')), startMilliseconds);
      child.once('message', () => {
        clearTimeout(timer);
        child.removeAllListeners('exit');
        done();
      });
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        failed(new Error(`the inspector ended while starting (${signal ?? code})`));
      });
    }).catch((error) => {
      this.#drop();
      throw error;
    });
    return child;
  }

  #ask(
    child: ChildProcess,
    message: { id: number; request: InspectionRequest },
    limit: number,
  ): Promise<Reply | { failure: Failure }> {
    return new Promise((done) => {
      const finish = (outcome: Reply | { failure: Failure }): void => {
        clearTimeout(timer);
        clearInterval(watch);
        child.off('message', onMessage);
        child.off('exit', onExit);
        done(outcome);
      };
      const onMessage = (reply: Reply | Extension): void => {
        if (reply.id !== message.id) return;
        if ('inspection' in reply) {
          finish(reply);
          return;
        }
        allowed += reply.extendMilliseconds;
        clearTimeout(timer);
        timer = setTimeout(() => finish({ failure: 'time' }), allowed * 4);
      };
      const onExit = (): void => finish({ failure: 'crash' });
      const started = Date.now();
      const usedBefore = processorMilliseconds(child.pid) ?? 0;
      let allowed = limit;
      let timer = setTimeout(() => finish({ failure: 'time' }), allowed * 4);
      const watch = setInterval(() => {
        const wall = Date.now() - started;
        const used = (processorMilliseconds(child.pid) ?? usedBefore) - usedBefore;
        this.slowestMilliseconds = Math.max(this.slowestMilliseconds, Math.min(wall, used));
        // A process that has hardly used the processor for so long is waiting for something that does not come.
        if (used > allowed || (wall > allowed && used < wall / 20)) finish({ failure: 'time' });
        const bytes = residentBytes(child.pid);
        if (bytes === undefined) return;
        this.#note(bytes);
        if (bytes > this.#limits.residentBytes) finish({ failure: 'memory' });
      }, 20);
      child.on('message', onMessage);
      child.once('exit', onExit);
      child.send(message, (error) => {
        if (error) finish({ failure: 'crash' });
      });
    });
  }
}

type Failure = 'crash' | 'time' | 'memory';

function failureTexts(
  failure: Failure,
  limit: number,
  limits: InspectionLimits,
): Pick<UnreadableInspection, 'code' | 'reason' | 'cure'> {
  const cure: Text = { zh: '文件可能已损坏，请重新导出', en: 'the file may be damaged; export it again' };
  if (failure === 'crash')
    return {
      code: 'inspection-crashed',
      reason: { zh: '解码该文件时程序崩溃', en: 'decoding the file crashed the decoder' },
      cure,
    };
  if (failure === 'time') {
    const seconds = (limit / 1000).toFixed(1);
    return {
      code: 'inspection-timed-out',
      reason: { zh: `${seconds} 秒内无法读完`, en: `could not be read within ${seconds} s` },
      cure,
    };
  }
  const megabytes = Math.round(limits.residentBytes / 1048576);
  return {
    code: 'inspection-memory',
    reason: { zh: `读取时内存超过 ${megabytes} MB`, en: `reading it takes more than ${megabytes} MB of memory` },
    cure: {
      zh: '文件可能已损坏，请重新导出；确实很大的文件，请减少顶点或裁小',
      en: 'the file may be damaged: export it again; a file that really is large needs fewer vertices or to be cut smaller',
    },
  };
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

/** Processor time a process has used where the system tells it cheaply; the clock of this process elsewhere. */
function processorMilliseconds(pid: number | undefined): number | undefined {
  if (pid === undefined) return undefined;
  if (process.platform !== 'linux') return Date.now();
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]!.split(' ');
    // Fields 14 and 15 of the line, in hundredths of a second.
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}

/** Resident memory of a process where the system tells it cheaply. */
function residentBytes(pid: number | undefined): number | undefined {
  if (pid === undefined || process.platform !== 'linux') return undefined;
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * 4096;
  } catch {
    return undefined;
  }
}
