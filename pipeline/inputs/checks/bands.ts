import type { Finding } from '../../messages/finding.ts';
import type { CheckContext } from '../declared-input.ts';
import { finding, type InspectedInput, isRaster } from '../inspected-input.ts';

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Days of a calendar year. */
export const daysOfYear = (year: number): number => (isLeap(year) ? 366 : 365);

/** The raster has the bands that the layer needs. */
export function checkBands(input: InspectedInput, context: CheckContext): Finding[] {
  if (!isRaster(input)) return [];
  const { bandCount } = input.inspection;
  const chosen = input.declared.options?.bands;
  if (chosen) {
    const missing = chosen.filter((band) => band < 1 || band > bandCount);
    if (missing.length === 0) return [];
    return [
      finding(
        input,
        'error',
        'band-missing',
        {
          zh: `没有第 ${missing.join('、')} 波段，只有 ${bandCount} 个`,
          en: `has no band ${missing.join(', ')}; it has ${bandCount}`,
        },
        { zh: '', en: '' },
        { zh: '请改正运行文件中的 band', en: 'correct band in the run file' },
      ),
    ];
  }
  const year = input.declared.options?.year ?? context.year;
  const wanted = input.spec.bands;
  if (wanted === undefined) return [];
  if (wanted === 'days') return checkDays(input, bandCount, year);
  const allowed = typeof wanted === 'number' ? [wanted] : wanted;
  if (allowed.includes(bandCount)) return [];
  const hint =
    wanted === 24 && bandCount === 23
      ? {
          zh: '23 期的 MODIS 合成不等于 24 个半月，请先按半月重新合成',
          en: '23 MODIS composites are not 24 half-months; composite them by half-month first',
        }
      : { zh: '请提供波段数正确的文件', en: 'supply a file with the right number of bands' };
  return [
    finding(
      input,
      'error',
      'band-count',
      { zh: `有 ${bandCount} 个波段`, en: `has ${bandCount} bands` },
      { zh: `应为 ${allowed.join(' 或 ')} 个`, en: `${allowed.join(' or ')} are needed` },
      hint,
    ),
  ];
}

function checkDays(input: InspectedInput, bandCount: number, year: number | undefined): Finding[] {
  const days = year === undefined ? undefined : daysOfYear(year);
  if (days === undefined ? bandCount === 365 || bandCount === 366 : bandCount === days) return [];
  const leapOnly = days !== undefined && Math.abs(bandCount - days) === 1;
  return [
    finding(
      input,
      'error',
      'band-count-days',
      { zh: `有 ${bandCount} 个波段`, en: `has ${bandCount} bands` },
      days === undefined
        ? { zh: '逐日降雨应每天一个波段（365 或 366 个）', en: 'daily rain has one band per day (365 or 366)' }
        : {
            zh: `${year} 年有 ${days} 天，应有 ${days} 个波段`,
            en: `${year} has ${days} days, so ${days} bands are needed`,
          },
      leapOnly
        ? { zh: '请核对是否缺 2 月 29 日，或年份有误', en: 'check 29 February, and whether the year is right' }
        : { zh: '请核对年份与文件', en: 'check the year and the file' },
    ),
  ];
}
