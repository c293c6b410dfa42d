import { textOf } from '../pipeline/exchange/cells.ts';
import type { NamedFeatures } from '../pipeline/exchange/read-features.ts';
import type { Geometry } from '../pipeline/formats/geometry.ts';
import { placedIn } from '../pipeline/formats/placed-in.ts';
import type { Language, Text } from '../pipeline/messages/text.ts';
import { type Agreement, agreement } from '../pipeline/supervision/agreement.ts';
import type { PatchBatch } from '../pipeline/supervision/patch-batch.ts';
import { padded } from './text-columns.ts';

const names: Readonly<Record<Exclude<keyof Agreement, 'faults'>, Text>> = {
  known: { zh: '已知图斑', en: 'known patches' },
  found: { zh: '发现图斑', en: 'found patches' },
  precisionByCount: { zh: '查准率（个数）', en: 'precision by count' },
  recallByCount: { zh: '查全率（个数）', en: 'recall by count' },
  precisionByArea: { zh: '查准率（面积）', en: 'precision by area' },
  recallByArea: { zh: '查全率（面积）', en: 'recall by area' },
  verdicts: { zh: '有已知判定', en: 'with a known verdict' },
  verdictsRight: { zh: '判定一致', en: 'verdicts that agree' },
};

const figure = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(4));

/** Agreement of a batch with known patches (number in `QDNM`, verdict in `BYD`), and each patch that differs. */
export function agreementLines({ features, crs }: NamedFeatures, batch: PatchBatch, language: Language): string[] {
  const place = (geometry: Geometry, from: string): Geometry => placedIn(geometry, from, batch.crs);
  const { faults, ...figures } = agreement(
    features.map(({ fid, geometry, attributes }) => ({
      key: textOf(attributes.QDNM) || String(fid),
      geometry: place(geometry, crs),
      ...(textOf(attributes.BYD) === '' ? {} : { verdict: textOf(attributes.BYD) }),
    })),
    batch.patches.map(({ number, geometry, crs: from, judgement }) => ({
      key: number,
      geometry: place(geometry, from),
      verdict: judgement.verdict,
    })),
  );
  const rows = (Object.keys(names) as (keyof typeof names)[]).map((name) => [
    names[name][language],
    figure(figures[name]),
  ]);
  const [fault, wanted, got] = language === 'zh' ? ['不一致', '应为', '得到'] : ['differs', 'expected', 'got'];
  return [
    padded(rows),
    ...faults.map((each) => `${fault}  ${each.key}  ${wanted} ${each.expected || '–'}  ${got} ${each.got || '–'}`),
  ];
}
