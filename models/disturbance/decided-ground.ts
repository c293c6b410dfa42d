import type { SupervisionRules } from './rules/supervision-2024.ts';

/** A patch about which people decided, and how it overlaps a patch that turned up now. */
export interface DecidedOverlap {
  readonly number: string;
  readonly decidedSquareMetres: number;
  readonly overlapSquareMetres: number;
}

/** What becomes of a patch on ground that was decided before. */
export interface DecidedLink {
  /** Number of the decided patch it overlaps most. */
  readonly to: string;
  /** Growth over the decided ground, as a share of it; negative where it shrank. */
  readonly grownShare: number;
  /** True when it grew so much that it has to be raised again. */
  readonly isRaised: boolean;
}

/**
 * Decided patches that are the same ground as a patch: they hold the stated share of the smaller of the two. The largest
 * overlap comes first; ties go to the smaller number.
 */
export function sameDecidedGround(
  squareMetres: number,
  decided: readonly DecidedOverlap[],
  { thresholds }: SupervisionRules,
): DecidedOverlap[] {
  const share = thresholds.sameGroundShare.value;
  return decided
    .filter(
      ({ decidedSquareMetres, overlapSquareMetres }) =>
        overlapSquareMetres > 0 && overlapSquareMetres >= share * Math.min(squareMetres, decidedSquareMetres),
    )
    .sort((a, b) => b.overlapSquareMetres - a.overlapSquareMetres || (a.number < b.number ? -1 : 1));
}

/**
 * Links a patch to the decision on the same ground instead of raising it again, unless it grew by more than the share
 * stated.
 *
 * @param same as `sameDecidedGround` gives them; undefined is the answer to none
 * @param groundSquareMetres their union: ground decided twice counts once
 */
export function decidedLink(
  squareMetres: number,
  same: readonly DecidedOverlap[],
  groundSquareMetres: number,
  { thresholds }: SupervisionRules,
): DecidedLink | undefined {
  const [main] = same;
  if (main === undefined) return undefined;
  return {
    to: main.number,
    grownShare: squareMetres / groundSquareMetres - 1,
    isRaised: squareMetres > groundSquareMetres * (1 + thresholds.regrowthShare.value),
  };
}
