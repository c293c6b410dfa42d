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

  constructor(workspace: string, options: DrivingOptions) {
    this.workspace = workspace;
    this.options = options;
  }

  /** Inputs have changed. A run may still be refused and leaves nothing behind then, so a workspace that nobody has used waits. */
  prepare(): void {
    this.opening ??= loadDriving().then(({ hasDatabase, openFor }) =>
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

  /** Undefined where no inputs have changed. */
  get engine(): Promise<Engine | undefined> {
    return this.opening ?? Promise.resolve(undefined);
  }

  async close(): Promise<void> {
    const engine = await this.engine.catch(() => undefined);
    await engine?.close();
  }

  /** Whether it can be opened matters to those alone who ask for it. */
  private heedless(): void {
    this.opening?.catch(() => undefined);
  }
}
