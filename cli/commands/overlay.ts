import { Command, InvalidArgumentError, Option } from 'commander';
import { type ThresholdName, thresholdNames, withThresholds } from '../../models/disturbance/rules/supervision-2024.ts';
import type { Language } from '../../pipeline/messages/text.ts';
import { weightsOf } from '../../pipeline/supervision/judging.ts';
import { changedJudgements, judgedAgain } from '../../pipeline/supervision/patch-batch.ts';
import { reopenDecisions } from '../../pipeline/supervision/reopen-decisions.ts';
import { fitsThreshold, refuseContradiction, thresholdRange } from '../../pipeline/supervision/rule-file.ts';
import { batchSummary, changesPage, reopenedPage } from '../batch-page.ts';
import { workspaceOption } from '../runs-access.ts';
import {
  actorNow,
  chosenBatch,
  knownOnOption,
  openRegister,
  rulesFor,
  rulesOption,
  today,
} from '../supervision-access.ts';

interface OverlayOptions {
  readonly workspace: string;
  readonly batch?: string;
  readonly knownOn?: string;
  readonly rules?: string;
}

type Thresholds = Partial<Record<ThresholdName, number>>;

const batchOption = () => new Option('--batch <name>', '批次；默认最近一批 batch, the latest by default');

/** `shuibao overlay`: judges a batch again with what the register knows now, and keeps the result. */
export const overlayCommand = (language: () => Language): Command =>
  new Command('overlay')
    .description('按登记的范围重新判定一批图斑 / judge a batch again with the boundaries known')
    .addOption(workspaceOption())
    .addOption(batchOption())
    .addOption(knownOnOption())
    .addOption(rulesOption())
    .action(async ({ workspace, batch, rules, knownOn = today() }: OverlayOptions) => {
      const register = openRegister(workspace);
      const before = chosenBatch(await register.batches(), batch);
      const settings = { rules: await rulesFor(rules, knownOn), weights: await weightsOf(register), knownOn };
      const after = judgedAgain(before, await register.boundaries(), settings);
      const changes = changedJudgements(before, after);
      console.log(changesPage(changes, language()));
      const sameSettings =
        JSON.stringify([before.rules, before.weights]) === JSON.stringify([after.rules, after.weights]);
      const isNew = changes.length > 0 || !sameSettings;
      if (isNew) await register.keepBatch(after, 'overlay', actorNow());
      else
        console.log(
          language() === 'zh' ? '判定和规则均未变，沿用原判定' : 'verdicts and rules are the same, nothing is recorded',
        );
      const reopened = await reopenDecisions(register, knownOn, actorNow());
      if (reopened.length > 0) console.log(reopenedPage(reopened, language()));
      console.log(batchSummary(isNew ? after : before, language()));
    });

/** `shuibao replay`: which verdicts of a batch would flip under other thresholds; nothing is kept. */
export const replayCommand = (language: () => Language): Command =>
  new Command('replay')
    .description('换用其他阈值试判，不保存 / try other thresholds; nothing is kept')
    .addOption(workspaceOption())
    .addOption(batchOption())
    .addOption(
      new Option('--threshold <name=value>', `阈值，可重复 threshold: ${thresholdNames.join(', ')}`).argParser(
        thresholdArgument,
      ),
    )
    .addOption(rulesOption())
    .action(async (options: OverlayOptions & { threshold?: Thresholds }, command: Command) => {
      if (options.threshold === undefined && options.rules === undefined)
        command.error('应给出 --threshold 或 --rules / give --threshold or --rules');
      const register = openRegister(options.workspace);
      const before = chosenBatch(await register.batches(), options.batch);
      const rules = options.rules === undefined ? before.rules : await rulesFor(options.rules, before.knownOn);
      const tried = options.threshold === undefined ? rules : withThresholds(rules, options.threshold);
      refuseContradiction('--threshold', tried);
      const after = judgedAgain(before, await register.boundaries(), { ...before, rules: tried });
      console.log(changesPage(changedJudgements(before, after), language()));
    });

function thresholdArgument(text: string, before: Thresholds = {}): Thresholds {
  const [name, value] = text.split('=');
  if (value === undefined || value.trim() === '' || !Number.isFinite(Number(value)))
    throw new InvalidArgumentError('应为“名称=数值” / expected name=value');
  const known = thresholdNames.find((each) => each === name);
  if (known === undefined)
    throw new InvalidArgumentError(
      `没有这个阈值，应为其中之一：${thresholdNames.join('、')} / expected one of ${thresholdNames.join(', ')}`,
    );
  if (!fitsThreshold(known, Number(value))) {
    const [from, to] = thresholdRange(known);
    throw new InvalidArgumentError(`应为 ${from} 到 ${to} / expected ${from} to ${to}`);
  }
  return { ...before, [known]: Number(value) };
}
