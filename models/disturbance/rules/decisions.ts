import type { Bilingual } from '../../parameters/confidence.ts';
import { patchTypeNames } from '../plan-duties.ts';
import { verdictNames } from './verdict-rules.ts';

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

/** What each decision is called in English beside its official name. */
export const decisionNames: Readonly<Record<Decision, Bilingual>> = {
  合规: verdictNames.合规,
  已批: { zh: '已批', en: 'approved' },
  可不编报方案: { zh: '可不编报方案', en: 'needs no plan' },
  非生产建设项目: patchTypeNames.非生产建设项目,
  疑似未批先建: verdictNames.疑似未批先建,
  疑似超出防治责任范围: verdictNames.疑似超出防治责任范围,
  疑似建设地点变更: verdictNames.疑似建设地点变更,
  未批先建: { zh: '未批先建', en: 'start without approval' },
  超出防治责任范围: { zh: '超出防治责任范围', en: 'excess of the approved boundary' },
  建设地点变更: { zh: '建设地点变更', en: 'change of site' },
  未验先投: { zh: '未验先投', en: 'put into use before acceptance' },
  未批先弃: { zh: '未批先弃', en: 'spoil dumped without approval' },
};
