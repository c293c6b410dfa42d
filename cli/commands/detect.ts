import { Command, InvalidArgumentError, Option } from 'commander';
import { minimumAreasOf } from '../../models/disturbance/rules/detection-2024.ts';
import { readFeatures } from '../../pipeline/exchange/read-features.ts';
import { requireFile } from '../../pipeline/formats/unusable-file.ts';
import { renderErrorPage } from '../../pipeline/inputs/check-page.ts';
import { loadRunFile } from '../../pipeline/inputs/run-file.ts';
import { comparisonIdOf, workspaceOf } from '../../pipeline/inputs/run-places.ts';
import type { Language } from '../../pipeline/messages/text.ts';
import { changeResults } from '../../pipeline/results/change-results.ts';
import {
  type ComparedYears,
  type Comparison,
  checkAsked,
  comparisonName,
  planComparison,
  publishComparison,
} from '../../pipeline/results/comparison.ts';
import { inputsChanged } from '../../pipeline/results/inputs-changed.ts';
import { detectedDrafts } from '../../pipeline/supervision/detected-drafts.ts';
import { batchOf } from '../../pipeline/supervision/patch-batch.ts';
import { OwnerClient } from '../../workers/owner/api/client.ts';
import { openWorkspaceStore } from '../../workers/store-location.ts';
import { agreementLines } from '../agreement-lines.ts';
import { comparisonLines } from '../comparison-lines.ts';
import type { PlannedRun } from '../drive-run.ts';
import { finishedBefore, keysOfDone } from '../finished-before.ts';
import { keepNewBatch, keptBatchLines } from '../keep-batch.ts';
import { resultsLine } from '../run-lines.ts';
import { userName, workersArgument } from '../runs-access.ts';
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
  readonly check: boolean;
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
    .requiredOption('--batch <name>', '批次（如 2024-09）batch, such as 2024-09')
    .addOption(knownOnOption())
    .addOption(rulesOption())
    .addOption(keyAreasOption())
    .addOption(keyAreaFieldOption())
    .addOption(waterOption())
    .option('--workers <n>', '进程数 worker processes', workersArgument)
    .option('--no-check', '跳过输入检查 skip the inspection of inputs')
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

async function detect(runs: ComparedYears['runs'], options: DetectOptions, language: Language): Promise<number> {
  const workspace = workspaceOf(runs[1]);
  const knownOn = options.knownOn ?? today();
  const supervision = await rulesFor(options.rules, knownOn);
  batchOf(options.batch);
  // All files are looked at before hours are spent.
  const known = options.truth === undefined ? undefined : await readFeatures(options.truth);
  for (const file of [options.keyAreas, options.water]) if (file !== undefined) requireFile(file, file);
  const minimumAreas = minimumAreasOf(supervision);
  const comparison = { previousRunFile: runs[0].path, minimumAreas };
  const refused = (await checkAsked({ runFile: runs[1].path, comparison }, options.check)).filter(
    (year) => year.refused,
  );
  for (const { loaded, inspections, findings } of refused)
    console.error(`${loaded.run.name}\n${renderErrorPage(inspections, findings, language)}`);
  if (refused.length > 0) return 2;
  const years = await planComparison(runs, minimumAreas);
  await surrounded([], options, years.planned.grid.crs, workspace);
  const code = await compare(years, comparison, options, language);
  if (code !== 0) return code;
  const { planned } = years;
  const keys = await keysOfDone(workspace, planned.plan);
  if (!keys) throw inputsChanged(runs[1].path);
  const results = await changeResults(planned, keys, openWorkspaceStore(workspace));
  for (const line of comparisonLines(planned, results, language)) console.log(line);
  const { grid } = planned;
  const found = detectedDrafts(results.detected.patches, {
    grid,
    rules: years.rules,
    counties: results.zones[planned.zoneSets[0]!]!,
    imageDates: options.imageDates,
  });
  const { drafts, layers } = await surrounded(found, options, grid.crs, workspace);
  const kept = await keepNewBatch(openRegister(workspace), options.batch, drafts, 'detect', {
    layers,
    crs: grid.crs,
    detectedPositionMetres: grid.cellSizeMetres,
    rules: supervision,
    knownOn,
  });
  console.log(keptBatchLines(kept, language));
  if (known) for (const line of agreementLines(known, kept.batch, language)) console.log(line);
  return 0;
}

/**
 * Sees to it that the comparison is done and its tables are handed over: by the owner of the workspace where there is one,
 * else in this process.
 * @returns the exit code
 */
async function compare(
  years: ComparedYears,
  comparison: Comparison,
  options: DetectOptions,
  language: Language,
): Promise<number> {
  const { runs, planned } = years;
  const runFile = runs[1].path;
  const workspace = workspaceOf(runs[1]);
  const { plan } = planned;
  const { check } = options;
  const entry = { id: comparisonIdOf(runs), name: comparisonName(runs), runFile, comparison, check };
  const publication: PlannedRun['publication'] = (store) => ({
    publish: (keys) => publishComparison(years, keys, store),
  });
  const done = await finishedBefore(workspace, entry.id, plan);
  if (done) {
    const { directory } = await publication(openWorkspaceStore(workspace)).publish(done);
    console.log(resultsLine(directory, language));
    return 0;
  }
  const owner = await OwnerClient.find(workspace);
  if (owner) {
    const { runThroughOwner } = await import('../run-through-owner.ts');
    return runThroughOwner(owner, { runFile, comparison, user: userName(), check }, language);
  }
  const { driveRun } = await import('../drive-run.ts');
  return driveRun({ workspace, entry, plan, publication }, options, language);
}
