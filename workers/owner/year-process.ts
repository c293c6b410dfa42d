import { fork } from 'node:child_process';
import type { Finding } from '../../pipeline/messages/finding.ts';
import { builtProgram } from '../../pipeline/programs/built-program.ts';
import type { HandedOverYear, PreparedYear, YearAnswer, YearRequest } from './year-messages.ts';

/** The user's files are at fault, in one or several ways. */
export class YearProblems extends Error {
  readonly problems: readonly Finding[];

  constructor(problems: readonly Finding[]) {
    super(problems.map(({ file, found }) => `${file}: ${found.en}`).join('\n'));
    this.problems = problems;
  }
}

/** How an owner learns what a run file asks for and hands over what came out. */
export interface Years {
  /** @throws YearProblems when the user's files are at fault */
  prepare(request: Omit<YearRequest & { action: 'prepare' }, 'action'>, signal: AbortSignal): Promise<PreparedYear>;
  publish(request: Omit<YearRequest & { action: 'publish' }, 'action'>, signal: AbortSignal): Promise<HandedOverYear>;
}

/** Years in a child process each time, so that nothing a file does can harm the owner. */
export const yearsInChildren: Years = {
  async prepare(request, signal) {
    const answer = await ask({ action: 'prepare', ...request }, signal);
    if ('prepared' in answer) return answer.prepared;
    throw failure(answer);
  },
  async publish(request, signal) {
    const answer = await ask({ action: 'publish', ...request }, signal);
    if ('published' in answer) return answer.published;
    throw failure(answer);
  },
};

function failure(answer: YearAnswer): Error {
  if ('problems' in answer) return new YearProblems(answer.problems);
  return new Error('fault' in answer ? answer.fault : 'the answer does not fit the question');
}

function ask(request: YearRequest, signal: AbortSignal): Promise<YearAnswer> {
  return new Promise((resolve, reject) => {
    const child = fork(builtProgram('year-child'), {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      signal,
      killSignal: 'SIGKILL',
    });
    child.once('message', (answer) => resolve(answer as YearAnswer));
    child.once('error', reject);
    child.once('exit', (code, end) =>
      reject(new Error(`the process reading the inputs died (${end ?? `exit code ${code}`})`)),
    );
    child.send(request, (error) => error && reject(error));
  });
}
