import type { Finding } from '../../messages/finding.ts';
import { type InspectedRaster, spellingOf } from '../inspected-input.ts';
import { type Range, wrong } from './value-range.ts';

/** Cover as fraction, as percent or as NDVI in one of its encodings: told apart by the range of the values. */
export function cover(input: InspectedRaster, stored: Range): Finding[] {
  const spelling = spellingOf(input)!.id;
  const file = input.inspection.bands[0];
  const scale = (file?.scale || 1) * (input.declared.options?.scale ?? 1);
  const [low, high] = [stored.minimum * scale + (file?.offset ?? 0), stored.maximum * scale + (file?.offset ?? 0)];
  if (spelling === 'ndvi') return ndvi(input, stored, low, high);
  if (spelling === 'cover-percent' && high > 0 && high <= 1)
    return [
      wrong(
        input,
        'unit-cover-fraction',
        stored,
        { zh: '像是小数（0–1）', en: 'look like fractions (0–1)' },
        { zh: '运行文件写的是百分数', en: 'the run file says percent' },
        { zh: '请写明 content: cover-fraction', en: 'state content: cover-fraction' },
      ),
    ];
  if (spelling === 'cover-fraction' && high > 1.5 && high <= 100)
    return [
      wrong(
        input,
        'unit-cover-percent',
        stored,
        { zh: '像是百分数（0–100）', en: 'look like percent (0–100)' },
        { zh: '运行文件写的是小数', en: 'the run file says fractions' },
        { zh: '请写明 content: cover-percent', en: 'state content: cover-percent' },
      ),
    ];
  if (low < 0 && low >= -1 && high <= 1)
    return [
      wrong(
        input,
        'unit-cover-ndvi',
        stored,
        { zh: '有负值，像是 NDVI', en: 'go below zero and look like NDVI' },
        { zh: '应为植被覆盖度', en: 'vegetation cover is expected' },
        { zh: '请写明 content: ndvi', en: 'state content: ndvi' },
      ),
    ];
  if (high > 100) return ndvi(input, stored, low, high);
  return [];
}

function ndvi(input: InspectedRaster, stored: Range, low: number, high: number): Finding[] {
  if (low >= -1.0001 && high <= 1.0001) return [];
  const expected = { zh: 'NDVI 应在 −1 与 1 之间', en: 'NDVI lies between −1 and 1' };
  if (input.inspection.cellType === 'uint8' && high <= 255 && high > 100)
    return [
      wrong(
        input,
        'unit-ndvi-bytes',
        stored,
        { zh: '像是以字节存储的 NDVI（×200 + 100）', en: 'look like NDVI in bytes (× 200 + 100)' },
        expected,
        { zh: '请先换算：(值 − 100) ÷ 200', en: 'convert them first: (value − 100) ÷ 200' },
      ),
    ];
  if (high > 100 && high <= 10_000)
    return [
      wrong(
        input,
        'unit-ndvi-scaled',
        stored,
        { zh: '像是放大 10000 倍的 NDVI', en: 'look like NDVI times 10000' },
        expected,
        { zh: '请写明 content: ndvi 与 scale: 0.0001', en: 'state content: ndvi and scale: 0.0001' },
      ),
    ];
  return [
    wrong(input, 'unit-ndvi-range', stored, { zh: '超出范围', en: 'are out of range' }, expected, {
      zh: '请核对比例系数与无数据值',
      en: 'check the scale and the nodata value',
    }),
  ];
}
