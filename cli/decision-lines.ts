import { localTime } from '../pipeline/messages/local-time.ts';
import type { Language } from '../pipeline/messages/text.ts';
import type { RecordedDecision, RecordedReopening } from '../pipeline/supervision/decision-history.ts';
import { termWithMeaning } from './official-terms.ts';
import { punctuation } from './punctuation.ts';

/** What people decided about a patch, the earliest first, one line each and what it was based on below it. */
export function decisionLines(decisions: readonly RecordedDecision[], language: Language): string[] {
  const zh = language === 'zh';
  const { semicolon, bracketed } = punctuation[language];
  const replacedBy = new Map(decisions.map(({ sequence, supersedes }) => [supersedes, sequence]));
  return decisions.flatMap((decided) => {
    const { sequence, by, enteredBy, at, decidedOn, decision, reason, document, fieldReview } = decided;
    const { earthworkCubicMetres, proposed, boundaries, imageDate, knownOn, batch } = decided;
    const later = replacedBy.get(sequence);
    const told = [
      termWithMeaning(decision, language),
      reason,
      document === null ? '' : `${zh ? '文号' : 'document'} ${document}`,
      fieldReview === null ? '' : `${zh ? '现场复核' : 'field review'} ${fieldReview}`,
      earthworkCubicMetres === null ? '' : `${zh ? '土石方' : 'earthwork'} ${earthworkCubicMetres} m³`,
    ];
    const seen = [
      `${zh ? '批次' : 'batch'} ${batch}`,
      `${zh ? '影像' : 'image'} ${imageDate}`,
      `${zh ? '范围截至' : 'boundaries known on'} ${knownOn}: ${boundaries.join(' ') || (zh ? '无' : 'none')}`,
      `${zh ? '建议' : 'proposed'} ${termWithMeaning(proposed.verdict, language)} ${proposed.rule} ${proposed.rules}`,
      `${zh ? '规则卡' : 'card'} ${proposed.card.slice(0, 12)}`,
    ];
    const who = by === enteredBy ? by : by + bracketed(`${zh ? '录入' : 'entered by'} ${enteredBy}`);
    const superseded = later === undefined ? '' : bracketed(zh ? `已被 #${later} 取代` : `superseded by #${later}`);
    const reopened = decided.reopened === undefined ? [] : [reopenedLine(decided.reopened, language)];
    return [
      `${zh ? '认定' : 'decision'}  #${sequence}${superseded} ${decidedOn} ${who}: ${told.filter((text) => text !== '').join(semicolon)}`,
      `  ${zh ? '录入时间' : 'written down'} ${[localTime(at), ...seen].join(semicolon)}`,
      ...reopened,
    ];
  });
}

function reopenedLine({ sequence, at, by, knownOn, before, after }: RecordedReopening, language: Language): string {
  const zh = language === 'zh';
  const { semicolon, bracketed } = punctuation[language];
  const view = ({ boundaries, proposed }: RecordedReopening['after']): string =>
    proposed.verdict + bracketed(boundaries.join(' ') || '—');
  return [
    `${zh ? '重新打开' : 'reopened'}  #${sequence} ${localTime(at)} ${by}: ${view(before)} → ${view(after)}`,
    `${zh ? '范围截至' : 'boundaries known on'} ${knownOn}`,
  ].join(semicolon);
}
