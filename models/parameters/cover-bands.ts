import type { CodedRow } from './confidence.ts';

const row = (code: number, value: number, zh: string, en: string): CodedRow<number, number> => ({
  code,
  value,
  name: { zh, en },
  source: '水土流失动态监测植被覆盖度分级',
  confidence: 'recalled',
  validFrom: null,
  validTo: null,
});

/** Grades of vegetation cover of gardens, forest and grassland; `value` is the lower limit, percent, inclusive. */
export const coverBands: readonly CodedRow<number, number>[] = [
  row(1, 0, '低覆盖', 'low cover'),
  row(2, 30, '中低覆盖', 'medium-low cover'),
  row(3, 45, '中覆盖', 'medium cover'),
  row(4, 60, '中高覆盖', 'medium-high cover'),
  row(5, 75, '高覆盖', 'high cover'),
];

/** Grade 1–5 of a cover in percent; 0 for NaN. */
export function bandOfCover(coverPercent: number): number {
  if (Number.isNaN(coverPercent)) return 0;
  return coverBands.reduce((band, { code, value }) => (coverPercent >= value! ? code : band), 1);
}
