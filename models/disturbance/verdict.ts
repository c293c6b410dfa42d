import { type BoundaryKind, type FirstDisturbed, type Moment, yearsLater } from './boundary-versions.ts';
import type { LateralStretch } from './linear-projects.ts';
import { needsReapproval, type PlanType, planType } from './plan-duties.ts';
import type { SupervisionRules, ThresholdName } from './rules/supervision-2024.ts';
import { type Verdict, type VerdictFlag, type VerdictRule, verdictRules } from './rules/verdict-rules.ts';

/** A boundary in force that a patch overlaps. */
export interface OverlappedBoundary {
  readonly project: string;
  readonly version: number;
  readonly kind: BoundaryKind;
  readonly approved: string;
  readonly accepted: string | null;
  /** Part of the patch in it, m². */
  readonly insideSquareMetres: number;
  /** All of it, m². */
  readonly areaSquareMetres: number;
}

/** How a patch lies to the boundaries in force, measured; areas in m². */
export interface OverlayMeasures {
  readonly areaSquareMetres: number;
  /** In the union of all 防治责任范围, without tolerance. */
  readonly insideSquareMetres: number;
  /** Beyond that union widened by the tolerance. */
  readonly beyondToleranceSquareMetres: number;
  /** In that union narrowed by the tolerance: overlap that no shift by the tolerance explains. */
  readonly surelyInsideSquareMetres: number;
  /** In the union of all 示意性范围. */
  readonly insideSchematicSquareMetres: number;
  readonly boundaries: readonly OverlappedBoundary[];
  /** Nearest approved project without any disturbance, when there is one within the search distance. */
  readonly unstarted: { readonly project: string; readonly metres: number } | undefined;
  /** How far a long patch lies off the approved linear project it belongs to or runs beside. */
  readonly lateral: (LateralStretch & { readonly project: string }) | undefined;
}

export interface VerdictInput {
  readonly measures: OverlayMeasures;
  readonly moment: Moment;
  readonly disturbed: FirstDisturbed;
}

/** Why a patch got its verdict: the rule, the numbers it looked at, the thresholds they were held against. */
export interface RuleCard {
  readonly rule: string;
  readonly ruleVersion: number;
  /** Edition of the thresholds. */
  readonly rules: string;
  readonly rulesVersion: number;
  readonly numbers: Readonly<Record<string, number | string>>;
  readonly thresholds: Readonly<Partial<Record<ThresholdName, number>>>;
  readonly source: string;
}

export interface Judgement {
  readonly verdict: Verdict;
  /** 扰动超出面积 (EAREA), from the boundaries without tolerance, m²; 0 unless the verdict is 疑似超出防治责任范围. */
  readonly excessSquareMetres: number;
  readonly card: RuleCard;
  readonly flags: readonly VerdictFlag[];
}

/** Proposes a verdict from measured overlay; see `verdictRules` for the rules in words. */
export function judge(input: VerdictInput, rules: SupervisionRules): Judgement {
  const { rule, used } = chosenRule(input, rules);
  const { measures, moment, disturbed } = input;
  const outside = measures.areaSquareMetres - measures.insideSquareMetres;
  const isExcess = rule === verdictRules.outside;
  const approved = approvedSquareMetres(measures);
  const thresholds = Object.fromEntries(used.map((name) => [name, rules.thresholds[name].value]));
  return {
    verdict: rule.verdict,
    excessSquareMetres: isExcess ? outside : 0,
    card: {
      rule: rule.id,
      ruleVersion: rule.version,
      rules: rules.id,
      rulesVersion: rules.version,
      numbers: {
        areaSquareMetres: measures.areaSquareMetres,
        insideSquareMetres: measures.insideSquareMetres,
        outsideSquareMetres: outside,
        outsideShare: outside / measures.areaSquareMetres,
        beyondToleranceSquareMetres: measures.beyondToleranceSquareMetres,
        insideSchematicSquareMetres: measures.insideSchematicSquareMetres,
        ...(isExcess && approved > 0 ? { approvedSquareMetres: approved, rangeGrowthShare: outside / approved } : {}),
        ...(lackPlan.includes(rule) ? { planByArea: planByArea(measures, rules) } : {}),
        ...(measures.unstarted
          ? { unstartedProject: measures.unstarted.project, unstartedMetres: measures.unstarted.metres }
          : {}),
        imageDate: moment.imageDate,
        knownOn: moment.knownOn,
        disturbedFrom: disturbed.earliest ?? '',
        disturbedBy: disturbed.latest,
      },
      thresholds,
      source: rule.source,
    },
    flags: flagsOf(input, rules, rule),
  };
}

