/** Days since 1970-01-01 of a calendar date, without time zones; undefined when there is no such date. */
export function dayNumber(year: number, month: number, day: number): number | undefined {
  const value = Date.UTC(year, month - 1, day);
  const back = new Date(value);
  const same = back.getUTCFullYear() === year && back.getUTCMonth() === month - 1 && back.getUTCDate() === day;
  return same ? Math.round(value / 86_400_000) : undefined;
}

/** Reads the date at the start of a cell: 2024-05-01, 2024/5/1, 20240501, 2024年5月1日, with or without a time. */
export function readDay(text: string): number | undefined {
  const parts =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)/.exec(text.trim()) ??
    /^(\d{4})(\d{2})(\d{2})(?:\D|$)/.exec(text.trim());
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (year < 1800 || year > 2200) return undefined;
  return dayNumber(year, month, day);
}

/** `YYYY-MM-DD` of a day number. */
export function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
