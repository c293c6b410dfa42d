import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { decisions } from '../../models/disturbance/rules/decisions.ts';
import { type DecisionRow, type DecisionTable, readDecisions } from '../../pipeline/exchange/read-decisions.ts';
import { csvText } from '../../pipeline/exports/table-csv.ts';
import { findingLine } from '../../pipeline/messages/finding.ts';
import { localTime } from '../../pipeline/messages/local-time.ts';
import type { Language } from '../../pipeline/messages/text.ts';
import type { StatedDecision } from '../../pipeline/supervision/decide.ts';
import { type DecidedRows, decidePatches } from '../../pipeline/supervision/decide-patches.ts';
import type { RecordedDecision } from '../../pipeline/supervision/decision-history.ts';
import { decisionInWords } from '../../pipeline/supervision/decision-words.ts';
import { quarantinePlace, tellRefused } from '../list-refused.ts';
import { termWithMeaning } from '../official-terms.ts';
import { workspaceOption } from '../runs-access.ts';
import { actorNow, dayArgument, openRegister, today } from '../supervision-access.ts';

interface DecideOptions extends Partial<Omit<StatedDecision, 'earthworkCubicMetres'>> {
  readonly earthwork?: number;
  readonly workspace: string;
  readonly batch?: string;
  readonly by?: string;
  readonly file?: string;
}

/** `shuibao patches decide`: what people decided about a patch, or about those of a table. */
export const decideCommand = (language: () => Language): Command =>
  new Command('decide')
    .description('记录认定结论，单个或由表格批量 / record decisions, one or those of a table')
    .argument('[number]', '图斑编号 patch number')
    .addOption(workspaceOption())
    .option('--batch <name>', '批次；默认含该图斑的最近一批 batch, the latest with the patch by default')
    .addOption(
      new Option('--decision <decision>', '认定结论，中英文均可 decision, in Chinese or English')
        .choices(decisions.map((each) => termWithMeaning(each, language())))
        .argParser((words) => decisionInWords(words, '--decision')),
    )
    .option('--reason <text>', '理由 reason')
    .option('--document <number>', '批复或通知书文号 number of the approval or notice')
    .addOption(new Option('--field-review <day>', '现场复核日期 day of the field review').argParser(dayArgument))
    .addOption(new Option('--earthwork <m3>', '核实的土石方（m³）earthwork found').argParser(cubicMetres))
    .addOption(new Option('--decided-on <day>', '认定日期，默认今天 day of the decision').argParser(dayArgument))
    .option('--by <name>', '认定人，默认当前用户 who decided, the current user by default')
    .option(
      '--file <table>',
      '由表格批量录入（CSV，列：图斑编号、认定结论、理由……；结论中英文均可）decisions of a table (CSV, columns patch, decision, reason and so on; decisions in Chinese or English)',
    )
    .action(async (number: string | undefined, options: DecideOptions, command: Command) => {
      if ((number === undefined) === (options.file === undefined))
        command.error('应给出图斑编号或 --file 之一 / give either a patch number or --file');
      if (options.file !== undefined) return decideTable(options.file, options, language());
      const { decision, reason } = options;
      if (decision === undefined || reason === undefined)
        return command.error('缺少 --decision 或 --reason / --decision and --reason are needed');
      return decideOne({ ...options, decision, reason, row: 1, patch: number! }, options, language());
    });

function cubicMetres(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError('应为非负数 / expected a number that is not negative');
}

const record = (workspace: string, rows: readonly DecisionRow[]): Promise<DecidedRows> => {
  const { by, at } = actorNow();
  return decidePatches(openRegister(workspace), rows, { enteredBy: by, today: today() }, at);
};

async function decideOne(row: DecisionRow, { workspace, earthwork }: DecideOptions, language: Language): Promise<void> {
  const stated = earthwork === undefined ? row : { ...row, earthworkCubicMetres: earthwork };
  const { decided, unchanged, refused, replaced } = await record(workspace, [stated]);
  const [problem] = refused;
  if (problem !== undefined) throw problem.error;
  const [entry] = decided;
  if (entry !== undefined) {
    const [proposed, decision] = [entry.proposed.verdict, entry.decision].map((term) =>
      termWithMeaning(term, language),
    );
    console.log(`${entry.patch}  ${proposed} → ${decision}`);
    const before = replaced.get(entry.patch);
    if (before) console.log(replacedLine(before, language));
  }
  if (unchanged > 0)
    console.log(language === 'zh' ? '与现有认定相同，未重复记录' : 'already decided so, nothing recorded');
}

/** What a decision takes the place of: whoever decides should know, if it was written down a moment ago. */
const replacedLine = ({ sequence, by, at, decision }: RecordedDecision, language: Language): string =>
  language === 'zh'
    ? `  取代 ${by} ${localTime(at)} 的认定“${decision}”（记录 #${sequence}）`
    : `  in place of “${termWithMeaning(decision, 'en')}” by ${by}, ${localTime(at)} (entry #${sequence})`;

async function decideTable(file: string, { workspace, by, batch }: DecideOptions, language: Language): Promise<void> {
  const path = resolve(file);
  const read = await readDecisions(path);
  const rows = read.rows.map((row) => ({
    ...(by === undefined ? {} : { by }),
    ...(batch === undefined ? {} : { batch }),
    ...row,
  }));
  const { decided, unchanged, refused } = await record(workspace, rows);
  const problems = [...read.refused, ...refused].sort((a, b) => a.row - b.row);
  console.log(
    language === 'zh'
      ? `认定 ${decided.length} 个，未变 ${unchanged}，隔离 ${problems.length}`
      : `${decided.length} decided, ${unchanged} unchanged, ${problems.length} refused`,
  );
  if (problems.length === 0) return;
  const kept = quarantinePlace(file, workspace);
  await mkdir(dirname(kept), { recursive: true });
  await writeFile(kept, refusedTable(read, problems, language));
  tellRefused(
    problems.map(({ row, error }) => `#${row} ${findingLine(error.finding, language)}`),
    kept,
    language,
  );
}

const reasonHeadings: Readonly<Record<Language, string>> = { zh: '隔离原因', en: 'reason refused' };

/** The rows that were refused, as they came, with the reason behind them; it takes the place of one told before. */
function refusedTable({ table }: DecisionTable, problems: DecidedRows['refused'], language: Language): Uint8Array {
  const cellsOf = (cells: readonly string[]): readonly string[] =>
    Object.values(reasonHeadings).includes(table.columns.at(-1)!) ? cells.slice(0, -1) : cells;
  return csvText([
    [...cellsOf(table.columns), reasonHeadings[language]],
    ...problems.map(({ row, error }) => [...cellsOf(table.rows[row - 1]!), findingLine(error.finding, language)]),
  ]);
}
