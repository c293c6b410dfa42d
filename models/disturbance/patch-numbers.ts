/** A batch of a year: the year and its period, such as the month, both part of every patch number. */
export interface Batch {
  readonly year: number;
  /** 1–99. */
  readonly period: number;
}

const pattern = /^(\d{6})_(\d{4})(\d{2})_(\d{4,})$/;

/**
 * Hands out patch numbers (图斑编号) `{county}_{year}{period}_{sequence}`, such as `511623_202401_0001`: unique per county, year
 * and period, and never one that was used before, deleted patches included. Foreign numbers among the used ones are left
 * alone.
 */
export class PatchNumbers {
  private readonly last = new Map<string, number>();

  /** @param used every number ever handed out or imported */
  constructor(used: Iterable<string>) {
    for (const number of used) {
      const match = pattern.exec(number);
      if (match) this.remember(`${match[1]}_${match[2]}${match[3]}`, Number(match[4]));
    }
  }

  /** @throws RangeError when the county is no six-digit code or the batch no year and period. */
  next(county: string, { year, period }: Batch): string {
    if (!/^\d{6}$/.test(county)) throw new RangeError(`a county code has six digits, got “${county}”`);
    if (
      !(
        Number.isInteger(year) &&
        year >= 1000 &&
        year <= 9999 &&
        Number.isInteger(period) &&
        period >= 1 &&
        period <= 99
      )
    )
      throw new RangeError(`not a batch: year ${year}, period ${period}`);
    const prefix = `${county}_${year}${String(period).padStart(2, '0')}`;
    const sequence = (this.last.get(prefix) ?? 0) + 1;
    this.last.set(prefix, sequence);
    return `${prefix}_${String(sequence).padStart(4, '0')}`;
  }

  private remember(prefix: string, sequence: number): void {
    this.last.set(prefix, Math.max(sequence, this.last.get(prefix) ?? 0));
  }
}
