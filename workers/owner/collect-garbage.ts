import { existsSync } from 'node:fs';
import { contentsOf } from '../../pipeline/catalog/journal.ts';
import { userError } from '../../pipeline/messages/user-error.ts';
import { planAsked } from '../../pipeline/results/comparison.ts';
import type { ArtifactStore } from '../../pipeline/store/artifact-store.ts';
import { reachableContents } from '../../pipeline/store/reachable.ts';
import type { SweepReport } from '../../pipeline/store/sweep.ts';
import type { Plan } from '../../pipeline/tasks/task.ts';
import { openJournal } from '../open-journal.ts';
import { openWorkspaceStore } from '../store-location.ts';
import { lockWorkspace } from '../workspace-lock.ts';
import { OwnerClient } from './api/client.ts';
import { mustHaveRunFiles } from './relocate-run.ts';
import { hasEnded, type RunEntry } from './run-entry.ts';
import { RunLedger } from './run-ledger.ts';

export interface GarbageOptions {
  readonly dryRun: boolean;
  /** Nothing younger than this is removed; default one day. */
  readonly graceMilliseconds?: number;
  /** Where STORE_URL and what belongs to it are looked up; default the process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** How the plan of a run that is still to come is found; default by its run files. */
  readonly planOf?: (entry: RunEntry) => Promise<Plan>;
}

const usualGraceMilliseconds = 86_400_000;
const servedGraceMilliseconds = 3_600_000;
const lookAgainMilliseconds = 200;
const attempts = 5;

/**
 * Removes from the store of a workspace what neither a run of its ledger nor an entry of its journal needs. What the last
 * plan of each run reaches stays, and for runs still to come also what their run files ask for now.
 * @throws UserError when there are no runs to judge by, the plan of one cannot be found, or the journal is broken: then
 *   nothing is removed
 */
export async function collectGarbage(workspace: string, options: GarbageOptions): Promise<SweepReport> {
  if (!existsSync(workspace)) throw noRuns(workspace);
  // An owner has every run in its ledger before it begins; a command that works alone may have one that is in none.
  const isServed = (await OwnerClient.find(workspace)) !== undefined;
  const lock = isServed || options.dryRun ? undefined : await lockWorkspace(workspace);
  // Tasks in hand have outputs that no record names yet, and none takes longer than this.
  const grace = Math.max(options.graceMilliseconds ?? usualGraceMilliseconds, isServed ? servedGraceMilliseconds : 0);
  try {
    for (let attempt = 1; ; attempt++) {
      const report = await sweepUnneeded(workspace, { ...options, graceMilliseconds: grace });
      if (report) return report;
      if (attempt === attempts) throw busy(workspace);
    }
  } finally {
    await lock?.release();
  }
}

/** @returns undefined when a run began meanwhile, which may need more */
async function sweepUnneeded(workspace: string, options: GarbageOptions): Promise<SweepReport | undefined> {
  const store = openWorkspaceStore(workspace, options.environment);
  await store.prepare();
  // Before the runs are read: what a run begun meanwhile stores is younger.
  const olderThan = new Date(Date.now() - (options.graceMilliseconds ?? usualGraceMilliseconds));
  const ledger = new RunLedger(workspace);
  const entries = await ledger.list();
  if (!(await ledger.exists())) throw noRuns(workspace);
  const plans: { plan: Plan; digest?: string }[] = [];
  for (const entry of entries) {
    const { planDigest } = entry;
    if (planDigest !== undefined) plans.push({ plan: await storedPlan(store, entry, planDigest), digest: planDigest });
    if (hasEnded(entry)) continue;
    if (!options.planOf) mustHaveRunFiles(entry, ledger.directoryOf(entry.id));
    plans.push({ plan: await (options.planOf ?? planAsked)(entry) });
  }
  const keep = await reachableContents(store, plans);
  // What people brought in or decided is in the store and nowhere else.
  for (const entry of await openJournal(workspace, options.environment).read())
    for (const digest of contentsOf(entry)) keep.objects.add(digest);
  const known = new Set(entries.flatMap(needOf));
  // Finding out what is needed may have taken long: the first look comes before the first removal.
  let looked = 0;
  let isStale = false;
  const proceed = async () => {
    // Planning a run takes longer than this, so that its entry is seen before it can count on anything.
    if (Date.now() - looked < lookAgainMilliseconds) return;
    looked = Date.now();
    isStale = (await ledger.list()).flatMap(needOf).some((need) => !known.has(need));
    if (isStale) throw new Error('a run began');
  };
  try {
    return await store.sweep(keep, { olderThan, dryRun: options.dryRun, proceed });
  } catch (error) {
    if (isStale) return undefined;
    throw error;
  }
}

/** What an entry may need that is still to be found; nothing for a run that has ended. */
const needOf = (entry: RunEntry): string[] =>
  hasEnded(entry) ? [] : [`${entry.id} ${entry.planDigest ?? ''} ${entry.submitted}`];

const noRuns = (workspace: string): Error =>
  userError(
    'gc-no-runs',
    workspace,
    {
      zh: '没有任何运行记录，无法判断哪些数据仍需要',
      en: 'no runs are recorded, so nothing tells what is still needed',
    },
    undefined,
    { zh: '检查 --workspace', en: 'check --workspace' },
  );

const busy = (workspace: string): Error =>
  userError('gc-busy', workspace, { zh: '清理期间不断有新的运行开始', en: 'new runs keep beginning' }, undefined, {
    zh: '稍后再试',
    en: 'try again later',
  });

async function storedPlan(store: ArtifactStore, entry: RunEntry, digest: string): Promise<Plan> {
  if ((await store.contentBytes(digest)) === undefined) {
    throw userError(
      'gc-plan-missing',
      entry.id,
      { zh: '存储中缺少该运行的计划，未删除任何数据', en: 'the store lacks the plan of this run; nothing was removed' },
      undefined,
      { zh: `重新运行 ${entry.runFile}`, en: `run ${entry.runFile} again` },
    );
  }
  return JSON.parse(Buffer.from(await store.readBytes(digest)).toString()) as Plan;
}
