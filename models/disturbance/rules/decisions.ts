/** What a decision says about the law: null while the suspicion is still open. */
export interface DecisionMeaning {
  readonly unlawful: boolean | null;
  /** What people must have before they may say so. */
  readonly needs: 'nothing' | 'field-review' | 'field-review-and-earthwork';
}

const suspected: DecisionMeaning = { unlawful: null, needs: 'nothing' };
const lawful: DecisionMeaning = { unlawful: false, needs: 'nothing' };
const unlawful: DecisionMeaning = { unlawful: true, needs: 'field-review' };

/**
 * What people may decide about a patch (扰动合规性), in the words of the supervision system; the violations 未验先投 and 未批先弃
 * are those that field notices name.
 *
 * 疑似 disappears through a field review only (现场复核). That no plan is needed depends on earthwork too, which no image
 * shows (水利部令第53号).
 */
export const decisionMeanings = {
  合规: lawful,
  已批: lawful,
  可不编报方案: { unlawful: false, needs: 'field-review-and-earthwork' },
  非生产建设项目: lawful,
  疑似未批先建: suspected,
  疑似超出防治责任范围: suspected,
  疑似建设地点变更: suspected,
  未批先建: unlawful,
  超出防治责任范围: unlawful,
  建设地点变更: unlawful,
  未验先投: unlawful,
  未批先弃: unlawful,
} as const satisfies Readonly<Record<string, DecisionMeaning>>;

/** 认定结论 */
export type Decision = keyof typeof decisionMeanings;

export const decisions = Object.keys(decisionMeanings) as readonly Decision[];
