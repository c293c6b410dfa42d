import type { PatchKind } from './rules/detection-2024.ts';
import type { Verdict } from './rules/verdict-rules.ts';

/** Reviews that a weight was learnt from. */
export interface LearntFrom {
  readonly verdict: Verdict;
  readonly reviews: number;
  readonly unlawful: number;
}

/** Weights of the ranking, with what they were learnt from. */
export interface RankingWeights {
  readonly id: string;
  readonly version: number;
  /** Probability that a patch of a kind is a disturbance by construction. */
  readonly confidence: Readonly<Record<PatchKind | 'imported', number>>;
  /** Probability that a patch with a verdict turns out unlawful. */
  readonly nonCompliance: Readonly<Record<Verdict, number>>;
  /** Largest share each consequence has in the score; they add up to 1. */
  readonly consequence: {
    readonly area: number;
    readonly soilLoss: number;
    readonly keyArea: number;
    readonly steep: number;
    readonly spoil: number;
    readonly water: number;
  };
  /** Area at which half of its share is reached, hm². */
  readonly halfHectares: number;
  /** Rise of soil loss at which half of its share is reached, t/a. */
  readonly halfTonnesPerYear: number;
  /** Distance to water at which half of its share is reached, m. */
  readonly halfWaterMetres: number;
  /** Reviews a verdict needs before the weights give way to what was found. */
  readonly reviewsNeeded: number;
  /** Empty before there are enough reviews. */
  readonly learntFrom: readonly LearntFrom[];
}

export const coldStartWeights: RankingWeights = {
  id: 'ranking-cold-start',
  version: 2,
  confidence: { disturbed: 0.9, built: 0.7, bare: 0.5, erosion: 0.3, imported: 0.9 },
  nonCompliance: {
    合规: 0.02,
    疑似未批先建: 0.7,
    疑似超出防治责任范围: 0.6,
    疑似建设地点变更: 0.5,
    待核边界: 0.3,
    验收后新增扰动: 0.5,
    方案待重新审核: 0.4,
    '可不编报(待核土石方)': 0.1,
  },
  consequence: { area: 0.3, soilLoss: 0.25, keyArea: 0.15, steep: 0.1, spoil: 0.1, water: 0.1 },
  halfHectares: 3,
  halfTonnesPerYear: 50,
  halfWaterMetres: 100,
  reviewsNeeded: 30,
  learntFrom: [],
};

export interface RankingFacts {
  readonly kind: PatchKind | 'imported';
  readonly verdict: Verdict;
  readonly hectares: number;
  /** Soil loss now less before, t/a; undefined where erosion is unknown. */
  readonly soilLossRiseTonnes: number | undefined;
  readonly keyAreaShare: number;
  readonly steepShare: number;
  readonly isSpoilGround: boolean;
  /** Distance to the nearest water, m; undefined where it is unknown or there is none near. */
  readonly waterMetres: number | undefined;
}

/** A past review: what was proposed and whether the ground turned out unlawful. */
export interface ReviewOutcome {
  readonly verdict: Verdict;
  readonly wasUnlawful: boolean;
}

export interface RankingScore {
  /** confidence × nonCompliance × consequence, 0–1. */
  readonly score: number;
  readonly confidence: number;
  readonly nonCompliance: number;
  readonly consequence: number;
  /** Parts of the consequence, largest first. */
  readonly reasons: readonly { readonly name: keyof RankingWeights['consequence']; readonly part: number }[];
}

const saturating = (value: number, half: number): number => (value <= 0 ? 0 : value / (value + half));

/** Scores a patch for the order in which people should look at it. */
export function rankingScore(facts: RankingFacts, weights: RankingWeights): RankingScore {
  const { consequence: share } = weights;
  const parts = {
    area: share.area * saturating(facts.hectares, weights.halfHectares),
    soilLoss: share.soilLoss * saturating(facts.soilLossRiseTonnes ?? 0, weights.halfTonnesPerYear),
    keyArea: share.keyArea * facts.keyAreaShare,
    steep: share.steep * facts.steepShare,
    spoil: facts.isSpoilGround ? share.spoil : 0,
    water:
      facts.waterMetres === undefined
        ? 0
        : share.water * (weights.halfWaterMetres / (weights.halfWaterMetres + facts.waterMetres)),
  };
  const reasons = (Object.entries(parts) as [keyof typeof parts, number][])
    .filter(([, part]) => part > 0)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([name, part]) => ({ name, part }));
  const consequence = reasons.reduce((sum, { part }) => sum + part, 0);
  const confidence = weights.confidence[facts.kind];
  const nonCompliance = weights.nonCompliance[facts.verdict];
  return { score: confidence * nonCompliance * consequence, confidence, nonCompliance, consequence, reasons };
}

/**
 * Weights with what reviews found: per verdict the share found unlawful, drawn to the cold-start weight as if that came from
 * `reviewsNeeded` reviews. A verdict with fewer reviews than that keeps its weight.
 */
export function calibratedWeights(weights: RankingWeights, reviews: readonly ReviewOutcome[]): RankingWeights {
  const nonCompliance = { ...weights.nonCompliance };
  const learntFrom: LearntFrom[] = [];
  for (const verdict of Object.keys(nonCompliance) as Verdict[]) {
    const found = reviews.filter((review) => review.verdict === verdict);
    if (found.length < weights.reviewsNeeded) continue;
    const unlawful = found.filter(({ wasUnlawful }) => wasUnlawful).length;
    nonCompliance[verdict] =
      (unlawful + nonCompliance[verdict] * weights.reviewsNeeded) / (found.length + weights.reviewsNeeded);
    learntFrom.push({ verdict, reviews: found.length, unlawful });
  }
  return learntFrom.length === 0 ? weights : { ...weights, id: `${weights.id}+reviews`, nonCompliance, learntFrom };
}
