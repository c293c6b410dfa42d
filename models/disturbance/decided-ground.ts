import type { SupervisionRules } from './rules/supervision-2024.ts';

/** A patch about which people decided, and how it overlaps a patch that turned up now. */
export interface DecidedOverlap {
  readonly number: string;
  readonly decidedSquareMetres: number;
  readonly overlapSquareMetres: number;
}

/** What becomes of a patch on ground that was decided before. */
export type DecidedLink =
  | { readonly kind: 'raise'; readonly grownFrom: string | undefined; readonly grownShare: number }
  | { readonly kind: 'link'; readonly to: string; readonly grownShare: number };

/**
 * Links a patch to the decision on the same ground instead of raising it again, unless it grew by more than the share
 * stated. The same ground is one that holds the stated share of the smaller patch.
 */
export function decidedLink(
  squareMetres: number,
  decided: readonly DecidedOverlap[],
  { thresholds }: SupervisionRules,
): DecidedLink {
  const same = decided
    .filter(
      ({ decidedSquareMetres, overlapSquareMetres }) =>
        overlapSquareMetres > 0 &&
        overlapSquareMetres >= thresholds.sameGroundShare.value * Math.min(squareMetres, decidedSquareMetres),
    )
    .sort((a, b) => b.overlapSquareMetres - a.overlapSquareMetres || (a.number < b.number ? -1 : 1));
  const [main] = same;
  if (main === undefined) return { kind: 'raise', grownFrom: undefined, grownShare: 0 };
  const before = same.reduce((sum, { decidedSquareMetres }) => sum + decidedSquareMetres, 0);
  const grownShare = squareMetres / before - 1;
  return squareMetres > before * (1 + thresholds.regrowthShare.value)
    ? { kind: 'raise', grownFrom: main.number, grownShare }
    : { kind: 'link', to: main.number, grownShare };
}
