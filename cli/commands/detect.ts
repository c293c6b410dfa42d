import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { detectionRuleSets, withMinimumAreas } from '../../models/disturbance/rules/detection-2024.ts';
import { textOf } from '../../pipeline/exchange/cells.ts';
import { readFeatures } from '../../pipeline/exchange/read-features.ts';
import type { Geometry } from '../../pipeline/formats/geometry.ts';
import { placedIn } from '../../pipeline/formats/placed-in.ts';
import { type LoadedRun, loadRunFile } from '../../pipeline/inputs/run-file.ts';
import { digestCache, resultsOf, runIdOf, workspaceOf } from '../../pipeline/inputs/run-places.ts';
import { findingLine } from '../../pipeline/messages/finding.ts';
import type { Language } from '../../pipeline/messages/text.ts';
import { planChangeRun } from '../../pipeline/plan/change-run.ts';
import { changeFigures } from '../../pipeline/results/change-figures.ts';
import { type ChangeResults, changeResults, writeChangeTables } from '../../pipeline/results/change-results.ts';
import { agreement } from '../../pipeline/supervision/agreement.ts';
import { detectedDrafts } from '../../pipeline/supervision/detected-drafts.ts';
import type { PatchBatch } from '../../pipeline/supervision/patch-batch.ts';
import { openEngine } from '../../workers/engine.ts';
import { batchSummary } from '../batch-page.ts';
import { keepNewBatch } from '../keep-batch.ts';
import { showProgress } from '../progress.ts';
import {
  dayArgument,
  keyAreaFieldOption,
  keyAreasOption,
  knownOnOption,
  openRegister,
  rulesFor,
  rulesOption,
  type SurroundingChoice,
  surrounded,
  today,
  waterOption,
} from '../supervision-access.ts';

interface DetectOptions extends SurroundingChoice {
  readonly imageDates: readonly [string, string];
  readonly batch: string;
  readonly knownOn?: string;
  readonly rules?: string;
  readonly workers?: number;
  readonly truth?: string;
}

/** `shuibao detect PREVIOUS.yaml CURRENT.yaml`: change between two years, patches of disturbed ground, proposed verdicts. */
export const detectCommand = (language: () => Language): Command =>
  new Command('detect')
    .description('比较两年，发现疑似扰动图斑并判定 / compare two years, find and judge disturbed ground')
    .argument('<previous>', '前一年的运行文件 run file of the earlier year')
    .argument('<current>', '后一年的运行文件 run file of the later year')
    .addOption(
      new Option('--image-dates <previous,current>', '两年的影像日期 days of the imagery')
        .argParser(twoDays)
        .makeOptionMandatory(),
    )
    .requiredOption('--batch <name>', '批次，如 2024-09 batch')
    .addOption(knownOnOption())
    .addOption(rulesOption())
    .addOption(keyAreasOption())
    .addOption(keyAreaFieldOption())
    .addOption(waterOption())
    .option('--workers <n>', '进程数 worker processes', Number)
    .option('--truth <file>', '与已知图斑（字段 QDNM、BYD）比较并打印指标 print agreement with known patches')
    .action(async (previous: string, current: string, options: DetectOptions) => {
      const runs = [await loadRunFile(previous), await loadRunFile(current)] as const;
      process.exitCode = await detect(runs, options, language());
    });

function twoDays(text: string): readonly [string, string] {
  const [before, now, ...rest] = text.split(/[,，]/).map(dayArgument);
  if (before === undefined || now === undefined || rest.length > 0 || before >= now)
    throw new InvalidArgumentError('应为先后两个日期 / expected two days, the earlier first');
  return [before, now];
}

async function detect(
  runs: readonly [LoadedRun, LoadedRun],
  options: DetectOptions,
  language: Language,
): Promise<number> {
  const workspace = workspaceOf(runs[1]);
  const knownOn = options.knownOn ?? today();
  const supervision = await rulesFor(options.rules, knownOn);
  const rules = withMinimumAreas(detectionRuleSets.at(-1)!, supervision);
  const planned = await planChangeRun(runs, rules, digestCache(workspace));
  const engine = await openEngine({ workspace, ...(options.workers ? { slots: options.workers } : {}) });
  let results: ChangeResults;
  try {
    const name = `${runs[0].run.name} → ${runs[1].run.name}`;
    const runId = `detect-${runIdOf(runs[1])}`;
    const handle = await engine.submit({ runId, name, plan: planned.plan });
    const progress = showProgress(handle.events, language);
    const onSignal = () => void handle.cancel();
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
    const report = await handle.finished.finally(() => process.off('SIGINT', onSignal).off('SIGTERM', onSignal));
    progress.stop(report);
    if (report.state === 'cancelled') return 130;
    if (report.state === 'failed') {
      for (const { task, finding, message } of report.failures)
        console.error(finding ? findingLine(finding, language) : `${task.id}: ${message}`);
      return report.failures.some(({ finding }) => finding) ? 2 : 1;
    }
    results = await changeResults(planned, report.keys, engine.store);
    await engine.catalog.writeStatistics(runId, changeFigures(results, planned.factors));
  } finally {
    await engine.close();
  }
  const tables = await writeChangeTables(join(resultsOf(runs[1]), 'change'), runs, planned, results);
  for (const { reason } of planned.incomparable)
    console.log(language === 'zh' ? `不可比：${reason.zh}` : `not comparable: ${reason.en}`);
  for (const path of tables) console.log(path);
  for (const { kind, reason, patches, cells } of results.detected.dropped)
    console.log(
      language === 'zh'
        ? `未列：${kind} ${reason} ${patches} 个 ${cells} 像元`
        : `dropped: ${kind} ${reason} ${patches} (${cells} cells)`,
    );
  const { grid } = planned;
  const found = detectedDrafts(results.detected.patches, {
    grid,
    rules,
    counties: results.zones[planned.zoneSets[0]!]!,
    imageDates: options.imageDates,
  });
  const { drafts, layers } = await surrounded(found, options, grid.crs, workspace);
  const batch = await keepNewBatch(openRegister(workspace), options.batch, drafts, 'detect', {
    layers,
    crs: grid.crs,
    detectedPositionMetres: grid.cellSizeMetres,
    rules: supervision,
    knownOn,
  });
  console.log(batchSummary(batch, language));
  if (options.truth !== undefined) await printAgreement(options.truth, batch);
  return 0;
}

/** Figures of agreement with known patches, one line each. */
async function printAgreement(file: string, batch: PatchBatch): Promise<void> {
  const { features, crs } = await readFeatures(file);
  const place = (geometry: Geometry, from: string): Geometry => placedIn(geometry, from, batch.crs);
  const figures = agreement(
    features.map(({ fid, geometry, attributes }) => ({
      key: textOf(attributes.QDNM) || String(fid),
      geometry: place(geometry, crs),
      ...(textOf(attributes.BYD) === '' ? {} : { verdict: textOf(attributes.BYD) }),
    })),
    batch.patches.map(({ number, geometry, crs: from, judgement }) => ({
      key: number,
      geometry: place(geometry, from),
      verdict: judgement.verdict,
    })),
  );
  const { faults, ...numbers } = figures;
  for (const [name, value] of Object.entries(numbers)) console.log(`${name}\t${value}`);
  for (const { key, expected, got } of faults) console.log(`fault\t${key}\t${expected}\t${got}`);
}
