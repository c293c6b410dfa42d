import { hostname } from 'node:os';
import { workspaceOwner } from '../workspace-lock.ts';
import { askedRun, isUnderWay, type RunWish } from './asked-run.ts';
import type { RunStatus } from './live-run.ts';
import { mustHaveEnded, mustHaveFailed, unknownRun } from './owner.ts';
import { mustHaveRunFiles } from './relocate-run.ts';
import { hasEnded, type RunEntry, requeued } from './run-entry.ts';
import { RunLedger } from './run-ledger.ts';
import type { Runs } from './runs.ts';

/**
 * The runs of a workspace that no owner serves, straight from its ledger: what is queued here waits for the next owner. A
 * command may be busy with one of them; it is told to stop by a signal.
 */
export class DirectRuns implements Runs {
  readonly pid = undefined;
  private readonly workspace: string;
  private readonly ledger: RunLedger;

  constructor(workspace: string) {
    this.workspace = workspace;
    this.ledger = new RunLedger(workspace);
  }

  async list(): Promise<readonly RunStatus[]> {
    const isOwned = (await workspaceOwner(this.workspace)) !== undefined;
    return (await this.ledger.list()).map((entry) => (isOwned ? entry : withoutOwner(entry)));
  }

  status(id: string): Promise<RunStatus> {
    return this.mustFind(id);
  }

  async submit(wish: RunWish): Promise<RunStatus> {
    const entry = await askedRun(wish, new Date().toISOString());
    const before = (await this.list()).find(({ id }) => id === entry.id);
    if (isUnderWay(before, entry)) return before!;
    await this.ledger.write(entry);
    return entry;
  }

  async cancel(id: string): Promise<RunStatus> {
    const entry = await this.mustFind(id);
    if (entry.state === 'running') return this.stopCommand(entry);
    if (entry.state !== 'queued') return entry;
    const cancelled: RunEntry = { ...entry, state: 'cancelled', ended: new Date().toISOString() };
    await this.ledger.write(cancelled);
    return cancelled;
  }

  async resume(id: string): Promise<RunStatus> {
    const entry = await this.mustFind(id);
    if (!hasEnded(entry) || entry.state === 'finished') return entry;
    mustHaveRunFiles(entry, this.ledger.directoryOf(id));
    const queued = requeued(entry);
    await this.ledger.write(queued);
    return queued;
  }

  async retry(id: string): Promise<RunStatus> {
    mustHaveFailed(await this.mustFind(id));
    return this.resume(id);
  }

  async setPriority(id: string, priority: number): Promise<RunStatus> {
    const entry: RunEntry = { ...(await this.mustFind(id)), priority };
    await this.ledger.write(entry);
    return entry;
  }

  async forget(id: string): Promise<void> {
    mustHaveEnded(await this.mustFind(id));
    await this.ledger.forget(id);
  }

  private async stopCommand(entry: RunEntry): Promise<RunStatus> {
    const owner = await workspaceOwner(this.workspace);
    if (owner && owner.host === hostname()) process.kill(owner.pid, 'SIGINT');
    for (let attempt = 0; attempt < 600; attempt++) {
      const now = await this.mustFind(entry.id);
      if (now.state !== 'running') return now;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return this.mustFind(entry.id);
  }

  private async mustFind(id: string): Promise<RunEntry> {
    const entry = (await this.list()).find((each) => each.id === id);
    if (!entry) throw unknownRun(id);
    return entry;
  }
}

/** What a run that was going when its owner was killed is now: the queue's goes on with the next owner. */
function withoutOwner(entry: RunEntry): RunEntry {
  if (entry.state !== 'running') return entry;
  return entry.driver === 'queue' ? requeued(entry) : { ...entry, state: 'interrupted' };
}
