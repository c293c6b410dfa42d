import type { Finding } from '../../messages/finding.ts';
import { finding, type InspectedInput, type InspectedRaster, inLayerUnit, isRaster } from '../inspected-input.ts';
import { plainNumber } from '../numbers.ts';

/** Sand, silt and clay make up the whole of the fine earth: their means add to 100. */
export function checkTexture(inputs: readonly InspectedInput[]): Finding[] {
  const rasters = inputs.filter(isRaster);
  const parts = (['sand', 'silt', 'clay'] as const).map((id) => rasters.find((input) => input.spec.id === id));
  if (parts.some((part) => part === undefined)) return [];
  const means = parts.map((part) => meanOf(part!));
  if (means.some((mean) => mean === undefined)) return [];
  const total = means.reduce((sum: number, mean) => sum + mean!, 0);
  if (Math.abs(total - 100) <= 5) return [];
  const shown = means.map((mean) => plainNumber(mean!)).join(' + ');
  return [
    finding(
      parts[0]!,
      Math.abs(total - 100) > 20 ? 'error' : 'warning',
      'texture-sum',
      {
        zh: `砂粒、粉粒、黏粒的平均值为 ${shown} = ${plainNumber(total)} %`,
        en: `the means of sand, silt and clay are ${shown} = ${plainNumber(total)} %`,
      },
      { zh: '三者之和应为 100 %', en: 'they should add to 100 %' },
      {
        zh: '请核对单位与粒径分级（美国制 0.05 mm，国际制 0.02 mm）',
        en: 'check units and size limits (0.05 mm USDA, 0.02 mm international)',
      },
    ),
  ];
}

function meanOf(input: InspectedRaster): number | undefined {
  const mean = input.inspection.statistics[0]?.mean;
  return mean === undefined ? undefined : inLayerUnit(input, mean);
}
