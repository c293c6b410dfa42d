import type { Engine } from '../workers/engine.ts';
import type { DrivingOptions } from './drive-run.ts';

// Queue and database take as long to load as everything else together; a run with nothing to do needs neither.
export const loadDriving = (): Promise<typeof import('./drive-run.ts')> => import('./drive-run.ts');

/**
 * The engine of a run that is likely to have something to do, since its inputs have changed: opened while another process looks
 * at them and the run is planned.
 */
export class EngineAhead {
  private readonly workspace: string;
  private readonly options: DrivingOptions;
  private opening: Promise<Engine | undefined> | undefined;
  /** Until somebody drives a run with it: what was opened is closed, whose tile processes end with it. */
  private readonly onSignal = (): void => void this.close().finally(() => process.exit(130));

  constructor(workspace: string, options: DrivingOptions) {
    this.workspace = workspace;
    this.options = options;
  }

  /** Inputs have changed. A run may still be refused and leaves nothing behind then, so a workspace that nobody has used waits. */
  prepare(): void {
    if (this.opening !== undefined) return;
    process.once('SIGINT', this.onSignal).once('SIGTERM', this.onSignal);
    this.opening = loadDriving().then(({ hasDatabase, openFor }) =>
      hasDatabase(this.workspace) ? openFor(this.workspace, this.options) : undefined,
    );
    this.heedless();
  }

  /** The run is not refused. */
  allow(): void {
    this.opening = this.opening?.then(
      async (engine) => engine ?? (await loadDriving()).openFor(this.workspace, this.options),
    );
    this.heedless();
  }

  /** For who drives the run and heeds signals from now on; undefined where no inputs have changed. */
  async take(): Promise<Engine | undefined> {
    const engine = await this.opening;
    this.ignoreSignals();
    return engine;
  }

  async close(): Promise<void> {
    this.ignoreSignals();
    const engine = await this.opening?.catch(() => undefined);
    await engine?.close();
  }

  private ignoreSignals(): void {
    process.off('SIGINT', this.onSignal).off('SIGTERM', this.onSignal);
  }

  /** Whether it can be opened matters to those alone who ask for it. */
  private heedless(): void {
    this.opening?.catch(() => undefined);
  }
}
