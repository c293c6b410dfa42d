import { scenarioTable } from '../../models/statistics/tables/scenario-table.ts';
import { printedZones } from '../exports/printed-zones.ts';
import type { Text } from '../messages/text.ts';
import { scenarioOutput } from './erosion-outputs.ts';
import { readRegion } from './read-region.ts';
import type { ReportParameters } from './report-parameters.ts';
import { reportTitle } from './report-title.ts';
import type { TaskHandler } from './task.ts';

export interface ScenarioComparisonParameters extends Omit<ReportParameters, 'unverified'> {
  readonly scenarios: readonly { readonly id: string; readonly name: Text }[];
}

/**
 * Eroded area, conservation rate and soil loss of each scenario beside those of the run itself.
 *
 * Inputs: those of `readRegion` with `cube` of the run and `cube@<scenario>` of each scenario. Outputs are named as the files.
 */
export const compareScenarios: TaskHandler = {
  kind: 'compare-scenarios',
  version: 1,
  async run(task, context) {
    const parameters = task.parameters as unknown as ScenarioComparisonParameters;
    const zonesOf = async (input: string) =>
      printedZones((await readRegion(task, context, parameters, input)).report).map(({ statistics, ...printed }) => ({
        ...statistics,
        printed,
      }));
    const run = await zonesOf('cube');
    const scenarios = [];
    for (const { id, name } of parameters.scenarios)
      scenarios.push({ name, zones: await zonesOf(scenarioOutput('cube', id)) });
    const { filesOfTables } = await import('./table-files.ts');
    const title = reportTitle(parameters, 'comparison')[parameters.language];
    return { outputs: await filesOfTables(parameters, [scenarioTable(run, scenarios)], 'scenarios', title) };
  },
};
