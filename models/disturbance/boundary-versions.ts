import type { Bilingual } from '../parameters/confidence.ts';
/** Whether a boundary is a surveyed area of responsibility or only a sketch. */
export type BoundaryKind = '防治责任范围' | '示意性范围';

/** What each kind is called in English beside its official name. */
export const boundaryKindNames: Readonly<Record<BoundaryKind, Bilingual>> = {
  防治责任范围: { zh: '防治责任范围', en: 'area of responsibility' },
  示意性范围: { zh: '示意性范围', en: 'schematic range' },
};

/** One version of the boundary of an approved plan. Days are `YYYY-MM-DD`. */
export interface BoundaryVersion {
  /** Number of the project (SWC_P_ID), text. */
  readonly project: string;
  /** Counted from 1 within the project, in the order in which versions became known. */
  readonly version: number;
  readonly kind: BoundaryKind;
  /** Day of the approval: the boundary is in force from then on. */
  readonly approved: string;
  /** Last day in force; null = open. */
  readonly validTo: string | null;
  /** Day on which the plan was cancelled; null = not. */
  readonly cancelled: string | null;
  /** Day on which the project's conservation works were accepted (验收); null = not. */
  readonly accepted: string | null;
  /** Day on which the register learnt of this version. */
  readonly knownFrom: string;
}

/** When ground was first disturbed, as far as it is known. */
export interface FirstDisturbed {
  /** No earlier than this day; null = any time before. */
  readonly earliest: string | null;
  /** No later than this day. */
  readonly latest: string;
}

/** The two clocks of a decision. */
export interface Moment {
  /** Day of the imagery. */
  readonly imageDate: string;
  /** Versions that became known later play no part. */
  readonly knownOn: string;
}

/**
 * Versions that count for ground seen on an image: for each project the one in force on the day of the imagery, by what the
 * register knew on the day of the decision. Of versions approved on the same day the one learnt last holds (a correction); a
 * later approval takes the place of an earlier one from its day on (a revision).
 *
 * A version approved after the imagery does not make an earlier disturbance lawful. One that had run out or been cancelled
 * before the ground was disturbed does not count either; where that day is unknown the day of the imagery stands for it.
 */
export function versionsInForce<Version extends BoundaryVersion>(
  versions: readonly Version[],
  moment: Moment,
  disturbed: FirstDisturbed,
): Version[] {
  const latest = new Map<string, Version>();
  for (const version of versions) {
    if (version.knownFrom > moment.knownOn || version.approved > moment.imageDate) continue;
    const other = latest.get(version.project);
    if (other === undefined || comesAfter(version, other)) latest.set(version.project, version);
  }
  const began = disturbed.earliest ?? moment.imageDate;
  return [...latest.values()].filter(
    ({ validTo, cancelled }) => (validTo === null || validTo >= began) && (cancelled === null || cancelled > began),
  );
}

function comesAfter(a: BoundaryVersion, b: BoundaryVersion): boolean {
  if (a.approved !== b.approved) return a.approved > b.approved;
  return a.knownFrom === b.knownFrom ? a.version > b.version : a.knownFrom > b.knownFrom;
}

/** `YYYY-MM-DD` some whole years later; 29 February becomes 28 February where the year has none. */
export function yearsLater(day: string, years: number): string {
  const year = Number(day.slice(0, 4)) + years;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const rest = day.slice(4) === '-02-29' && !leap ? '-02-28' : day.slice(4);
  return `${String(year).padStart(4, '0')}${rest}`;
}
