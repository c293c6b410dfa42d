/** Change between two years (消长). */
export interface Change {
  /** Current − previous, in the unit of both. */
  readonly difference: number;
  /** Percent of the previous value; undefined, printed as a dash, when that is 0. */
  readonly percent: number | undefined;
}

export function change(previous: number, current: number): Change {
  const difference = current - previous;
  return { difference, percent: previous === 0 ? undefined : (difference / previous) * 100 };
}

/** Part of a whole in percent; undefined, printed as a dash, when the whole is 0. */
export function sharePercent(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : (part / whole) * 100;
}
