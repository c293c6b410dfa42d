/**
 * Rain of one gauge in steps of equal length, as a recording gauge gives it. The record need not be gapless: each step has its
 * time.
 */
export interface BreakpointRain {
  /** Length of a step, minutes; 30 is a multiple of it, or it a multiple of 30. */
  readonly stepMinutes: number;
  /** End of each step in minutes from any origin, increasing. */
  readonly minutes: ArrayLike<number>;
  /** Rain of each step, mm; NaN (missing) and snow count as no rain. */
  readonly depthMillimetres: ArrayLike<number>;
}
