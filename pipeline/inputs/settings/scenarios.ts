import { scenarioRun } from '../scenarios.ts';
import { refuseIdleSettings } from './idle-settings.ts';
import { refuseParameterCodes } from './parameter-codes.ts';
import { settingError, type WrittenRun } from './written-run.ts';

/** Scenarios that cannot be told apart, change nothing, or state what the run could not state either. */
export function refuseScenarios(run: WrittenRun): void {
  const { scenarios, model } = run.run;
  for (const [at, scenario] of scenarios.entries()) {
    const path = ['scenarios', at];
    if (model !== 'CSLE')
      throw settingError(
        run,
        'setting-idle',
        path,
        { zh: '不起作用', en: 'has no effect' },
        {
          zh: `情景只用于 CSLE 的 B、E、T 因子，模型为 ${model}`,
          en: `scenarios are of B, E and T of CSLE; the model is ${model}`,
        },
        { zh: '请删除，或改用 CSLE', en: 'remove it, or use CSLE' },
      );
    if (scenarios.findIndex(({ id }) => id === scenario.id) < at)
      throw settingError(
        run,
        'scenario-id-twice',
        [...path, 'id'],
        { zh: `“${scenario.id}”已用于另一情景`, en: `“${scenario.id}” is the id of another scenario` },
        { zh: '每个情景的 id 应不同', en: 'expected an id of its own for each scenario' },
        { zh: '请改名', en: 'rename one of them' },
      );
    const { parameters, inputs } = scenario;
    const stated = [...Object.values(parameters), ...Object.values(inputs)].filter((value) => value !== undefined);
    if (stated.every((value) => typeof value === 'object' && Object.keys(value).length === 0))
      throw settingError(
        run,
        'scenario-empty',
        path,
        { zh: '没有写任何改动', en: 'states no change' },
        {
          zh: '应在 inputs 或 parameters 中写出与本次运行不同的措施',
          en: 'expected measures that differ from the run’s, under inputs or parameters',
        },
        { zh: '请补充或删除', en: 'add some or remove it' },
      );
    const alone: WrittenRun = { ...run, run: scenarioRun(run.run, scenario), at: path };
    refuseIdleSettings(alone);
    refuseParameterCodes(alone);
  }
}
