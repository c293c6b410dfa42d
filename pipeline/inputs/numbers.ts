/** A number for people: at most five significant digits, no exponent where it can be helped. */
export function plainNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e12 || size < 1e-4) return value.toPrecision(4).replace(/\.?0+e/, 'e');
  if (size >= 1e5) return String(Math.round(value));
  return String(Number(value.toPrecision(5)));
}

/** A share as percent: 12.3 %, and never 0 % or 100 % for what is not. */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.01) return '<0.01 %';
  if (value < 100 && value > 99.99) return '>99.99 %';
  return `${Number(value.toFixed(value < 1 ? 2 : 1))} %`;
}

/** An area in km², or in hm² (hectares) below one. */
export function area(squareMetres: number): { zh: string; en: string } {
  if (squareMetres >= 1e6) {
    const shown = `${plainNumber(squareMetres / 1e6)} km²`;
    return { zh: shown, en: shown };
  }
  const shown = plainNumber(squareMetres / 1e4);
  return { zh: `${shown} hm²`, en: `${shown} ha` };
}

/** Bytes as B, kB, MB or GB. */
export function byteSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${Number(value.toPrecision(3))} ${units[unit]}`;
}

/** A count with its noun in English: `1 cell`, `2 cells`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
