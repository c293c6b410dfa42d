import { oneLine } from './one-line.ts';
import type { Language, Text } from './text.ts';

export type Severity = 'error' | 'warning' | 'note';

/** One thing that was seen in an input: which file, what was found, what was expected, how to mend it. */
export interface Finding {
  /** Stable kebab-case code, such as `crs-missing`; never reused for another meaning. */
  readonly code: string;
  readonly severity: Severity;
  /** File the finding is about, as the user wrote it. */
  readonly file: string;
  /** Input layer of the run file, such as `elevation`. */
  readonly layer?: string;
  readonly found: Text;
  readonly expected: Text;
  readonly cure: Text;
}

/** The finding as one line in the user's language. */
export function findingLine(finding: Finding, language: Language): string {
  const where = oneLine(finding.layer ? `${finding.file} (${finding.layer})` : finding.file);
  const parts = [finding.found, finding.expected, finding.cure]
    .map((part) => oneLine(part[language]))
    .filter((part) => part !== '');
  return language === 'zh' ? `${where}：${parts.join('；')}` : `${where}: ${parts.join('; ')}`;
}

/** Findings as they are, those that say the same of the same file once. */
export function distinctFindings(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
