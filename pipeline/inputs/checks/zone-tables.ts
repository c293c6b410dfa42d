import type { TableColumn } from '../../formats/inspect/inspection.ts';
import type { Finding } from '../../messages/finding.ts';
import type { CheckContext } from '../declared-input.ts';
import { finding, type InspectedInput } from '../inspected-input.ts';
import { areaColumn, codeColumn, targetColumn, wholeRegion } from '../zone-attributes.ts';

const figures: Readonly<Record<string, typeof areaColumn>> = { landAreas: areaColumn, targets: targetColumn };

function columnOf(input: InspectedInput, { names }: typeof codeColumn): TableColumn | undefined {
  if (input.inspection.kind !== 'table') return undefined;
  return input.inspection.columns.find(({ name }) => names.test(name.trim()));
}

/** Tables of official areas and of targets have a column of codes and one of figures. */
export function checkZoneTable(input: InspectedInput): Finding[] {
  const { inspection, spec } = input;
  const figure = figures[spec.id];
  if (inspection.kind !== 'table' || !figure) return [];
  const missing = [codeColumn, figure].filter((column) => !columnOf(input, column));
  if (missing.length === 0) return [];
  const present = inspection.columns.map(({ name }) => name).slice(0, 15);
  return [
    finding(
      input,
      'error',
      'column-missing',
      {
        zh: `没有“${missing.map(({ meaning }) => meaning.zh).join('”“')}”列`,
        en: `has no column for ${missing.map(({ meaning }) => meaning.en).join('; ')}`,
      },
      { zh: `现有列：${present.join('、')}`, en: `its columns are ${present.join(', ')}` },
      { zh: '请改正标题行', en: 'correct the heading' },
    ),
  ];
}

/** Counties that must be there: those the run is told of, else those the tables of areas and targets list. */
export function expectedCounties(
  inputs: readonly InspectedInput[],
  context: CheckContext,
): CheckContext['expectedCounties'] {
  if (context.expectedCounties) return context.expectedCounties;
  const codes = inputs
    .filter(({ spec }) => figures[spec.id])
    .flatMap((input) => columnOf(input, codeColumn)?.distinct ?? [])
    .map((code) => code.trim())
    .filter((code) => code !== '' && !wholeRegion.test(code));
  return codes.length === 0 ? undefined : [...new Set(codes)].map((code) => ({ code }));
}
