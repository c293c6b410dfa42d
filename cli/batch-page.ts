import type { Language } from '../pipeline/messages/text.ts';
import type { PatchReopened } from '../pipeline/supervision/journal-entries.ts';
import type { ChangedJudgement, PatchBatch } from '../pipeline/supervision/patch-batch.ts';
import type { PatchRecord } from '../pipeline/supervision/patch-record.ts';
import { projectDuties } from '../pipeline/supervision/project-duties.ts';

const hectares = (squareMetres: number): string => (squareMetres / 10_000).toFixed(2);

/** Numbers of a batch: patches by verdict and by risk tier. */
export function batchSummary(batch: PatchBatch, language: Language): string {
  const count = (of: (patch: PatchRecord) => string): string => {
    const counts = new Map<string, number>();
    for (const patch of batch.patches) counts.set(of(patch), (counts.get(of(patch)) ?? 0) + 1);
    return [...counts].map(([name, patches]) => `${name} ${patches}`).join('，');
  };
  const area = hectares(batch.patches.reduce((sum, { areaSquareMetres }) => sum + areaSquareMetres, 0));
  const head =
    language === 'zh'
      ? `批次 ${batch.name}：图斑 ${batch.patches.length} 个，面积 ${area} hm²，判定日期 ${batch.knownOn}，规则 ${batch.rules.id} v${batch.rules.version}`
      : `Batch ${batch.name}: ${batch.patches.length} patches, ${area} hm², decided ${batch.knownOn}, rules ${batch.rules.id} v${batch.rules.version}`;
  return [
    head,
    ...(batch.patches.length > 0
      ? [`  ${count(({ judgement }) => judgement.verdict)}`, `  ${count(({ risk }) => risk.tier)}`]
      : []),
    ...learntLines(batch, language),
    ...linkedLines(batch, language),
    ...(batch.ended.length > 0
      ? [`  ${language === 'zh' ? '上期图斑已不见' : 'ended'}：${batch.ended.join(' ')}`]
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
    .join('，');
  return [language === 'zh' ? `  排序权重已按认定校准：${found}` : `  weights learnt from decisions: ${found}`];
}

/** Risk tier of every project that a patch concerns, the worst first, with the patches that make it so. */
export function projectLines(batch: PatchBatch, language: Language): string[] {
  return projectDuties(batch).map(({ project, tier, patches, growthShare, needsReapproval }) => {
    const reasons = patches
      .filter(({ risk }) => risk.tier === tier)
      .map(({ number, risk }) => `${number} ${risk.reason}`);
    const growth = `${(growthShare * 100).toFixed(1)} %`;
    const duty =
      language === 'zh' ? `达到重新报批标准（超出合计 ${growth}）` : `needs a new approval (excess ${growth} in all)`;
    return [tier, project, ...(needsReapproval ? [duty] : []), reasons.join('；')].join('  ');
  });
}

/** One line of a list of patches. */
export function patchLine(patch: PatchRecord, decision: string | undefined): string {
  const { number, areaSquareMetres, judgement, risk, ranking, counties, decided } = patch;
  return [
    ranking.score.toFixed(3),
    number.padEnd(20),
    (counties[0]?.code ?? '').padEnd(6),
    `${hectares(areaSquareMetres)} hm²`.padStart(12),
    judgement.verdict,
    judgement.excessSquareMetres > 0 ? `超出 ${hectares(judgement.excessSquareMetres)} hm²` : '',
    risk.tier,
    decision === undefined ? '' : `认定 ${decision}`,
    decided === null ? '' : `${decided.isRaised ? '扩大自' : '关联'} ${decided.to}`,
  ]
    .filter((text, at) => text !== '' || at < 5)
    .join('  ');
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
      : `${changes.length} decisions affected, ${flips} of them with another verdict`;
  return [
    head,
    ...changes.map(
      ({ number, before, after }) =>
        `  ${number}  ${before.judgement.verdict} → ${after.judgement.verdict}  ` +
        `${hectares(before.judgement.excessSquareMetres)} → ${hectares(after.judgement.excessSquareMetres)} hm²`,
    ),
  ].join('\n');
}
