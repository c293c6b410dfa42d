import type { Finding } from '../../messages/finding.ts';
import { finding, type InspectedInput, isRaster } from '../inspected-input.ts';
import { byteSize, percent } from '../numbers.ts';

/** The raster is of a believable size for the bytes it has, and was read through. */
export function checkSize(input: InspectedInput): Finding[] {
  if (!isRaster(input)) return [];
  const { inspection } = input;
  const findings: Finding[] = [];
  const filled = inspection.decodedBytes * (1 - inspection.emptyBlocks / Math.max(1, inspection.blocks));
  const ratio = filled / Math.max(1, inspection.fileBytes);
  if (ratio > 400 && filled > 256e6)
    findings.push(
      finding(
        input,
        'warning',
        'size-suspicious',
        {
          zh: `${byteSize(inspection.fileBytes)} 的文件解压后为 ${byteSize(filled)}（${Math.round(ratio)} 倍）`,
          en: `its ${byteSize(inspection.fileBytes)} decode to ${byteSize(filled)} (${Math.round(ratio)} times)`,
        },
        {
          zh: '正常数据很少超过 100 倍：内容几乎不变，或文件有问题',
          en: 'ordinary data stay below 100 times: it is nearly constant, or something is wrong with it',
        },
        { zh: '请核对是否为所需数据', en: 'make sure it is the data you want' },
      ),
    );
  if (inspection.emptyBlocks > 0)
    findings.push(
      finding(
        input,
        'note',
        'size-sparse',
        {
          zh: `稀疏文件：${inspection.blocks} 个数据块中有 ${inspection.emptyBlocks} 个为空（${percent(inspection.emptyBlocks / inspection.blocks)}）`,
          en: `a sparse file: ${inspection.emptyBlocks} of ${inspection.blocks} blocks hold nothing (${percent(inspection.emptyBlocks / inspection.blocks)})`,
        },
        inspection.nodata.spelling === 'none'
          ? { zh: '空块读作 0，因为没有声明无数据值', en: 'they read as 0, because no nodata value is declared' }
          : { zh: '空块视为无数据', en: 'they count as nodata' },
      ),
    );
  if (inspection.readShare < 0.999 && inspection.readShare > 0 && !inspection.damage)
    findings.push(
      finding(input, 'note', 'size-sampled', {
        zh: `统计只读取了 ${percent(inspection.readShare)} 的数据`,
        en: `only ${percent(inspection.readShare)} of it was read for the statistics`,
      }),
    );
  return findings;
}
