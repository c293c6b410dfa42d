import type { Projected } from '../../../pipeline/catalog/project-journal.ts';
import type { Finding } from '../../../pipeline/messages/finding.ts';
import { UserError, userError } from '../../../pipeline/messages/user-error.ts';
import { type WorkspaceOwner, workspaceOwner } from '../../workspace-lock.ts';
import type { RunWish } from '../asked-run.ts';
import type { RunStatus } from '../live-run.ts';
import type { OwnerNews } from '../owner.ts';
import type { Runs } from '../runs.ts';
import { type ApiAddress, readAddress } from './address.ts';

/** The longest an owner takes from its lock to its first answer. */
const startingMilliseconds = 60_000;
const startingPollMilliseconds = 100;

const isStarting = ({ serves, since }: WorkspaceOwner): boolean =>
  serves && Math.abs(Date.now() - Date.parse(since)) < startingMilliseconds;

/** The longest a busy owner is silent: it answers at once, and while it has no news it says so every quarter of a minute. */
const usualPatienceMilliseconds = 60_000;
/** What takes as long as it takes: cancelling until the tiles in hand are finished, reading the whole journal. */
const slowRequests = /\/cancel$|^\/journal\//;

/** The owner of a workspace, seen from another process. */
export class OwnerClient implements Runs {
  private readonly address: ApiAddress;

  private readonly patienceMilliseconds: number;

  constructor(address: ApiAddress, patienceMilliseconds = usualPatienceMilliseconds) {
    this.address = address;
    this.patienceMilliseconds = patienceMilliseconds;
  }

  get pid(): number {
    return this.address.pid;
  }

  /** The serving owner of a workspace, waited for while it is starting; undefined when there is none, or it is a command busy with a run of its own. */
  static async find(workspace: string): Promise<OwnerClient | undefined> {
    for (;;) {
      const [owner, address] = [await workspaceOwner(workspace), await readAddress(workspace)];
      // An address left by a killed owner must not be asked: another program may listen there now.
      if (owner && address && owner.pid === address.pid) return new OwnerClient(address);
      // What was written past an owner that is just starting, it would never see.
      if (!owner || !isStarting(owner)) return undefined;
      await new Promise((resolve) => setTimeout(resolve, startingPollMilliseconds));
    }
  }

  async list(): Promise<readonly RunStatus[]> {
    return ((await this.ask('GET', '/status')) as { runs: RunStatus[] }).runs;
  }

  async status(id: string): Promise<RunStatus> {
    return (await this.ask('GET', `/runs/${id}`)) as RunStatus;
  }

  async submit(wish: RunWish): Promise<RunStatus> {
    return (await this.ask('POST', '/runs', wish)) as RunStatus;
  }

  async cancel(id: string): Promise<RunStatus> {
    return (await this.ask('POST', `/runs/${id}/cancel`)) as RunStatus;
  }

  async resume(id: string): Promise<RunStatus> {
    return (await this.ask('POST', `/runs/${id}/resume`)) as RunStatus;
  }

  async retry(id: string): Promise<RunStatus> {
    return (await this.ask('POST', `/runs/${id}/retry`)) as RunStatus;
  }

  async setPriority(id: string, priority: number): Promise<RunStatus> {
    return (await this.ask('POST', `/runs/${id}/priority`, { priority })) as RunStatus;
  }

  async forget(id: string): Promise<void> {
    await this.ask('DELETE', `/runs/${id}`);
  }

  /** Lets the owner's catalog follow the journal. */
  async followJournal(): Promise<Projected> {
    return (await this.ask('POST', '/journal/follow')) as Projected;
  }

  /** Lets the owner make its catalog anew from the journal. */
  async replayJournal(): Promise<Projected> {
    return (await this.ask('POST', '/journal/replay')) as Projected;
  }

  /**
   * The owner's news, beginning with the state of every run, until the owner ends or the signal comes.
   * @throws UserError when it cannot be reached or falls silent
   */
  async *news(signal: AbortSignal): AsyncGenerator<OwnerNews> {
    const silence = new AbortController();
    const timer = setTimeout(() => silence.abort(), this.patienceMilliseconds);
    try {
      const both = AbortSignal.any([signal, silence.signal]);
      const response = await this.reach('/events', { headers: this.headers(), signal: both });
      if (!response.ok || !response.body) throw new Error(`the owner answers ${response.status}`);
      const decoder = new TextDecoder();
      let text = '';
      for await (const part of untilCut(response.body)) {
        timer.refresh();
        text += decoder.decode(part, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop()!;
        for (const block of blocks) {
          const data = /^data: (.*)$/m.exec(block)?.[1];
          if (data) yield JSON.parse(data) as OwnerNews;
        }
      }
    } catch (error) {
      throw silence.signal.aborted ? unreachable(this.address) : error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** @throws UserError when nobody listens any more, or an owner that is frozen or very busy does not answer in time */
  private async reach(path: string, init: RequestInit): Promise<Response> {
    const patience = slowRequests.test(path) ? {} : { signal: AbortSignal.timeout(this.patienceMilliseconds) };
    try {
      return await fetch(this.address.url + path, { ...patience, ...init });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw unreachable(this.address);
    }
  }

  private headers(body?: unknown): Record<string, string> {
    const authorization = `Bearer ${this.address.token}`;
    return body === undefined ? { authorization } : { authorization, 'content-type': 'application/json' };
  }

  private async ask(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
    const init = { method, headers: this.headers(body), ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await this.reach(path, init);
    const answer = (await response.json()) as { finding?: Finding; error?: string };
    if (response.ok) return answer;
    if (answer.finding) throw new UserError(answer.finding);
    throw new Error(answer.error ?? `the owner answers ${response.status}`);
  }
}

/** What arrives until the other side ends, in peace or by a kill. */
async function* untilCut(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

/** Whether an error says that the owner does not answer. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof UserError && error.finding.code === 'owner-unreachable';

const unreachable = ({ url, pid }: ApiAddress): UserError =>
  userError(
    'owner-unreachable',
    url,
    { zh: `服务进程 ${pid} 没有应答`, en: `the serving process ${pid} does not answer` },
    undefined,
    {
      zh: '稍后再试；若它已停止响应，将其结束后再次运行',
      en: 'try again in a moment; if it is stuck, end it and run again',
    },
  );
