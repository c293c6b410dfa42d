import type { Catalog } from '../../pipeline/catalog/catalog.ts';
import { UserError } from '../../pipeline/messages/user-error.ts';
import type { RunHandle } from '../active-run.ts';
import { usualPriority } from '../coordinator.ts';
import type { RunReport } from '../run-events.ts';
import { failuresOf } from './owner.ts';
import type { RunEntry } from './run-entry.ts';
import type { RunLedger } from './run-ledger.ts';
import { RunLog } from './run-log.ts';
import { stateText } from './state-text.ts';

/** A run that a command drives itself, kept in the ledger and the log like those of the queue. */
export class CommandRun {
  private readonly ledger: RunLedger;
  private readonly log: RunLog;
  private entry: RunEntry;

  private constructor(ledger: RunLedger, entry: RunEntry) {
    this.ledger = ledger;
    this.entry = entry;
    this.log = new RunLog(ledger.logFile(entry.id));
  }

  static async begin(
    ledger: RunLedger,
    run: Pick<RunEntry, 'id' | 'name' | 'runFile' | 'comparison' | 'check' | 'user'>,
    handle: RunHandle,
    catalog: Catalog,
  ): Promise<CommandRun> {
    const now = new Date().toISOString();
    const before = await ledger.read(run.id);
    const planDigest = (await catalog.findRun(run.id))?.planDigest;
    const kept = new CommandRun(ledger, {
      ...run,
      priority: before?.priority ?? usualPriority,
      driver: 'command',
      state: 'running',
      submitted: before?.submitted ?? now,
      started: now,
      ...(planDigest === undefined ? {} : { planDigest }),
    });
    await kept.write(kept.entry);
    handle.events.on('event', (event) => kept.log.follow(event));
    return kept;
  }

  async ended({ state, counts, ...report }: RunReport, results?: string): Promise<void> {
    const failures = failuresOf({ state, counts, ...report });
    await this.write({
      ...this.entry,
      state,
      counts,
      ended: new Date().toISOString(),
      ...(failures && failures.length > 0 ? { failures } : {}),
      ...(results === undefined ? {} : { results }),
    });
  }

  /** Notes that the run could not be driven at all, and throws the reason on. */
  async faulted(error: unknown): Promise<never> {
    const why =
      error instanceof UserError
        ? { problems: [error.finding] }
        : { fault: error instanceof Error ? error.message : String(error) };
    await this.write({ ...this.entry, state: 'failed', ended: new Date().toISOString(), ...why }).catch(
      () => undefined,
    );
    throw error;
  }

  private async write(entry: RunEntry): Promise<void> {
    this.entry = entry;
    await this.ledger.write(entry);
    this.log.note('state', stateText(entry));
    await this.log.settled();
  }
}
