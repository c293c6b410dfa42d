import type { Finding, Severity } from '../messages/finding.ts';
import type { Language } from '../messages/text.ts';
import { describeInspection } from './describe-files.ts';
import type { InspectedInput } from './inspected-input.ts';

const words = {
  zh: {
    title: '输入检查',
    severity: { error: '错误', warning: '警告', note: '提示' },
    counts: (files: number, errors: number, warnings: number, notes: number) =>
      `${files} 个文件：${errors} 个错误，${warnings} 个警告，${notes} 条提示`,
    expected: '预期',
    cure: { error: '处理', warning: '处理', note: '说明' },
    clean: '未发现问题',
    stops: '有错误，不能运行。',
    passes: '可以运行。',
    rest: '全部文件的情况见 shuibao check。',
    colon: '：',
  },
  en: {
    title: 'Input check',
    severity: { error: 'error', warning: 'warning', note: 'note' },
    counts: (files: number, errors: number, warnings: number, notes: number) =>
      `${files} file${files === 1 ? '' : 's'}: ${errors} error${errors === 1 ? '' : 's'}, ${warnings} warning${warnings === 1 ? '' : 's'}, ${notes} note${notes === 1 ? '' : 's'}`,
    expected: 'expected',
    cure: { error: 'to mend', warning: 'to mend', note: 'remark' },
    clean: 'nothing found',
    stops: 'There are errors; the run cannot start.',
    passes: 'The run can start.',
    rest: 'shuibao check tells about all files.',
    colon: ': ',
  },
} as const;

/** Numbers of findings by severity. */
export function countFindings(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const finding of findings) counts[finding.severity]++;
  return counts;
}

/** True when the findings stop a run. */
export const hasErrors = (findings: readonly Finding[]): boolean =>
  findings.some((finding) => finding.severity === 'error');

/**
 * One page about all inputs, grouped by file: what each file is, then what was found, expected and how to mend it.
 * Plain text without colours, so that it reads the same in a terminal, a log and a report.
 */
export function renderCheckPage(
  inputs: readonly InspectedInput[],
  findings: readonly Finding[],
  language: Language,
): string {
  const say = words[language];
  const counts = countFindings(findings);
  const files = [
    ...new Set([...inputs.map((input) => input.declared.displayName), ...findings.map((each) => each.file)]),
  ];
  const lines = [say.title, say.counts(files.length, counts.error, counts.warning, counts.note), ''];
  for (const file of files) {
    const own = findings.filter((each) => each.file === file);
    const uses = inputs.filter((input) => input.declared.displayName === file);
    const names = [...new Set(uses.map((input) => input.spec.name[language]))].join(language === 'zh' ? '、' : ', ');
    lines.push(names === '' ? file : language === 'zh' ? `${file}（${names}）` : `${file} (${names})`);
    const described = uses[0]?.inspection;
    if (described && described.kind !== 'unreadable') lines.push(`  ${describeInspection(described, language)}`);
    if (own.length === 0) lines.push(`  ✓ ${say.clean}`);
    for (const each of unique(own)) lines.push(...findingLines(each, language));
    lines.push('');
  }
  lines.push(counts.error > 0 ? say.stops : say.passes);
  return `${lines.join('\n')}\n`;
}

/** The part of the page that keeps a run from starting: files at fault, and the errors found in them. */
export function renderErrorPage(
  inputs: readonly InspectedInput[],
  findings: readonly Finding[],
  language: Language,
): string {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const isAtFault = ({ declared }: InspectedInput): boolean => errors.some(({ file }) => file === declared.displayName);
  return `${renderCheckPage(inputs.filter(isAtFault), errors, language)}${words[language].rest}\n`;
}

function unique(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter((each) => {
    const key = `${each.code}\n${each.found.en}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

const marks: Readonly<Record<Severity, string>> = { error: '✗', warning: '!', note: '·' };

function findingLines(finding: Finding, language: Language): string[] {
  const say = words[language];
  const lines = [
    `  ${marks[finding.severity]} ${say.severity[finding.severity]}${say.colon}${finding.found[language]}`,
  ];
  const after: string[] = [];
  if (finding.expected[language] !== '') after.push(`${say.expected}${say.colon}${finding.expected[language]}`);
  if (finding.cure[language] !== '') after.push(`${say.cure[finding.severity]}${say.colon}${finding.cure[language]}`);
  if (after.length > 0) lines.push(`      ${after.join(language === 'zh' ? '；' : '; ')}`);
  return lines;
}
