import type { Language } from '../pipeline/messages/text.ts';
import type { PatchReopened } from '../pipeline/supervision/journal-entries.ts';
import type { ChangedJudgement, PatchBatch } from '../pipeline/supervision/patch-batch.ts';
import type { PatchRecord } from '../pipeline/supervision/patch-record.ts';
import { projectDuties } from '../pipeline/supervision/project-duties.ts';
import { riskReasonText, termWithMeaning } from './official-terms.ts';
import { punctuation } from './punctuation.ts';
import { padded } from './text-columns.ts';

const hectares = (squareMetres: number): string => (squareMetres / 10_000).toFixed(2);

/** Numbers of a batch: patches by verdict and by risk tier. */
export function batchSummary(batch: PatchBatch, language: Language): string {
  const count = (of: (patch: PatchRecord) => string): string => {
    const counts = new Map<string, number>();
    for (const patch of batch.patches) counts.set(of(patch), (counts.get(of(patch)) ?? 0) + 1);
    return [...counts]
      .map(([name, patches]) => `${termWithMeaning(name, language)} ${patches}`)
      .join(punctuation[language].comma);
  };
  const area = hectares(batch.patches.reduce((sum, { areaSquareMetres }) => sum + areaSquareMetres, 0));
  const head =
    language === 'zh'
      ? `批次 ${batch.name}：图斑 ${batch.patches.length} 个，面积 ${area} hm²，判定日期 ${batch.knownOn}，规则 ${batch.rules.id} v${batch.rules.version}`
      : `Batch ${batch.name}: ${batch.patches.length} patches, ${area} hm², judged ${batch.knownOn}, rules ${batch.rules.id} v${batch.rules.version}`;
  return [
    head,
    ...(batch.patches.length > 0
      ? [`  ${count(({ judgement }) => judgement.verdict)}`, `  ${count(({ risk }) => risk.tier)}`]
      : []),
    ...learntLines(batch, language),
    ...linkedLines(batch, language),
    ...(batch.ended.length > 0
      ? [`  ${language === 'zh' ? '上期图斑已不见' : 'ended'}${punctuation[language].colon}${batch.ended.join(' ')}`]
      : []),
  ].join('\n');
}

const linked = ({ patches }: PatchBatch): PatchRecord[] =>
  patches.filter(({ decided }) => decided !== null && !decided.isRaised);

function linkedLines(batch: PatchBatch, language: Language): string[] {
  const count = linked(batch).length;
  if (count === 0) return [];
  return [
    language === 'zh'
      ? `  其中 ${count} 个在已认定的地块上，关联原认定，不再提出`
      : `  ${count} of them lie on ground that was decided: linked, not raised again`,
  ];
}

function learntLines({ weights }: PatchBatch, language: Language): string[] {
  if (weights.learntFrom.length === 0) return [];
  const found = weights.learntFrom
    .map(({ verdict, reviews, unlawful }) => `${verdict} ${unlawful}/${reviews}`)
    .join(punctuation[language].comma);
  return [language === 'zh' ? `  排序权重已按认定校准：${found}` : `  weights learnt from decisions: ${found}`];
}

/** Risk tier of every project that a patch concerns, the worst first, with the patches that make it so. */
export function projectLines(batch: PatchBatch, language: Language): string[] {
  return projectDuties(batch).map(({ project, tier, patches, growthShare, needsReapproval }) => {
    const reasons = patches
      .filter(({ risk }) => risk.tier === tier)
      .map((patch) => `${patch.number} ${riskReasonText(patch, language)}`);
    const growth = `${(growthShare * 100).toFixed(1)} %`;
    const duty =
      language === 'zh' ? `达到重新报批标准（超出合计 ${growth}）` : `needs a new approval (excess ${growth} in all)`;
    return [tier, project, ...(needsReapproval ? [duty] : []), reasons.join(punctuation[language].semicolon)].join(
      '  ',
    );
  });
}

const listHeadings: Readonly<Record<Language, readonly string[]>> = {
  zh: ['优先分', '图斑编号', '县', '面积 hm²', '结论', '超出 hm²', '风险', '认定', '已认定地块'],
  en: ['score', 'patch', 'county', 'hm²', 'verdict', 'excess hm²', 'risk', 'decision', 'decided ground'],
};

/** A list of patches in columns, with what people decided about each; columns without an entry are left out. */
export function patchTable(
  patches: readonly PatchRecord[],
  decisionOf: (patch: PatchRecord) => string | undefined,
  language: Language,
): string {
  const rows = patches.map((patch) => {
    const decision = decisionOf(patch);
    const { number, areaSquareMetres, judgement, risk, ranking, counties, decided } = patch;
    const link =
      language === 'zh' ? { raised: '扩大自', linked: '关联' } : { raised: 'grown from', linked: 'linked to' };
    return [
      ranking.score.toFixed(3),
      number,
      counties[0]?.name ?? counties[0]?.code ?? '',
      hectares(areaSquareMetres),
      judgement.verdict,
      judgement.excessSquareMetres > 0 ? hectares(judgement.excessSquareMetres) : '',
      risk.tier,
      decision === undefined ? '' : termWithMeaning(decision, language),
      decided === null ? '' : `${decided.isRaised ? link.raised : link.linked} ${decided.to}`,
    ];
  });
  const used = listHeadings[language].map((_, column) => rows.some((row) => row[column] !== ''));
  return padded([listHeadings[language], ...rows].map((row) => row.filter((_, column) => used[column])));
}

/** Decisions that no longer hold, with what they were based on and what that is now. */
export function reopenedPage(reopened: readonly PatchReopened[], language: Language): string {
  const head =
    language === 'zh' ? `重新打开的认定 ${reopened.length} 个` : `${reopened.length} decisions are open again`;
  return [
    head,
    ...reopened.map(
      ({ patch, batch, reopens, decision, imageDate, knownOn, before, after }) =>
        `  ${patch}  ${batch}  #${reopens} ${decision}  ${before.proposed.verdict} → ${after.proposed.verdict}  ` +
        `${before.boundaries.join(' ') || '—'} → ${after.boundaries.join(' ') || '—'}  ` +
        `(${language === 'zh' ? '影像' : 'image'} ${imageDate}, ${language === 'zh' ? '范围截至' : 'known on'} ${knownOn})`,
    ),
  ].join('\n');
}

/** What another judgement changed, one line per patch. */
export function changesPage(changes: readonly ChangedJudgement[], language: Language): string {
  const flips = changes.filter(({ isFlip }) => isFlip).length;
  const head =
    language === 'zh'
      ? `受影响的判定 ${changes.length} 个，其中结论改变 ${flips} 个`
      : `${changes.length} judgements affected, ${flips} of them with another verdict`;
  return [
    head,
    ...changes.map(
      ({ number, before, after }) =>
        `  ${number}  ${before.judgement.verdict} → ${after.judgement.verdict}  ` +
        `${hectares(before.judgement.excessSquareMetres)} → ${hectares(after.judgement.excessSquareMetres)} hm²`,
    ),
  ].join('\n');
}
