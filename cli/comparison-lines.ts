import type { PatchKind } from '../models/disturbance/rules/detection-2024.ts';
import type { Language, Text } from '../pipeline/messages/text.ts';
import type { ChangePlan } from '../pipeline/plan/change-run.ts';
import type { ChangeResults } from '../pipeline/results/change-results.ts';
import type { DropReason } from '../pipeline/tasks/change/patch-merge.ts';

const kindNames: Readonly<Record<PatchKind, Text>> = {
  disturbed: { zh: '人为扰动', en: 'disturbed' },
  built: { zh: '建设用地', en: 'built' },
  bare: { zh: '裸地', en: 'bare' },
  erosion: { zh: '侵蚀加剧', en: 'erosion' },
};

const reasonNames: Readonly<Record<DropReason, Text>> = {
  'below-minimum-area': { zh: '小于最小图斑面积', en: 'below the minimum area' },
  sliver: { zh: '狭长碎片', en: 'slivers' },
};

/** What keeps the years from being compared, and what was found and not raised. */
export function comparisonLines(
  { incomparable }: Pick<ChangePlan, 'incomparable'>,
  { detected }: Pick<ChangeResults, 'detected'>,
  language: Language,
): string[] {
  const zh = language === 'zh';
  return [
    ...incomparable.map(({ reason }) => (zh ? `不可比：${reason.zh}` : `not comparable: ${reason.en}`)),
    ...detected.dropped.map(({ kind, reason, patches, cells }) => {
      const [what, why] = [kindNames[kind][language], reasonNames[reason][language]];
      return zh
        ? `未列：${what}，${why}，${patches} 个，${cells} 像元`
        : `dropped: ${what}, ${why}: ${patches} (${cells} cells)`;
    }),
  ];
}
