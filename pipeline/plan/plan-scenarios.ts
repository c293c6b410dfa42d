import type { GridSpec } from '../../models/grid/grid-spec.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import type { ScenarioComparisonParameters } from '../tasks/compare-scenarios.ts';
import { scenarioOutput } from '../tasks/erosion-outputs.ts';
import type { JsonValue, PlannedInput, PlannedTask } from '../tasks/task.ts';
import { regionInputs, regionParameters, tablesTask } from './plan-report.ts';
import type { ScenarioSettings } from './scenario-settings.ts';
import type { SourceDigests } from './source-digests.ts';

/** Id of a task of a scenario. */
export const scenarioTask = (scenario: string, task: 'statistics' | 'report'): string =>
  `scenarios/${scenario}/${task}`;

export const comparisonTask = 'scenarios/comparison';

/**
 * Tables and summary of each scenario, and the comparison of all with the run itself.
 * @param measures tasks of the polygons of the run and of its scenarios
 */
export async function planScenarios(
  loaded: LoadedRun,
  sources: SourceDigests,
  grid: GridSpec,
  scenarios: readonly ScenarioSettings[],
  measures: readonly PlannedTask[],
): Promise<PlannedTask[]> {
  const inputs = await regionInputs(loaded, sources);
  const cubeOf = (id: string): PlannedInput => ({ task: scenarioTask(id, 'statistics'), output: 'cube' });
  const reports = scenarios.map(({ id, name, settings, practice, loaded: own }) => {
    const common = regionParameters(own, grid, { id, name });
    const names = [practice.inputs.engineering, practice.inputs.tillage].map((measure) => `measures/${measure}`);
    const used = measures.filter((measure) => names.includes(measure.id));
    return tablesTask(scenarioTask(id, 'report'), own, common, { cube: cubeOf(id), ...inputs }, settings, used);
  });
  const parameters: ScenarioComparisonParameters = {
    ...regionParameters(loaded, grid, null),
    tables: loaded.run.outputs.tables,
    scenarios: scenarios.map(({ id, name }) => ({ id, name })),
  };
  const cubes = scenarios.map(({ id }) => [scenarioOutput('cube', id), cubeOf(id)]);
  const comparison: PlannedTask = {
    id: comparisonTask,
    kind: 'compare-scenarios',
    parameters: parameters as unknown as JsonValue,
    inputs: { cube: { task: 'statistics', output: 'cube' }, ...Object.fromEntries(cubes), ...inputs },
  };
  return [...reports, comparison];
}
