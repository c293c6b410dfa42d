import type { Language, Text } from '../pipeline/messages/text.ts';
import { termWithMeaning } from './official-terms.ts';

/** What the numbers of a rule card are called; a name it lacks is shown as it is. */
const names: Readonly<Record<string, Text>> = {
  areaSquareMetres: { zh: '图斑面积', en: 'area of the patch' },
  insideSquareMetres: { zh: '有效范围内', en: 'inside boundaries in force' },
  outsideSquareMetres: { zh: '有效范围外', en: 'outside boundaries in force' },
  outsideShare: { zh: '范围外比例', en: 'share outside' },
  beyondToleranceSquareMetres: { zh: '超出容差', en: 'beyond the tolerance' },
  insideSchematicSquareMetres: { zh: '示意性范围内', en: 'inside schematic ranges' },
  approvedSquareMetres: { zh: '批准范围面积', en: 'approved range' },
  rangeGrowthShare: { zh: '超出占批准范围', en: 'excess against the approved range' },
  planByArea: { zh: '按面积应编报', en: 'plan the area asks for' },
  unstartedProject: { zh: '未开工的项目', en: 'project not begun' },
  unstartedMetres: { zh: '距未开工的项目', en: 'distance to the project not begun' },
  imageDate: { zh: '影像日期', en: 'day of the image' },
  knownOn: { zh: '范围截至', en: 'boundaries known on' },
  disturbedFrom: { zh: '扰动不早于', en: 'disturbed not before' },
  disturbedBy: { zh: '扰动不晚于', en: 'disturbed by' },
};

/** The numbers a rule looked at, each with its name and rounded for people; the card in the store keeps them whole. */
export function cardNumberLines(
  numbers: Readonly<Record<string, number | string>>,
  language: Language,
): (readonly [string, string])[] {
  return Object.entries(numbers).map(([name, value]) => [
    names[name]?.[language] ?? name,
    shown(name, value, language),
  ]);
}

function shown(name: string, value: number | string, language: Language): string {
  if (typeof value === 'string') return value === '' ? '—' : termWithMeaning(value, language);
  if (name.endsWith('SquareMetres')) return `${value.toFixed(2)} m²`;
  if (name.endsWith('Metres')) return `${value.toFixed(1)} m`;
  if (name.endsWith('Share')) return `${(value * 100).toFixed(2)} %`;
  return String(value);
}