/** Rules about ground for which no plan was approved. */
const lackPlan: readonly VerdictRule[] = [verdictRules.belowDuty, verdictRules.moved, verdictRules.unapproved];

/** Kind of plan that the land alone asks for; earthwork, which no image shows, may ask for more. */
const planByArea = ({ areaSquareMetres }: OverlayMeasures, rules: SupervisionRules): PlanType =>
  planType(areaSquareMetres / 10_000, 0, rules);

/** Area of the approved ranges that a patch overlaps; a schematic one was not surveyed and does not count. */
const approvedSquareMetres = ({ boundaries }: OverlayMeasures): number =>
  boundaries
    .filter(({ kind }) => kind === '防治责任范围')
    .reduce((sum, { areaSquareMetres }) => sum + areaSquareMetres, 0);

interface Choice {
  readonly rule: VerdictRule;
  /** Thresholds that decided. */
  readonly used: readonly ThresholdName[];
}

function chosenRule({ measures, disturbed }: VerdictInput, rules: SupervisionRules): Choice {
  const { thresholds } = rules;
  const epsilon = thresholds.overlapEpsilon.value * measures.areaSquareMetres;
  const overlap: ThresholdName[] = ['overlapEpsilon', 'toleranceMetres'];
  if (measures.insideSquareMetres > epsilon) {
    if (measures.beyondToleranceSquareMetres <= epsilon) return insideRule(measures, disturbed, rules);
    if (measures.surelyInsideSquareMetres > epsilon) return { rule: verdictRules.outside, used: overlap };
  }
  if (measures.insideSchematicSquareMetres > epsilon) return { rule: verdictRules.schematic, used: overlap };
  if (planByArea(measures, rules) === '不需要') return { rule: verdictRules.belowDuty, used: ['noPlanHectares'] };
  if (measures.unstarted !== undefined && measures.unstarted.metres <= thresholds.searchMetres.value)
    return { rule: verdictRules.moved, used: [...overlap, 'searchMetres'] };
  return { rule: verdictRules.unapproved, used: [...overlap, 'noPlanHectares', 'searchMetres'] };
}

function insideRule(measures: OverlayMeasures, { earliest }: FirstDisturbed, { thresholds }: SupervisionRules): Choice {
  const overlap: ThresholdName[] = ['overlapEpsilon', 'toleranceMetres'];
  const around = measures.boundaries.filter(({ kind }) => kind === '防治责任范围');
  if (earliest !== null && around.length > 0) {
    if (around.every(({ accepted }) => accepted !== null && accepted < earliest))
      return { rule: verdictRules.afterAcceptance, used: overlap };
    const years = thresholds.planLifeYears.value;
    if (around.every(({ approved }) => yearsLater(approved, years) < earliest))
      return { rule: verdictRules.planLapsed, used: [...overlap, 'planLifeYears'] };
  }
  return { rule: verdictRules.inside, used: overlap };
}

function flagsOf({ measures, disturbed }: VerdictInput, rules: SupervisionRules, rule: VerdictRule): VerdictFlag[] {
  const { thresholds } = rules;
  const flags: VerdictFlag[] = [];
  const outside = measures.areaSquareMetres - measures.insideSquareMetres;
  const epsilon = thresholds.overlapEpsilon.value * measures.areaSquareMetres;
  const isInside =
    rule === verdictRules.inside || rule === verdictRules.afterAcceptance || rule === verdictRules.planLapsed;
  const approved = approvedSquareMetres(measures);
  if (
    rule === verdictRules.outside &&
    approved > 0 &&
    needsReapproval([{ approved, actual: approved + outside }], rules)
  )
    flags.push('reapproval');
  if (measures.insideSchematicSquareMetres > epsilon) flags.push('schematicBoundary');
  if (isInside && outside > epsilon) flags.push('withinTolerance');
  if (isInside && disturbed.earliest === null) flags.push('disturbedDateUnknown');
  if (new Set(measures.boundaries.map(({ project }) => project)).size > 1) flags.push('severalProjects');
  return flags;
}
