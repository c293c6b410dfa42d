import {
  type DetectionRules,
  detectionRuleSets,
  type MinimumAreas,
  withMinimumAreas,
} from '../../models/disturbance/rules/detection-2024.ts';
import { type LoadedRun, loadRunFile } from '../inputs/run-file.ts';
import { changeResultsOf, digestCache, workspaceOf } from '../inputs/run-places.ts';
import { type ChangePlan, planChangeRun } from '../plan/change-run.ts';
import type { ArtifactStore } from '../store/artifact-store.ts';
import type { Plan, TaskKey } from '../tasks/task.ts';
import { changeFigures } from './change-figures.ts';
import { changeResults, writeChangeTables } from './change-results.ts';
import { type CheckedYear, checkYear, type PublishedYear, planYear } from './year.ts';

/** What a comparison is told beside the run file of the later year. */
export interface Comparison {
  /** Absolute path of the run file of the earlier year. */
  readonly previousRunFile: string;
  readonly minimumAreas: MinimumAreas;
}

/** A run file, alone or compared with that of an earlier year. */
export interface AskedWork {
  readonly runFile: string;
  readonly comparison?: Comparison;
}

/** Two years and how they are compared. */
export interface ComparedYears {
  /** The earlier year, then the later. */
  readonly runs: readonly [LoadedRun, LoadedRun];
  readonly rules: DetectionRules;
  readonly planned: ChangePlan;
}

export const loadComparison = async (
  runFile: string,
  { previousRunFile }: Pick<Comparison, 'previousRunFile'>,
): Promise<ComparedYears['runs']> => [await loadRunFile(previousRunFile), await loadRunFile(runFile)];

export const comparisonName = ([before, now]: ComparedYears['runs']): string => `${before.run.name} → ${now.run.name}`;

/** @throws UserError when the years cannot be compared */
export async function planComparison(runs: ComparedYears['runs'], minimumAreas: MinimumAreas): Promise<ComparedYears> {
  const rules = withMinimumAreas(detectionRuleSets.at(-1)!, minimumAreas);
  return { runs, rules, planned: await planChangeRun(runs, rules, digestCache(workspaceOf(runs[1]))) };
}

/**
 * Looks at the inputs of the years that somebody asked for, the earlier year first.
 * @param check - false leaves the inputs uninspected
 */
export async function checkAsked({ runFile, comparison }: AskedWork, check: boolean): Promise<readonly CheckedYear[]> {
  // One after the other: most inputs are common to two years, and the second look finds them described.
  const earlier = comparison ? [await checkYear(comparison.previousRunFile, check)] : [];
  return [...earlier, await checkYear(runFile, check)];
}

/** The plan of what somebody asked for, as its files ask for it now. */
export async function planAsked({ runFile, comparison }: AskedWork): Promise<Plan> {
  if (!comparison) return (await planYear(await loadRunFile(runFile))).plan;
  return (await planComparison(await loadComparison(runFile, comparison), comparison.minimumAreas)).planned.plan;
}

/**
 * Hands over the tables of a finished comparison, beside the results of the later year.
 * @param keys - key of each task, by its id in the plan
 */
export async function publishComparison(
  { runs, planned }: ComparedYears,
  keys: Readonly<Record<string, TaskKey>>,
  store: ArtifactStore,
): Promise<PublishedYear> {
  const results = await changeResults(planned, keys, store);
  const directory = changeResultsOf(runs[1]);
  await writeChangeTables(directory, runs, planned, results);
  return { directory, figures: changeFigures(results, planned.factors) };
}
