import { isShifted } from '../../models/disturbance/linear-projects.ts';
import { needsReapproval } from '../../models/disturbance/plan-duties.ts';
import { projectRisk, type RiskTier, riskTiers } from '../../models/disturbance/risk-tier.ts';
import type { PatchBatch } from './patch-batch.ts';
import type { PatchRecord } from './patch-record.ts';

/** What the patches of a batch say about a project. */
export interface ProjectDuty {
  readonly project: string;
  /** Tier of its worst patch. */
  readonly tier: RiskTier;
  readonly patches: readonly PatchRecord[];
  /** Excess of its patches together, as a share of the approved range; 0 where none lies beyond it. */
  readonly growthShare: number;
  /** True when growth or lateral shift reach what needs a new approval (重新报批), all patches together. */
  readonly needsReapproval: boolean;
}

/**
 * Projects that the patches of a batch concern, the worst first. The excess of a patch over several projects counts for each
 * of them: which one it belongs to is for people to say.
 */
export function projectDuties({ patches, rules }: PatchBatch): ProjectDuty[] {
  const byProject = new Map<string, PatchRecord[]>();
  for (const patch of patches) {
    // A project that may have moved is concerned although its boundary is not overlapped.
    const { boundaries, unstarted, lateral } = patch.measures;
    const moved = patch.judgement.verdict === '疑似建设地点变更' ? [unstarted!.project] : [];
    const shifted = lateral !== undefined && lateral.shiftedMetres > 0 ? [lateral.project] : [];
    for (const project of new Set([...boundaries.map((each) => each.project), ...moved, ...shifted]))
      byProject.set(project, [...(byProject.get(project) ?? []), patch]);
  }
  return [...byProject]
    .map(([project, own]): ProjectDuty => {
      const approved = approvedSquareMetres(project, own);
      const excess = own.reduce((sum, { judgement }) => sum + judgement.excessSquareMetres, 0);
      const stretches = own.flatMap(({ measures }) =>
        measures.lateral?.project === project ? [measures.lateral] : [],
      );
      return {
        project,
        tier: projectRisk(own.map(({ risk }) => risk.tier)),
        patches: own,
        growthShare: approved === 0 ? 0 : excess / approved,
        needsReapproval:
          (excess > 0 && approved > 0 && needsReapproval([{ approved, actual: approved + excess }], rules)) ||
          isShifted(stretches, rules),
      };
    })
    .sort((a, b) => riskTiers.indexOf(b.tier) - riskTiers.indexOf(a.tier) || (a.project < b.project ? -1 : 1));
}

/** Area of a project's approved range; 0 where only a schematic one is known or none is overlapped. */
function approvedSquareMetres(project: string, patches: readonly PatchRecord[]): number {
  const ranges = patches.flatMap(({ measures }) => measures.boundaries);
  const own = ranges.find((each) => each.project === project && each.kind === '防治责任范围');
  return own?.areaSquareMetres ?? 0;
}
