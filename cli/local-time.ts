import type { Language } from '../pipeline/messages/text.ts';
import { duration } from './commands/plan-page.ts';

/** A time as the clock on the wall shows it: 2026-05-01 08:09:10. */
export function localTime(iso: string): string {
  const time = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${day} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')}`;
}

/** How long ago a time was. */
export function ago(iso: string, now: Date, language: Language): string {
  const past = duration(Math.max(0, now.getTime() - Date.parse(iso)) / 1000, language);
  return language === 'zh' ? `${past}前` : `${past} ago`;
}
