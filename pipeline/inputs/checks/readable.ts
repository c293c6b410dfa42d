import type { Inspection } from '../../formats/inspect/inspection.ts';
import type { Finding } from '../../messages/finding.ts';
import type { Text } from '../../messages/text.ts';
import { finding, type InspectedInput } from '../inspected-input.ts';

const kindNames = {
  raster: { zh: '栅格', en: 'a raster' },
  vector: { zh: '矢量', en: 'a vector file' },
  table: { zh: '表格', en: 'a table' },
} as const;

export const damageCure: Text = { zh: '请重新拷贝或导出', en: 'copy or export it again' };

/** What is broken in a file that can be read in part; undefined where nothing is. */
export const damageOf = (inspection: Inspection): Text | undefined =>
  inspection.kind === 'raster' || inspection.kind === 'vector' ? inspection.damage : undefined;

/** The file can be read, wholly, and is of a kind the layer can be. */
export function checkReadable(input: InspectedInput): Finding[] {
  const { inspection, spec } = input;
  if (inspection.kind === 'unreadable')
    return [finding(input, 'error', inspection.code, inspection.reason, undefined, inspection.cure)];
  const wanted = [spec.kind, ...(spec.alsoKinds ?? [])].map((kind) =>
    kind === 'continuous' || kind === 'class' ? 'raster' : kind,
  );
  const findings: Finding[] = [];
  if (!wanted.includes(inspection.kind))
    findings.push(
      finding(
        input,
        'error',
        'file-wrong-kind',
        { zh: `是${kindNames[inspection.kind].zh}`, en: `is ${kindNames[inspection.kind].en}` },
        {
          zh: `“${spec.name.zh}”应为${wanted.map((kind) => kindNames[kind].zh).join('或')}`,
          en: `${spec.name.en} should be ${wanted.map((kind) => kindNames[kind].en).join(' or ')}`,
        },
        { zh: '请在运行文件中改正文件名', en: 'correct the file name in the run file' },
      ),
    );
  const damage = damageOf(inspection);
  const whole: Text = { zh: '应为完整的文件', en: 'the whole file is needed' };
  if (damage) findings.push(finding(input, 'error', 'file-damaged', damage, whole, damageCure));
  return findings;
}
