import type { Report } from '../../models/statistics/tables/report-tables.ts';
import type { Language } from '../messages/text.ts';
import { englishSummary } from './summary-en.ts';
import { type SummaryContext, summaryFacts } from './summary-facts.ts';
import { chineseSummary } from './summary-zh.ts';

/**
 * A run in one paragraph: areas, shares of the classes, conservation rate with its denominator and target, change since an earlier
 * year, coverage, and how many parameter values still have to be verified. A refused rate is said to be 无法计算, with the reason.
 */
export function summaryParagraph(report: Report, context: SummaryContext, language: Language = 'zh'): string {
  const facts = summaryFacts(report, context);
  return language === 'zh' ? chineseSummary(facts) : englishSummary(facts);
}
