import { grouped } from '../../models/disturbance/grouped.ts';
import { traceLineage } from '../../models/disturbance/lineage.ts';
import { isShifted, linearProjectTypes } from '../../models/disturbance/linear-projects.ts';
import { type Batch, PatchNumbers } from '../../models/disturbance/patch-numbers.ts';
import { isLargeEnough } from '../../models/disturbance/plan-duties.ts';
import { type RankingWeights, rankingScore } from '../../models/disturbance/ranking.ts';
import { patchRisk } from '../../models/disturbance/risk-tier.ts';
import { type SupervisionRules, withThresholds } from '../../models/disturbance/rules/supervision-2024.ts';
import type { VerdictFlag } from '../../models/disturbance/rules/verdict-rules.ts';
import type { OverlayMeasures } from '../../models/disturbance/verdict.ts';
import type { Geometry } from '../formats/geometry.ts';
import { placedIn } from '../formats/placed-in.ts';
import { BoundaryOverlay, type PlacedBoundary, type PlacedPatch } from '../overlay/boundary-overlay.ts';
import { patchOverlaps } from '../overlay/patch-overlaps.ts';
import type { RegisteredBoundary } from './boundary.ts';
import { type DecidedGround, decidedLinks } from './decided-links.ts';
import type { PatchDraft, PatchRecord } from './patch-record.ts';

export interface BatchInput {
  readonly batch: Batch;
  readonly drafts: readonly PatchDraft[];
  readonly boundaries: readonly RegisteredBoundary[];
  /** Patches of the last batch, for lineage. */
  readonly previous: readonly PatchRecord[];
  /** Every number ever used. */
  readonly usedNumbers: readonly string[];
  /** Ground about which people decided. */
  readonly decided: readonly DecidedGround[];
}

export interface JudgeOptions {
  /** System of the overlay: projected, in metres, conformal. */
  readonly crs: string;
  readonly rules: SupervisionRules;
  /** Day of the decision. */
  readonly knownOn: string;
  /**
   * How far the outlines of detected patches may lie off, metres: half a cell diagonal at least. Their tolerance is never
   * below it; imported patches keep that of the rules.
   */
  readonly detectedPositionMetres: number;
  readonly weights: RankingWeights;
}

export interface JudgedBatch {
  /** By falling score; ties by number. */
  readonly patches: readonly PatchRecord[];
  /** Numbers of the last batch that no patch lies on any more. */
  readonly ended: readonly string[];
}

/** Growth or shrinkage of a patch below this share is an unchanged range: outlines wander by a cell. */
const unchangedShare = 0.05;

/** Stands in numbers of patches outside every county. */
const unknownCounty = '000000';

/** Gives the patches of a batch their numbers, lineage, verdicts, risk tiers and ranks. */
export function judgeBatch(input: BatchInput, options: JudgeOptions): JudgedBatch {
  const place = (geometry: Geometry, from: string): Geometry => placedIn(geometry, from, options.crs);
  const placed = new Map(input.drafts.map((draft) => [draft.key, place(draft.geometry, draft.crs)]));
  const lineage = traceLineage(
    input.previous.map(({ number, areaSquareMetres }) => ({ key: number, squareMetres: areaSquareMetres })),
    input.drafts.map(({ key, areaSquareMetres }) => ({ key, squareMetres: areaSquareMetres })),
    patchOverlaps(
      input.previous.map(({ number, geometry, crs }) => ({ key: number, geometry: place(geometry, crs) })),
      input.drafts.map(({ key }) => ({ key, geometry: placed.get(key)! })),
    ),
    { sameGroundShare: options.rules.thresholds.sameGroundShare.value, changeShare: unchangedShare },
  );
  const lineageOf = new Map(lineage.patches.map((each) => [each.key, each]));
  const links = decidedLinks(input.drafts, placed, input.decided, options);
  const overlays = overlayBatch(input, options, placed);
  const shifted = shiftedProjects(
    [...overlays.values()].map(({ measures }) => measures),
    options.rules,
  );
  const taken = new Set(input.usedNumbers);
  const foreign = input.drafts.flatMap(({ source }) => source.number ?? []);
  const numbers = new PatchNumbers([...taken, ...foreign]);
  const patches = input.drafts.map((draft): PatchRecord => {
    const { keeps, parents, isSplit, change } = lineageOf.get(draft.key)!;
    const decided = links.get(draft.key) ?? null;
    const foreign = draft.source.number;
    // Decided ground that grew is raised as a new patch; the old one stays closed. A number that another patch has already stays in the source only.
    const kept = decided?.isRaised ? undefined : keeps;
    const own = kept ?? (foreign !== null && !taken.has(foreign) ? foreign : undefined);
    const number = own ?? numbers.next(draft.counties[0]?.code ?? unknownCounty, input.batch);
    taken.add(number);
    const { measures, judgement: byMeasures, looked } = overlays.get(draft.key)!;
    const flags = [...byMeasures.flags, ...groundFlags(draft, measures, shifted, options.rules)];
    const judgement = { ...byMeasures, flags };
    return {
      ...draft,
      number,
      batch: input.batch,
      lineage: { parents, isSplit, change },
      decided,
      measures,
      judgement,
      looked,
      ...risked(draft, judgement, draft.change ?? change, options),
    };
  });
  patches.sort((a, b) => b.ranking.score - a.ranking.score || (a.number < b.number ? -1 : 1));
  return { patches, ended: lineage.ended };
}

