import { erosionClassesSl190 } from '../../parameters/erosion-classes-sl190.ts';
import { sharePercent } from '../change.ts';
import { largestRemainderPercents } from '../largest-remainder.ts';
import { type Bilingual, dash, printNumber, type RawValue, type TableColumn } from './table.ts';

/** Decimals of areas in km² and of percentages in the report tables. */
export const areaDecimals = 2;

export const areaHeader = { zh: '面积', en: 'area' };
export const landAreaHeader = { zh: '土地总面积', en: 'land area' };
export const erodedHeader = { zh: '水土流失面积', en: 'eroded area' };
export const landShareHeader = { zh: '占土地总面积比例', en: 'share of land area' };
export const erodedShareHeader = { zh: '占水土流失面积比例', en: 'share of eroded area' };

const erodedClasses = erosionClassesSl190.slice(1);

/** Columns 轻度 … 剧烈, each with its area and its share of the eroded area. */
export const classColumns: readonly TableColumn[] = erodedClasses.flatMap(({ code, name }) => [
  { id: `class-${code}-area`, header: areaHeader, group: name, unit: 'km²', decimals: areaDecimals },
  { id: `class-${code}-share`, header: erodedShareHeader, group: name, unit: '%', decimals: 2 },
]);

/** Raw and printed content of neighbouring cells. */
export interface Cells {
  readonly raw: RawValue[];
  readonly printed: string[];
  /** As in `TableRow`; left out where no cell has English text. */
  readonly english?: (string | undefined)[];
}

export const joinCells = (...parts: readonly Cells[]): Required<Cells> => ({
  raw: parts.flatMap((part) => part.raw),
  printed: parts.flatMap((part) => part.printed),
  english: parts.flatMap((part) => part.english ?? part.printed.map(() => undefined)),
});

/** Text that is the same in both languages (codes), or in both. */
export function textCells(...values: readonly (string | Bilingual)[]): Required<Cells> {
  const chinese = values.map((value) => (typeof value === 'string' ? value : value.zh));
  const english = values.map((value) => (typeof value === 'string' ? undefined : value.en));
  return { raw: chinese, printed: [...chinese], english };
}

export const numberCell = (value: number | null | undefined, decimals: number): Cells => ({
  raw: [value === undefined || Number.isNaN(value) ? null : value],
  printed: [printNumber(value, decimals)],
});

/** An area whose printed digits were fixed by controlled rounding. */
export const areaCell = (raw: number, units: number): Cells => ({
  raw: [raw],
  printed: [(units / 10 ** areaDecimals).toFixed(areaDecimals)],
});

/** Cells of the five classes; shares printed so that they sum to 100.00, dashes without eroded area. */
export function classCells(classAreas: ArrayLike<number>, units: readonly number[]): Cells {
  const areas = erodedClasses.map(({ code }) => classAreas[code]);
  const whole = areas.reduce((sum, area) => sum + area, 0);
  const printedShares = whole > 0 ? largestRemainderPercents(areas).map((share) => share.toFixed(2)) : undefined;
  return joinCells(
    ...areas.map((area, index) =>
      joinCells(areaCell(area, units[index + 1]), {
        raw: [sharePercent(area, whole) ?? null],
        printed: [printedShares?.[index] ?? dash],
      }),
    ),
  );
}
