import type { Finding } from '../../messages/finding.ts';
import type { Text } from '../../messages/text.ts';
import { finding, type InspectedRaster } from '../inspected-input.ts';
import { plainNumber } from '../numbers.ts';

/** Smallest, largest and middle of a set of values. */
export interface Range {
  readonly minimum: number;
  readonly maximum: number;
  readonly median: number;
}

/** Smallest, largest and middle value over all bands read, in stored numbers. */
export function storedRange(input: InspectedRaster): Range | undefined {
  const bands = input.inspection.statistics.filter((band) => band.minimum !== undefined);
  if (bands.length === 0) return undefined;
  const medians = bands.map((band) => band.median!).sort((a, b) => a - b);
  return {
    minimum: Math.min(...bands.map((band) => band.minimum!)),
    maximum: Math.max(...bands.map((band) => band.maximum!)),
    median: medians[Math.floor(medians.length / 2)]!,
  };
}

/** Smallest and largest for people. */
export const rangeText = (stored: Range): string => `${plainNumber(stored.minimum)} … ${plainNumber(stored.maximum)}`;

/** An error about the unit of values, with their range. */
export function wrong(
  input: InspectedRaster,
  code: string,
  stored: Range,
  looks: Text,
  expected: Text,
  cure: Text,
): Finding {
  const shown = `${rangeText(stored)}`;
  const median = plainNumber(stored.median);
  return finding(
    input,
    'error',
    code,
    {
      zh: `数值为 ${shown}（中位数 ${median}），${looks.zh}`,
      en: `its values ${shown} (median ${median}) ${looks.en}`,
    },
    expected,
    cure,
  );
}
