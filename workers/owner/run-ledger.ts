import { access, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StatisticsRow } from '../../pipeline/catalog/catalog.ts';
import { syncDirectory, writeFileAtomically } from '../../pipeline/store/atomic-file.ts';
import { diskError } from '../../pipeline/store/store-errors.ts';
import type { RunEntry } from './run-entry.ts';

const forgottenName = 'forgotten';
const namePattern = /^[\w.-]{1,100}$/;

/**
 * The runs of a workspace as flushed files, one directory each. The queue and the catalog may be lost; from these files and
 * the store they are rebuilt. Anybody may read; while a workspace has an owner only that process writes.
 */
export class RunLedger {
  private readonly directory: string;

  constructor(workspace: string) {
    this.directory = join(workspace, 'runs');
  }

  async read(id: string): Promise<RunEntry | undefined> {
    try {
      const entry = JSON.parse(await readFile(join(this.directoryOf(id), 'entry.json'), 'utf8')) as RunEntry;
      return entry.id === id ? entry : undefined;
    } catch {
      return undefined;
    }
  }

  /** All runs in the order in which they were first asked for. */
  async list(): Promise<readonly RunEntry[]> {
    const names = await readdir(this.directory).catch(() => []);
    const entries = await Promise.all(names.filter((name) => namePattern.test(name)).map((name) => this.read(name)));
    return entries
      .filter((entry) => entry !== undefined)
      .sort((a, b) => (a.submitted < b.submitted ? -1 : a.submitted > b.submitted ? 1 : a.id < b.id ? -1 : 1));
  }

  /** Throws a user error when the disk is full. A run that was forgotten and is asked for again is like any other. */
  async write(entry: RunEntry): Promise<void> {
    await this.writeFile(entry.id, 'entry.json', JSON.stringify(entry, undefined, 1));
    await rm(join(this.directoryOf(entry.id), forgottenName), { force: true });
  }

  /** Keeps a file beside the entry of a run, flushed to the disk. */
  private async writeFile(id: string, name: string, text: string): Promise<void> {
    const directory = this.directoryOf(id);
    try {
      if ((await mkdir(directory, { recursive: true })) !== undefined) await syncDirectory(this.directory);
      await writeFileAtomically(join(directory, name), `${text}\n`, { temporaryDirectory: directory, durable: true });
    } catch (error) {
      throw diskError(error, directory) ?? error;
    }
  }

  /** Keeps the figures of a finished run, from which the catalog's are made anew. */
  async writeFigures(id: string, figures: readonly StatisticsRow[]): Promise<void> {
    await this.writeFile(id, 'figures.json', JSON.stringify(figures));
  }

  async readFigures(id: string): Promise<readonly StatisticsRow[] | undefined> {
    try {
      return JSON.parse(await readFile(join(this.directoryOf(id), 'figures.json'), 'utf8')) as StatisticsRow[];
    } catch {
      return undefined;
    }
  }

  /**
   * Takes a run out of the ledger, with its log and what else lies beside it. What is left of it says that the catalog is
   * still to forget it.
   */
  async forget(id: string): Promise<void> {
    const directory = this.directoryOf(id);
    await this.writeFile(id, forgottenName, '');
    // The run is gone with its entry, whatever happens after.
    await rm(join(directory, 'entry.json'), { force: true });
    await syncDirectory(directory);
    const left = (await readdir(directory)).filter((name) => name !== forgottenName);
    for (const name of left) await rm(join(directory, name), { recursive: true, force: true });
  }

  /** Runs that the catalog is still to forget; one that was asked for again since is none. */
  async forgotten(): Promise<readonly string[]> {
    const names = (await readdir(this.directory).catch(() => [])).filter((name) => namePattern.test(name));
    const ids: string[] = [];
    for (const id of names) {
      const isMarked = await access(join(this.directory, id, forgottenName)).then(
        () => true,
        () => false,
      );
      if (isMarked && !(await this.read(id))) ids.push(id);
    }
    return ids;
  }

  /** Removes the last trace of a run that the catalog has forgotten. */
  async bury(id: string): Promise<void> {
    await rm(this.directoryOf(id), { recursive: true, force: true });
  }

  /** Whether any run was ever asked for here. */
  exists(): Promise<boolean> {
    return access(this.directory).then(
      () => true,
      () => false,
    );
  }

  /** Where the log of a run lies. */
  logFile(id: string): string {
    return join(this.directoryOf(id), 'log.jsonl');
  }

  /** Directory in which the files of a run lie. */
  directoryOf(id: string): string {
    if (!namePattern.test(id) || /^\.+$/.test(id)) throw new RangeError(`not the name of a run: ${id}`);
    return join(this.directory, id);
  }
}
