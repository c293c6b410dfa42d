import type { Geometry } from '../formats/geometry.ts';
import { shapeArea, shapeOf } from '../formats/planar-shapes.ts';
import { patchOverlaps } from '../overlay/patch-overlaps.ts';

/** A patch that is known to be there. */
export interface KnownPatch {
  readonly key: string;
  readonly geometry: Geometry;
  /** Verdict it must get; undefined where that is not known. */
  readonly verdict?: string;
}

export interface FoundPatch {
  readonly key: string;
  readonly geometry: Geometry;
  readonly verdict: string;
}

/** How well found patches agree with known ones. Shares are 0–1; 1 where nothing was there to be found. */
export interface Agreement {
  readonly known: number;
  readonly found: number;
  readonly precisionByCount: number;
  readonly recallByCount: number;
  readonly precisionByArea: number;
  readonly recallByArea: number;
  readonly verdicts: number;
  readonly verdictsRight: number;
  /** Known patches that were missed or judged otherwise, found ones that are none. */
  readonly faults: readonly { readonly key: string; readonly expected: string; readonly got: string }[];
}

/** Part of either patch that must be shared for them to be the same. */
const matchShare = 0.5;

/** Compares found patches with known ones in one plane. A match shares half of each of the two patches' areas. */
export function agreement(known: readonly KnownPatch[], found: readonly FoundPatch[]): Agreement {
  const area = new Map<string, number>();
  for (const patch of known) area.set(`known ${patch.key}`, shapeArea(shapeOf(patch.geometry)));
  for (const patch of found) area.set(`found ${patch.key}`, shapeArea(shapeOf(patch.geometry)));
  const overlaps = patchOverlaps(known, found);
  const matchOf = new Map<string, string>();
  for (const { previous, current, squareMetres } of overlaps)
    if (squareMetres >= matchShare * Math.max(area.get(`known ${previous}`)!, area.get(`found ${current}`)!))
      matchOf.set(previous, current);
  const matched = new Set(matchOf.values());
  const shared = overlaps.reduce((sum, { squareMetres }) => sum + squareMetres, 0);
  const total = (kind: 'known' | 'found', patches: readonly { key: string }[]): number =>
    patches.reduce((sum, { key }) => sum + area.get(`${kind} ${key}`)!, 0);
  const share = (part: number, all: number): number => (all === 0 ? 1 : part / all);
  const verdictOf = new Map(found.map(({ key, verdict }) => [key, verdict]));
  const judged = known.filter(({ key, verdict }) => verdict !== undefined && matchOf.has(key));
  const right = judged.filter(({ key, verdict }) => verdictOf.get(matchOf.get(key)!) === verdict);
  return {
    known: known.length,
    found: found.length,
    precisionByCount: share(matched.size, found.length),
    recallByCount: share(matchOf.size, known.length),
    precisionByArea: share(shared, total('found', found)),
    recallByArea: share(shared, total('known', known)),
    verdicts: judged.length,
    verdictsRight: right.length,
    faults: [
      ...known
        .filter((patch) => !right.includes(patch) && !(matchOf.has(patch.key) && patch.verdict === undefined))
        .map(({ key, verdict = '' }) => ({ key, expected: verdict, got: verdictOf.get(matchOf.get(key) ?? '') ?? '' })),
      ...found.filter(({ key }) => !matched.has(key)).map(({ key, verdict }) => ({ key, expected: '', got: verdict })),
    ],
  };
}
