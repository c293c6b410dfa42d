import type { LoadedRun } from '../inputs/run-file.ts';
import type { RunFile } from '../inputs/run-file-schema.ts';
import { loadedScenario, scenarioName } from '../inputs/scenarios.ts';
import type { Text } from '../messages/text.ts';
import { scenarioOutput } from '../tasks/erosion-outputs.ts';
import { type CsleParameters, ownPracticeInputs, type PracticeInput } from '../tasks/erosion-parameters.ts';
import { type ErosionSettings, erosionSettings } from './erosion-settings.ts';

/** A scenario with everything that follows from its run file. */
export interface ScenarioSettings {
  readonly id: string;
  readonly name: Text;
  /** The run file as it would be for the scenario alone. */
  readonly loaded: LoadedRun;
  readonly settings: ErosionSettings;
  /** Its practices; layers that it has of its own are inputs of their own. */
  readonly practice: CsleParameters;
}

const inputOf: Readonly<Record<PracticeInput, keyof RunFile['scenarios'][number]['inputs']>> = {
  cover: 'vegetationCover',
  understorey: 'understoreyCover',
  engineering: 'engineeringMeasures',
  tillage: 'rotationZones',
};

/** The scenarios of a run, which is one of CSLE where it has any. */
export function scenarioSettings(loaded: LoadedRun): ScenarioSettings[] {
  return loaded.run.scenarios.map((scenario) => {
    const own = loadedScenario(loaded, scenario);
    const settings = erosionSettings(own);
    const names = Object.keys(ownPracticeInputs) as PracticeInput[];
    const inputs = Object.fromEntries(
      names.map((name) => [
        name,
        scenario.inputs[inputOf[name]] === undefined ? name : scenarioOutput(name, scenario.id),
      ]),
    ) as CsleParameters['inputs'];
    const practice: CsleParameters = { ...(settings.practice as CsleParameters), inputs };
    return { id: scenario.id, name: scenarioName(scenario), loaded: own, settings, practice };
  });
}
