import { type ManifestInput, type ManifestScenario, manifestText } from '../exports/manifest.ts';
import { digestFile } from '../formats/file-digest.ts';
import { declaredInputs } from '../inputs/declared-inputs.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import type { Finding } from '../messages/finding.ts';
import type { AnnualPlan } from '../plan/annual-run.ts';
import type { ScenarioSettings } from '../plan/scenario-settings.ts';
import type { ReportFacts } from '../tasks/report.ts';
import type { TaskRecord } from '../tasks/task.ts';
import type { UsedCodes } from '../tasks/used-parameters.ts';
import { factorProvenance } from './factor-provenance.ts';
import type { PublishedFile } from './publication.ts';
import { runParameters } from './run-parameters.ts';

export interface RunManifestInput {
  readonly loaded: LoadedRun;
  readonly planned: AnnualPlan;
  /** Record of the report task, with its `ReportFacts`. */
  readonly report: TaskRecord;
  readonly files: readonly PublishedFile[];
  /** What the check of the inputs found. */
  readonly findings: readonly Finding[];
  readonly version: string;
  /** Where digests of unchanged files are remembered. */
  readonly cacheDirectory: string;
}

/** The manifest of a finished run: its bytes depend on the run file, the inputs and this program alone. */
export async function runManifest(input: RunManifestInput): Promise<string> {
  const { loaded, planned, files, findings } = input;
  const { run } = loaded;
  const { used, edgeContamination } = input.report.facts as unknown as ReportFacts;
  return manifestText({
    shuibaoVersion: input.version,
    run: {
      name: run.name,
      year: run.year,
      model: run.model,
      region: { code: '', name: { zh: run.region || run.name, en: run.region || run.name } },
    },
    grid: planned.grid,
    methods: factorProvenance(loaded, planned.settings).map(({ symbol, method, version, citation, unit }) => ({
      factor: symbol,
      id: method,
      version,
      citation,
      unit,
    })),
    parameters: runParameters(loaded, used),
    scenarios: planned.scenarios.map((scenario) => manifestScenario(loaded, scenario, used)),
    inputs: await inputsOf(loaded, input.cacheDirectory),
    warnings: findings.filter(({ severity }) => severity === 'warning'),
    edgeContamination: {
      cells: edgeContamination.valid,
      accumulationCells: edgeContamination.accumulation,
      slopeLengthCells: edgeContamination.slopeLength,
    },
    taskCount: planned.plan.tasks.length,
    outputs: files.map(({ fileName, bytes, digest, mediaType }) => ({
      file: fileName,
      bytes,
      sha256: digest,
      mediaType,
    })),
  });
}

/** What a scenario changes: its own files, and the parameters that the run does not have or has otherwise. */
function manifestScenario(loaded: LoadedRun, scenario: ScenarioSettings, used: UsedCodes): ManifestScenario {
  const { id, name, loaded: own } = scenario;
  const { inputs } = loaded.run.scenarios.find((each) => each.id === id)!;
  const before = new Map(runParameters(loaded, used).map((parameter) => [parameter.id, parameter.value]));
  return {
    id,
    name,
    inputs: Object.fromEntries(Object.entries(inputs).map(([layer, { file }]) => [layer, file])),
    parameters: runParameters(own, used).filter((parameter) => before.get(parameter.id) !== parameter.value),
  };
}

async function inputsOf(loaded: LoadedRun, cacheDirectory: string): Promise<ManifestInput[]> {
  const inputs: ManifestInput[] = [];
  for (const { layer, file, displayName } of declaredInputs(loaded).inputs) {
    const { bytes, sha256 } = await digestFile(file, { cacheDirectory });
    inputs.push({ layer, file: displayName, bytes, digest: `sha256:${sha256}` });
  }
  return inputs;
}
