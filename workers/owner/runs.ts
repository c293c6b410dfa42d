import type { RunWish } from './asked-run.ts';
import type { RunStatus } from './live-run.ts';

/** The runs of a workspace, whoever keeps them at the moment. */
export interface Runs {
  /** Number of the process that works through them; undefined when none does. */
  readonly pid: number | undefined;
  /** All runs in the order in which they were first asked for. */
  list(): Promise<readonly RunStatus[]>;
  /** @throws UserError when there is no such run */
  status(id: string): Promise<RunStatus>;
  submit(wish: RunWish): Promise<RunStatus>;
  cancel(id: string): Promise<RunStatus>;
  resume(id: string): Promise<RunStatus>;
  /** @throws UserError when the run has not failed */
  retry(id: string): Promise<RunStatus>;
  /**
   * Takes a run out of the ledger: its results stay, what only it needs in the store goes with the next `gc`.
   * @throws UserError for a run that has not ended
   */
  forget(id: string): Promise<void>;
  setPriority(id: string, priority: number): Promise<RunStatus>;
}
