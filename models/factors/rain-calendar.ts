import { ErosionError } from '../errors.ts';

/** Days of each month of a common year. */
const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** One calendar year of a daily series. A series without 29 February in a leap year states 365 days. */
export interface CalendarYear {
  readonly year: number;
  readonly days: 365 | 366;
}

/** Where each value of a daily series falls. Years follow one another in the series, each from 1 January to 31 December. */
export interface RainCalendar {
  readonly years: readonly CalendarYear[];
  /** Values in the series. */
  readonly length: number;
  /** Year of each value as an index into `years`. */
  readonly yearIndex: Uint16Array;
  /** Month of each value, 1–12. */
  readonly month: Uint8Array;
  /** Half-month of each value, 1–24; see {@link halfMonthIndex}. */
  readonly halfMonth: Uint8Array;
}

/** Days of a year in the Gregorian calendar. */
export function daysInYear(year: number): 365 | 366 {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 366 : 365;
}

/** Half-month k = 1…24 of a day: days 1–15 are the first half of a month, day 16 to its end the second. */
export function halfMonthIndex(month: number, day: number): number {
  return 2 * (month - 1) + (day <= 15 ? 1 : 2);
}

/**
 * Lays out a daily series.
 * @param years numbers for Gregorian years, or years with their own number of days
 * @throws ErosionError `calendar` for an empty list, a repeated year, or a year that has no 366th day
 */
export function rainCalendar(years: readonly (number | CalendarYear)[]): RainCalendar {
  const list = years.map((entry) => (typeof entry === 'number' ? { year: entry, days: daysInYear(entry) } : entry));
  if (list.length === 0) throw new ErosionError('calendar', 'a daily series needs at least one year');
  if (new Set(list.map(({ year }) => year)).size !== list.length)
    throw new ErosionError('calendar', `a year occurs twice: ${list.map(({ year }) => year).join(', ')}`);
  for (const { year, days } of list)
    if ((days !== 365 && days !== 366) || days > daysInYear(year))
      throw new ErosionError('calendar', `year ${year} cannot have ${days} days`, { year, days });

  const length = list.reduce((sum, { days }) => sum + days, 0);
  const yearIndex = new Uint16Array(length);
  const month = new Uint8Array(length);
  const halfMonth = new Uint8Array(length);
  let at = 0;
  for (const [index, { days }] of list.entries())
    for (const [m, common] of monthDays.entries()) {
      const last = m === 1 && days === 366 ? 29 : common;
      for (let day = 1; day <= last; day++, at++) {
        yearIndex[at] = index;
        month[at] = m + 1;
        halfMonth[at] = halfMonthIndex(m + 1, day);
      }
    }
  return { years: list, length, yearIndex, month, halfMonth };
}

/** Checks a series against its calendar. @throws ErosionError `array-length` */
export function requireCalendarLength(series: ArrayLike<number>, calendar: RainCalendar): void {
  if (series.length !== calendar.length)
    throw new ErosionError('array-length', `daily rain: expected ${calendar.length} values, got ${series.length}`, {
      expected: calendar.length,
      received: series.length,
    });
}
