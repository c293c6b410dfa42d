import type { Bilingual } from '../parameters/confidence.ts';
import type { SupervisionRules } from './rules/supervision-2024.ts';

/** Kind of plan a project must hand in: 报告书 full report, 报告表 form, or none. */
export type PlanType = '报告书' | '报告表' | '不需要';

export const planTypeNames: Readonly<Record<PlanType, Bilingual>> = {
  报告书: { zh: '报告书', en: 'full report' },
  报告表: { zh: '报告表', en: 'report form' },
  不需要: { zh: '不需要', en: 'none' },
};

/** Kind of plan by land and earthwork (Order 53): the larger of the two duties counts, limits belong to the duty. */
export function planType(hectares: number, earthworkCubicMetres: number, { thresholds }: SupervisionRules): PlanType {
  const atLeast = (
    land: 'fullReportHectares' | 'noPlanHectares',
    earth: 'fullReportCubicMetres' | 'noPlanCubicMetres',
  ) => hectares >= thresholds[land].value || earthworkCubicMetres >= thresholds[earth].value;
  if (atLeast('fullReportHectares', 'fullReportCubicMetres')) return '报告书';
  return atLeast('noPlanHectares', 'noPlanCubicMetres') ? '报告表' : '不需要';
}

/** A quantity as approved and as it is. */
export interface Grown {
  readonly approved: number;
  readonly actual: number;
}

/** True when a range or an earthwork grew by the share that needs a new approval (重新报批), inclusive. */
export function needsReapproval(grown: readonly Grown[], { thresholds }: SupervisionRules): boolean {
  return grown.some(({ approved, actual }) => actual >= approved * (1 + thresholds.reapprovalShare.value));
}

/** Types of disturbance (扰动图斑类型). */
export type PatchType = '弃土(渣)场' | '取土(石)场' | '其他扰动' | '非生产建设项目';

/** What each type is called in English beside its official name. */
export const patchTypeNames: Readonly<Record<PatchType, Bilingual>> = {
  '弃土(渣)场': { zh: '弃土(渣)场', en: 'spoil ground' },
  '取土(石)场': { zh: '取土(石)场', en: 'borrow ground' },
  其他扰动: { zh: '其他扰动', en: 'other disturbance' },
  非生产建设项目: { zh: '非生产建设项目', en: 'no construction project' },
};

/** True for patches of at least the minimum area of their type; spoil and borrow grounds have a smaller one. */
export function isLargeEnough(hectares: number, type: PatchType, { thresholds }: SupervisionRules): boolean {
  const isGround = type === '弃土(渣)场' || type === '取土(石)场';
  return hectares >= thresholds[isGround ? 'minimumSpoilHectares' : 'minimumOtherHectares'].value;
}
