import type { Bilingual } from '../parameters/confidence.ts';
import { grouped } from './grouped.ts';

/** Overlap of a patch of the last batch with one of this batch. */
export interface PatchOverlap {
  readonly previous: string;
  /** Key of the patch in this batch. */
  readonly current: string;
  readonly squareMetres: number;
}

export interface SizedPatch {
  readonly key: string;
  readonly squareMetres: number;
}

/** 扰动变化类型 */
export type ChangeType = '新增' | '续建(范围扩大)' | '续建(范围缩小)' | '续建(范围不变)';

/** What each change is called in English beside its official name. */
export const changeTypeNames: Readonly<Record<ChangeType, Bilingual>> = {
  新增: { zh: '新增', en: 'new' },
  '续建(范围扩大)': { zh: '续建(范围扩大)', en: 'continued, grown' },
  '续建(范围缩小)': { zh: '续建(范围缩小)', en: 'continued, smaller' },
  '续建(范围不变)': { zh: '续建(范围不变)', en: 'continued, unchanged' },
};

export interface PatchLineage {
  readonly key: string;
  /** Number of the last batch that this patch keeps, if it keeps one. */
  readonly keeps: string | undefined;
  /** Patches of the last batch on the same ground, largest overlap first; more than one after a merge. */
  readonly parents: readonly string[];
  /** True when a parent has other children too. */
  readonly isSplit: boolean;
  readonly change: ChangeType;
}

export interface Lineage {
  /** In the order of the patches given. */
  readonly patches: readonly PatchLineage[];
  /** Patches of the last batch that no patch lies on any more (完工 or restored). */
  readonly ended: readonly string[];
}

export interface LineageThresholds {
  /** Overlap of the smaller patch's area from which two patches are the same ground. */
  readonly sameGroundShare: number;
  /** Growth or shrinkage from which the range counts as changed. */
  readonly changeShare: number;
}

/**
 * Identity over batches. Two patches are the same ground when they overlap by the share stated of the smaller of them. A
 * patch keeps the number of the parent it overlaps most, if it is also that parent's largest child; ties go to the smaller
 * key. All other patches get new numbers and keep their parents as lineage.
 */
export function traceLineage(
  previous: readonly SizedPatch[],
  current: readonly SizedPatch[],
  overlaps: readonly PatchOverlap[],
  thresholds: LineageThresholds,
): Lineage {
  const sizeBefore = new Map(previous.map(({ key, squareMetres }) => [key, squareMetres]));
  const sizeNow = new Map(current.map(({ key, squareMetres }) => [key, squareMetres]));
  const links = overlaps.filter(({ previous: parent, current: child, squareMetres }) => {
    const smaller = Math.min(sizeBefore.get(parent)!, sizeNow.get(child)!);
    return squareMetres > 0 && squareMetres >= thresholds.sameGroundShare * smaller;
  });
  const byParent = grouped(links, ({ previous: parent }) => parent);
  const byChild = grouped(links, ({ current: child }) => child);
  const patches = current.map(({ key, squareMetres }): PatchLineage => {
    const parents = largestFirst(byChild.get(key) ?? [], ({ previous: parent }) => parent).map((link) => link.previous);
    const [main] = parents;
    if (main === undefined) return { key, keeps: undefined, parents, isSplit: false, change: '新增' };
    const children = largestFirst(byParent.get(main)!, ({ current: child }) => child);
    const before = parents.reduce((sum, parent) => sum + sizeBefore.get(parent)!, 0);
    return {
      key,
      keeps: children[0].current === key ? main : undefined,
      parents,
      isSplit: parents.some((parent) => byParent.get(parent)!.length > 1),
      change: changeType(before, squareMetres, thresholds.changeShare),
    };
  });
  return { patches, ended: previous.map(({ key }) => key).filter((key) => !byParent.has(key)) };
}

function changeType(before: number, now: number, share: number): ChangeType {
  if (now > before * (1 + share)) return '续建(范围扩大)';
  return now < before * (1 - share) ? '续建(范围缩小)' : '续建(范围不变)';
}

function largestFirst(links: readonly PatchOverlap[], keyOf: (link: PatchOverlap) => string): PatchOverlap[] {
  return [...links].sort((a, b) => b.squareMetres - a.squareMetres || (keyOf(a) < keyOf(b) ? -1 : 1));
}
