import type { Finding } from '../../messages/finding.ts';
import { finding, type InspectedInput, isRaster } from '../inspected-input.ts';
import { plainNumber } from '../numbers.ts';

const warp = {
  zh: '请先用 gdalwarp 纠正为北向上的 GeoTIFF',
  en: 'rectify it first to a north-up GeoTIFF with gdalwarp',
};

/** The raster is tied to the ground by a plain north-up grid, or by one that can be turned into it. */
export function checkGeoreference(input: InspectedInput): Finding[] {
  if (!isRaster(input)) return [];
  const { georeference } = input.inspection;
  if (georeference.kind === 'gcp')
    return [
      finding(
        input,
        'error',
        'georeference-gcp-only',
        {
          zh: `只有 ${georeference.groundControlPoints} 个地面控制点，没有仿射变换`,
          en: `has ${georeference.groundControlPoints} ground control points only, no affine transform`,
        },
        { zh: '应为已纠正的栅格', en: 'a rectified raster is needed' },
        warp,
      ),
    ];
  if (georeference.kind === 'rpc')
    return [
      finding(
        input,
        'error',
        'georeference-rpc-only',
        { zh: '只有 RPC 参数，未经正射纠正', en: 'has RPC parameters only and is not orthorectified' },
        { zh: '应为正射影像', en: 'an orthorectified raster is needed' },
        warp,
      ),
    ];
  if (georeference.kind === 'none')
    return [
      finding(
        input,
        'error',
        'georeference-missing',
        { zh: '没有地理位置（缺少仿射变换）', en: 'has no position (no affine transform)' },
        { zh: '应有左上角坐标与像元大小', en: 'corner coordinates and cell size are needed' },
        { zh: '请连同 .tfw 等附属文件一并提供', en: 'supply it together with its .tfw or other side files' },
      ),
    ];
  const { cellWidth = 0, cellHeight = 0 } = georeference;
  if (!(cellWidth > 0) || !(cellHeight > 0) || !Number.isFinite(cellWidth) || !Number.isFinite(cellHeight))
    return [
      finding(
        input,
        'error',
        'georeference-degenerate',
        { zh: `像元大小为 ${cellWidth} × ${cellHeight}`, en: `its cells are ${cellWidth} × ${cellHeight}` },
        { zh: '应大于零', en: 'they must be larger than zero' },
        { zh: '请重新导出', en: 'export it again' },
      ),
    ];
  return [...orientation(input, cellWidth, cellHeight), ...sidecar(input)];
}

/** Sides that differ little must still look different. */
const exact = (side: number): string => String(Number(side.toPrecision(9)));

function orientation(input: InspectedInput, cellWidth: number, cellHeight: number): Finding[] {
  if (!isRaster(input)) return [];
  const { georeference } = input.inspection;
  const findings: Finding[] = [];
  if (georeference.rotated) {
    const [, a, , , d] = georeference.transform!;
    const degrees = (Math.atan2(d, a) * 180) / Math.PI;
    findings.push(
      finding(
        input,
        'warning',
        'georeference-rotated',
        { zh: `栅格旋转了 ${plainNumber(degrees)}°`, en: `the raster is turned by ${plainNumber(degrees)}°` },
        { zh: '应为北向上', en: 'north-up is expected' },
        {
          zh: '将重采样到北向上的网格；如需避免请先纠正',
          en: 'it will be resampled to a north-up grid; rectify it first to avoid that',
        },
      ),
    );
  } else if (georeference.southUp || georeference.mirrored)
    findings.push(
      finding(
        input,
        'warning',
        georeference.southUp ? 'georeference-south-up' : 'georeference-mirrored',
        georeference.southUp
          ? { zh: '首行在南（南向上）', en: 'its first row is the southern one (south-up)' }
          : { zh: '首列在东（左右颠倒）', en: 'its first column is the eastern one (mirrored)' },
        { zh: '应为北向上', en: 'north-up is expected' },
        {
          zh: '将按坐标翻转使用；请确认图像没有倒置',
          en: 'it is used by its coordinates; make sure the picture is not upside down',
        },
      ),
    );
  if (Math.abs(cellWidth / cellHeight - 1) > 1e-6)
    findings.push(
      finding(
        input,
        'note',
        'cells-not-square',
        {
          zh: `像元不是正方形（${exact(cellWidth)} × ${exact(cellHeight)}）`,
          en: `its cells are not square (${exact(cellWidth)} × ${exact(cellHeight)})`,
        },
        { zh: '', en: '' },
        { zh: '将重采样到方形网格', en: 'it will be resampled to square cells' },
      ),
    );
  return findings;
}

function sidecar(input: InspectedInput): Finding[] {
  if (!isRaster(input) || !input.inspection.georeference.fromSidecar) return [];
  return [
    finding(
      input,
      'note',
      'georeference-from-side-file',
      {
        zh: '位置来自附属文件（.tfw 或 .aux.xml），不在栅格本身',
        en: 'its position comes from a side file (.tfw or .aux.xml), not from the raster itself',
      },
      { zh: '', en: '' },
      { zh: '移动文件时请一并移动附属文件', en: 'move the side file along with it' },
    ),
  ];
}
