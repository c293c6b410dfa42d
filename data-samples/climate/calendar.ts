/** Days of each month of a year. */
export function monthLengths(year: number): number[] {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
}

/** All days of a year as `YYYY-MM-DD`. */
export function daysOfYear(year: number): string[] {
  return monthLengths(year).flatMap((length, month) =>
    Array.from(
      { length },
      (_, day) => `${year}-${String(month + 1).padStart(2, '0')}-${String(day + 1).padStart(2, '0')}`,
    ),
  );
}
