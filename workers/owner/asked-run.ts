import { loadRunFile } from '../../pipeline/inputs/run-file.ts';
import { comparisonIdOf, runIdOf } from '../../pipeline/inputs/run-places.ts';
import { userError } from '../../pipeline/messages/user-error.ts';
import { type AskedWork, comparisonName, loadComparison } from '../../pipeline/results/comparison.ts';
import { canonicalJson } from '../../pipeline/tasks/task-key.ts';
import { usualPriority } from '../coordinator.ts';
import { hasEnded, type RunEntry } from './run-entry.ts';

/** What somebody asks an owner for. */
export interface RunWish extends AskedWork {
  readonly user: string;
  readonly check?: boolean;
  readonly priority?: number;
}

/**
 * The queued run of a wish. Its run files are read, their inputs are not.
 * @param now - ISO time
 * @throws UserError when a run file is at fault
 */
export async function askedRun(wish: RunWish, now: string): Promise<RunEntry> {
  return {
    ...(await namedRun(wish)),
    check: wish.check ?? true,
    user: wish.user,
    priority: wish.priority ?? usualPriority,
    driver: 'queue',
    state: 'queued',
    submitted: now,
  };
}

/**
 * What tells a run from others.
 * @throws UserError when a run file is at fault
 */
export async function namedRun({
  runFile,
  comparison,
}: AskedWork): Promise<Pick<RunEntry, 'id' | 'name' | 'runFile' | 'comparison'>> {
  if (!comparison) {
    const loaded = await loadRunFile(runFile);
    return { id: runIdOf(loaded), name: loaded.run.name, runFile: loaded.path };
  }
  const runs = await loadComparison(runFile, comparison);
  const [{ path: previousRunFile }, { path }] = runs;
  const { minimumAreas } = comparison;
  return {
    id: comparisonIdOf(runs),
    name: comparisonName(runs),
    runFile: path,
    comparison: { previousRunFile, minimumAreas },
  };
}

/**
 * Whether a run that is there already is what a wish asks for, under way or still to come.
 * @throws UserError when it compares the same years with other minimum areas: its results would be taken for those asked for
 */
export function isUnderWay(before: RunEntry | undefined, asked: RunEntry): boolean {
  if (!before || hasEnded(before)) return false;
  const areas = ({ comparison }: RunEntry) => canonicalJson({ ...comparison?.minimumAreas });
  if (areas(before) === areas(asked)) return true;
  throw userError(
    'comparison-under-way',
    before.id,
    {
      zh: '这两年正以另外的最小图斑面积进行比较',
      en: 'these years are being compared with other minimum areas',
    },
    undefined,
    {
      zh: `等它结束，或先用 shuibao cancel ${before.id} 取消`,
      en: `wait for it, or cancel it first with shuibao cancel ${before.id}`,
    },
  );
}
