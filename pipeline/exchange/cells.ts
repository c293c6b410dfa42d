import type { PropertyValue } from '../formats/vector-read.ts';

/** An attribute as trimmed text; empty when there is none. Numbers of whole value lose no digit. */
export function textOf(value: PropertyValue | undefined): string {
  return value === null || value === undefined ? '' : String(value).trim();
}

/**
 * A day as `YYYY-MM-DD`: of ISO dates, dates with slashes or dots, eight digits, Chinese dates, and milliseconds since 1970
 * (UTC), which some services deliver. Null for nothing.
 *
 * @returns undefined when there is something that is no day
 */
export function dayOf(value: PropertyValue | undefined): string | null | undefined {
  const text = textOf(value);
  if (text === '' || /^0+$/.test(text)) return null;
  const match =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s].*)?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (match) return calendarDay(Number(match[1]), Number(match[2]), Number(match[3]));
  if (/^-?\d{11,13}(\.0+)?$/.test(text)) {
    const date = new Date(Number(text));
    return calendarDay(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
  }
  return undefined;
}

function calendarDay(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || year < 1900 || year > 2200) return undefined;
  return date.toISOString().slice(0, 10);
}
