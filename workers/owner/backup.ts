import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { FileJournal } from '../../pipeline/catalog/file-journal.ts';
import { contentsOf } from '../../pipeline/catalog/journal.ts';
import { userError } from '../../pipeline/messages/user-error.ts';
import { manifestName } from '../../pipeline/results/publication.ts';
import type { ArtifactStore } from '../../pipeline/store/artifact-store.ts';
import { copyContents } from '../../pipeline/store/copy-contents.ts';
import { DirectoryStore } from '../../pipeline/store/directory-store.ts';
import { reachableContents } from '../../pipeline/store/reachable.ts';
import { explainingDisk } from '../../pipeline/store/store-errors.ts';
import type { Digest, Plan, TaskKey } from '../../pipeline/tasks/task.ts';
import { journalFile, openJournal } from '../open-journal.ts';
import { openWorkspaceStore, storeDirectory } from '../store-location.ts';
import type { RunEntry } from './run-entry.ts';
import { RunLedger } from './run-ledger.ts';

export interface BackupOptions {
  /** Whether all that finished runs made goes along, so that nothing has to be computed again. */
  readonly withResults: boolean;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** What a backup says of itself; written last, so that one without it is none. */
export interface BackupSummary {
  readonly format: 1;
  readonly created: string;
  /** Where the workspace was; earlier backups do not say. */
  readonly workspace?: string;
  readonly entries: number;
  /** Hash of the last entry of the journal; null when it is empty. */
  readonly lastHash: Digest | null;
  readonly runs: number;
  readonly contents: number;
  readonly withResults: boolean;
}

export const summaryFile = 'backup.json';

/** Files of a run that a backup keeps beside its entry. */
export const runFileCopy = 'run-file.yaml';
export const previousRunFileCopy = 'previous-run-file.yaml';

/**
 * Copies what a workspace cannot make anew into an empty directory, laid out as a workspace: journal, ledger, run files and
 * manifests, and from the store what these need. It may be served meanwhile: the journal is read first, and contents are
 * stored before the entries that name them.
 * @throws UserError when there is no workspace, the directory is not empty, the journal is broken, or a content is missing or damaged
 */
export async function writeBackup(
  workspace: string,
  directory: string,
  options: BackupOptions,
): Promise<BackupSummary> {
  const { environment = process.env, withResults } = options;
  if (!existsSync(workspace)) throw workspaceMissing(workspace);
  return explainingDisk(directory, async () => {
    await mkdir(directory, { recursive: true });
    if ((await readdir(directory)).length > 0) throw notEmpty(directory);
    const entries = await openJournal(workspace, environment).read();
    const [from, to] = [openWorkspaceStore(workspace, environment), new DirectoryStore(storeDirectory(directory))];
    await copyContents(from, to, entries.flatMap(contentsOf));
    const copied = new Set(entries.flatMap(contentsOf));
    const ledger = new RunLedger(workspace);
    const runs = await ledger.list();
    for (const run of runs) {
      await copyRun(ledger, new RunLedger(directory), run, run);
      for (const digest of await copyPlan(from, to, run, withResults)) copied.add(digest);
    }
    if (entries.length > 0) await new FileJournal(journalFile(directory)).append(entries);
    const lastHash = entries.at(-1)?.hash ?? null;
    const counts = { entries: entries.length, lastHash, runs: runs.length, contents: copied.size, withResults };
    const summary: BackupSummary = {
      format: 1,
      created: new Date().toISOString(),
      workspace: resolve(workspace),
      ...counts,
    };
    await writeFile(join(directory, summaryFile), `${JSON.stringify(summary, undefined, 1)}\n`);
    return summary;
  });
}

/**
 * Copies the files of a run: those of the ledger, its run files as they are now, and the manifest of its results.
 * @param as - the run as it is called where it is copied to
 */
export async function copyRun(from: RunLedger, to: RunLedger, { id }: RunEntry, as: RunEntry): Promise<void> {
  await to.write(as);
  const [source, target] = [from.directoryOf(id), to.directoryOf(as.id)];
  for (const name of ['log.jsonl', 'figures.json', runFileCopy, previousRunFileCopy, manifestName])
    if (existsSync(join(source, name))) await copyFile(join(source, name), join(target, name));
  if (existsSync(as.runFile)) await copyFile(as.runFile, join(target, runFileCopy));
  const previous = as.comparison?.previousRunFile;
  if (previous && existsSync(previous)) await copyFile(previous, join(target, previousRunFileCopy));
  const manifest = as.results === undefined ? undefined : join(as.results, manifestName);
  if (manifest && existsSync(manifest)) await copyFile(manifest, join(target, manifestName));
}

/** Copies the plan of a run and, if wanted, all that was made by it. */
async function copyPlan(
  from: ArtifactStore,
  to: ArtifactStore,
  { state, planDigest }: RunEntry,
  withResults: boolean,
): Promise<ReadonlySet<Digest>> {
  if (planDigest === undefined || (await from.contentBytes(planDigest)) === undefined) return new Set();
  await copyContents(from, to, [planDigest]);
  if (!withResults || state !== 'finished') return new Set([planDigest]);
  const plan = JSON.parse(Buffer.from(await from.readBytes(planDigest)).toString()) as Plan;
  const { objects, keys } = await reachableContents(from, [{ plan, digest: planDigest }]);
  await copyContents(from, to, [...objects]);
  for (const key of keys) await copyRecord(from, to, key);
  return objects;
}

/** Copies a record whose outputs are there, on both sides. */
export async function copyRecord(from: ArtifactStore, to: ArtifactStore, key: TaskKey): Promise<void> {
  const record = await from.completeRecord(key);
  if (record) await to.writeRecord(record);
}

/** The summary of a backup. @throws UserError when there is none, or one that this program does not know */
export async function readSummary(directory: string): Promise<BackupSummary> {
  try {
    const summary = JSON.parse(await readFile(join(directory, summaryFile), 'utf8')) as BackupSummary;
    if (summary.format === 1) return summary;
  } catch {
    // Said below.
  }
  throw userError(
    'backup-unknown',
    directory,
    { zh: '不是完整的备份', en: 'is no complete backup' },
    { zh: `应含 ${summaryFile}`, en: `expected ${summaryFile} in it` },
    { zh: '请用 shuibao backup 写出的目录或文件', en: 'give what shuibao backup wrote' },
  );
}

const workspaceMissing = (workspace: string): Error =>
  userError('workspace-missing', workspace, { zh: '没有这个工作目录', en: 'there is no such workspace' }, undefined, {
    zh: '检查 --workspace',
    en: 'check --workspace',
  });

const notEmpty = (directory: string): Error =>
  userError(
    'backup-exists',
    directory,
    { zh: '目录不是空的', en: 'the directory is not empty' },
    { zh: '应为新目录', en: 'expected a new directory' },
    { zh: '换一个名字', en: 'take another name' },
  );
