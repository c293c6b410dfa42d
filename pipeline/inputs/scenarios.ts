import type { Text } from '../messages/text.ts';
import type { RunFile, ScenarioInput } from './run-file-schema.ts';

/** Inputs that a scenario may have of its own. */
export const scenarioInputs = ['vegetationCover', 'understoreyCover', 'engineeringMeasures', 'rotationZones'] as const;

/** What tables call a scenario. */
export const scenarioName = ({ id, name }: ScenarioInput): Text => ({ zh: name ?? id, en: id });

/** A run file as it would be for the scenario alone: its inputs and values over those of the run. */
export function scenarioRun(run: RunFile, { inputs, parameters }: ScenarioInput): RunFile {
  const stated = Object.fromEntries(Object.entries(inputs).filter(([, input]) => input !== undefined));
  const { biologicalPractice, engineeringPractice, tillagePractice, understoreyCover } = parameters;
  const own = run.parameters;
  return {
    ...run,
    scenarios: [],
    inputs: { ...run.inputs, ...stated },
    parameters: {
      ...own,
      biologicalPractice: { ...own.biologicalPractice, ...biologicalPractice },
      engineeringPractice: { ...own.engineeringPractice, ...engineeringPractice },
      tillagePractice: { ...own.tillagePractice, ...tillagePractice },
      // A layer of its own takes the place of the run's one value, and the other way round.
      ...(understoreyCover === undefined ? {} : { understoreyCover }),
    },
  };
}

/** A scenario of a loaded run, as if it were a run of its own. */
export const loadedScenario = <Loaded extends { readonly run: RunFile }>(
  loaded: Loaded,
  scenario: ScenarioInput,
): Loaded => ({
  ...loaded,
  run: scenarioRun(loaded.run, scenario),
});
