import type { ExtentInspection } from '../../formats/inspect/inspection.ts';
import type { Finding } from '../../messages/finding.ts';
import { cellAreaSquareMetres } from '../cell-area.ts';
import { finding, type InspectedInput, type InspectedRaster, isRaster } from '../inspected-input.ts';
import { area, counted, percent } from '../numbers.ts';

const supply = { zh: '请补充数据，或缩小统计范围', en: 'supply data for it, or narrow the area' };

/** Each layer covers the area of interest and has no holes in it. */
export function checkExtent(inputs: readonly InspectedInput[]): Finding[] {
  const findings: Finding[] = [];
  const elevation = inputs.filter(isRaster).find((input) => input.spec.id === 'elevation');
  for (const input of inputs) {
    if (isRaster(input)) {
      findings.push(...checkEmpty(input), ...checkArea(input), ...checkHoles(input));
      if (elevation && input !== elevation) findings.push(...checkAgainst(input, elevation));
    } else if (elevation && input.inspection.kind === 'vector') findings.push(...checkApart(input, elevation));
  }
  return findings;
}

function checkEmpty(input: InspectedRaster): Finding[] {
  const empty = input.inspection.statistics.filter((band) => band.cells > 0 && band.nodataCells === band.cells);
  if (empty.length === 0) return [];
  const bands = empty.map((band) => band.band).join(', ');
  return [
    finding(
      input,
      'error',
      'raster-all-nodata',
      input.inspection.bandCount === 1
        ? { zh: '所有像元都没有值', en: 'no cell has a value' }
        : { zh: `第 ${bands} 波段的所有像元都没有值`, en: `no cell of band ${bands} has a value` },
      { zh: '应有有效值', en: 'values are needed' },
      { zh: '请核对文件与无数据值', en: 'check the file and its nodata value' },
    ),
  ];
}

/** Coverage of the area of interest, by the cells of the layer itself. */
function checkArea(input: InspectedRaster): Finding[] {
  if (!input.spec.needsFullCover) return [];
  let worst: { band: number; share: number; missing: number } | undefined;
  for (const band of input.inspection.statistics) {
    if (!band.area || band.area.cells === 0 || band.cells === band.nodataCells) continue;
    const share = band.area.nodataCells / band.area.cells;
    if (!worst || share > worst.share) worst = { band: band.band, share, missing: band.area.nodataCells };
  }
  if (!worst || worst.share === 0) return [];
  const size = cellAreaSquareMetres(input.inspection);
  const missing = size === undefined ? undefined : area(worst.missing * size);
  const bandText =
    input.inspection.bandCount > 1
      ? { zh: `第 ${worst.band} 波段在`, en: `band ${worst.band} ` }
      : { zh: '在', en: '' };
  const nothing = worst.share >= 0.999;
  return [
    finding(
      input,
      nothing ? 'error' : worst.share > 0.01 ? 'warning' : 'note',
      nothing ? 'extent-disjoint' : 'extent-incomplete',
      nothing
        ? { zh: '没有覆盖统计范围', en: 'does not reach the area of interest' }
        : {
            zh: `${bandText.zh}统计范围内有 ${percent(worst.share)} 没有值${missing ? `（${missing.zh}）` : ''}`,
            en: `${bandText.en}has no value in ${percent(worst.share)} of the area of interest${missing ? ` (${missing.en})` : ''}`,
          },
      worst.share > 0.05
        ? {
            zh: '应全部覆盖；缺失超过 5 % 的分区不计算水土保持率',
            en: 'the whole area should be covered; zones with more than 5 % missing get no conservation rate',
          }
        : { zh: '应全部覆盖', en: 'the whole area should be covered' },
      supply,
    ),
  ];
}

function checkHoles(input: InspectedRaster): Finding[] {
  const holes = input.inspection.statistics[0]?.holes;
  if (!holes || holes.patches === 0 || input.spec.id !== 'elevation') return [];
  const size = cellAreaSquareMetres(input.inspection);
  const total = size === undefined ? undefined : area(holes.cells * size);
  return [
    finding(
      input,
      'warning',
      'elevation-holes',
      {
        zh: `内部有 ${holes.patches} 处空洞，共 ${holes.cells} 个像元${total ? `（${total.zh}）` : ''}`,
        en: `has ${counted(holes.patches, 'hole')} inside, ${counted(holes.cells, 'cell')} in all${total ? ` (${total.en})` : ''}`,
      },
      { zh: '空洞及受其影响的下坡不出结果', en: 'holes, and slopes below them, get no result' },
      { zh: '请先补洞', en: 'fill them first' },
    ),
  ];
}

const degrees = (extent: ExtentInspection): string =>
  `${extent.west.toFixed(3)}–${extent.east.toFixed(3)}°E, ${extent.south.toFixed(3)}–${extent.north.toFixed(3)}°N`;

function overlap(own: ExtentInspection, base: ExtentInspection): number {
  const width = Math.min(own.east, base.east) - Math.max(own.west, base.west);
  const height = Math.min(own.north, base.north) - Math.max(own.south, base.south);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / ((base.east - base.west) * (base.north - base.south));
}

function checkApart(input: InspectedInput, elevation: InspectedRaster): Finding[] {
  const own = input.inspection.kind === 'vector' ? input.inspection.lonLat : undefined;
  const base = elevation.inspection.lonLat;
  if (!own || !base) return [];
  const reach = Math.min(own.east, base.east) >= Math.max(own.west, base.west);
  const rise = Math.min(own.north, base.north) >= Math.max(own.south, base.south);
  return reach && rise ? [] : [disjoint(input, own, elevation, base)];
}

function disjoint(
  input: InspectedInput,
  own: ExtentInspection,
  elevation: InspectedRaster,
  base: ExtentInspection,
): Finding {
  return finding(
    input,
    'error',
    'extent-disjoint',
    {
      zh: `范围 ${degrees(own)}，与“${elevation.declared.displayName}”（${degrees(base)}）不相交`,
      en: `lies at ${degrees(own)}, apart from ${elevation.declared.displayName} at ${degrees(base)}`,
    },
    { zh: '各图层应在同一地区', en: 'all layers should lie in one region' },
    { zh: '请核对坐标系与文件', en: 'check the coordinate system and the file' },
  );
}

/** Extents side by side: a layer that ends inside the elevation leaves a rim without results. */
function checkAgainst(input: InspectedRaster, elevation: InspectedRaster): Finding[] {
  const own = input.inspection.lonLat;
  const base = elevation.inspection.lonLat;
  if (!own || !base) return [];
  const share = overlap(own, base);
  if (share === 0) return [disjoint(input, own, elevation, base)];
  if (share > 0.999) return [];
  const { width, height } = input.inspection;
  const { width: baseWidth, height: baseHeight } = elevation.inspection;
  return [
    finding(
      input,
      share < 0.95 && input.spec.needsFullCover ? 'warning' : 'note',
      'extent-differs',
      {
        zh: `范围与“${elevation.declared.displayName}”不同（${width} × ${height}，高程 ${baseWidth} × ${baseHeight}），只覆盖其 ${percent(share)}`,
        en: `its extent differs from that of ${elevation.declared.displayName} (${width} × ${height} against ${baseWidth} × ${baseHeight} cells); it covers ${percent(share)} of it`,
      },
      { zh: '应覆盖全部高程范围', en: 'it should cover the whole elevation' },
      {
        zh: '未覆盖处没有结果；各图层按坐标对齐，不按行列号，无须裁剪到相同大小',
        en: 'cells it does not reach get no result; layers are matched by coordinates, so they need not be cut to one size',
      },
    ),
  ];
}