function overlayBatch(
  { drafts, boundaries }: BatchInput,
  options: JudgeOptions,
  placed: ReadonlyMap<string, Geometry>,
): Map<string, ReturnType<BoundaryOverlay['overlay']>> {
  const { crs, rules, knownOn, detectedPositionMetres } = options;
  const ranges = boundaries.map(
    (boundary): PlacedBoundary => ({
      ...boundary,
      isLinear: linearProjectTypes.includes(String(boundary.attributes.PRO_TYPE ?? '')),
      geometry: placedIn(boundary.geometry, boundary.crs, crs),
    }),
  );
  const patches = drafts.map(
    ({ key, imageDate, disturbed }): PlacedPatch => ({ key, imageDate, disturbed, geometry: placed.get(key)! }),
  );
  const tolerance = Math.max(rules.thresholds.toleranceMetres.value, detectedPositionMetres);
  const overlayWith = (edition: SupervisionRules) =>
    new BoundaryOverlay(ranges, patches, { crs, rules: edition, knownOn });
  const imported = overlayWith(rules);
  const detected =
    tolerance === rules.thresholds.toleranceMetres.value
      ? imported
      : overlayWith({ ...withThresholds(rules, { toleranceMetres: tolerance }), id: rules.id });
  const overlay = { imported, detected };
  return new Map(drafts.map(({ key, source }, at) => [key, overlay[source.kind].overlay(patches[at]!)]));
}

/** Linear projects whose disturbed stretches lie too far off the approved line, all of the batch together. */
function shiftedProjects(all: readonly OverlayMeasures[], rules: SupervisionRules): ReadonlySet<string> {
  const stretches = all.flatMap(({ lateral }) => lateral ?? []);
  const byProject = grouped(stretches, ({ project }) => project);
  return new Set([...byProject].filter(([, each]) => isShifted(each, rules)).map(([project]) => project));
}

/** Remarks that follow from what a patch is and where it lies. */
function groundFlags(
  { type, areaSquareMetres, surroundings }: PatchDraft,
  { lateral }: OverlayMeasures,
  shifted: ReadonlySet<string>,
  rules: SupervisionRules,
): VerdictFlag[] {
  const flags: VerdictFlag[] = [];
  if (surroundings.keyAreaShare > 0) flags.push('keyArea');
  if (!isLargeEnough(areaSquareMetres / 10_000, type, rules)) flags.push('belowMinimumArea');
  if (lateral !== undefined && lateral.shiftedMetres > 0 && shifted.has(lateral.project)) flags.push('lateralShift');
  return flags;
}

function risked(
  draft: PatchDraft,
  judgement: PatchRecord['judgement'],
  change: string,
  { rules, weights }: JudgeOptions,
): Pick<PatchRecord, 'risk' | 'ranking'> {
  const isSpoilGround = draft.type === '弃土(渣)场';
  const { ground, surroundings } = draft;
  const loss = ground?.soilLossTonnes;
  const common = {
    verdict: judgement.verdict,
    isSpoilGround,
    keyAreaShare: surroundings.keyAreaShare,
    steepShare: ground?.steepShare ?? 0,
  };
  return {
    risk: patchRisk(
      {
        ...common,
        excessSquareMetres: judgement.excessSquareMetres,
        withinTolerance: judgement.flags.includes('withinTolerance'),
        expanded: change === '续建(范围扩大)',
      },
      rules,
    ),
    ranking: rankingScore(
      {
        ...common,
        kind: ground?.kind ?? 'imported',
        waterMetres: surroundings.water?.metres ?? undefined,
        hectares: draft.areaSquareMetres / 10_000,
        soilLossRiseTonnes: loss === undefined || loss[0] === null || loss[1] === null ? undefined : loss[1] - loss[0],
      },
      weights,
    ),
  };
}
