import type { Inspection, RasterInspection, TableInspection, VectorInspection } from '../formats/inspect/inspection.ts';
import { type InspectionLimits, Inspector } from '../formats/inspect/inspector-pool.ts';
import type { Language, Text } from '../messages/text.ts';
import { damageCure, damageOf } from './checks/readable.ts';
import { describeCrs, unitSuffix } from './describe-crs.ts';
import { byteSize, counted, percent, plainNumber } from './numbers.ts';

export interface DescribedFile {
  readonly path: string;
  readonly inspection: Inspection;
  /** One line: what the file is, or why it cannot be read. */
  readonly line: string;
  /** False where it cannot be read, or only in part. */
  readonly sound: boolean;
}

/** Describes files one by one, each in one line; for `shuibao check FILE…` without a run file. */
export async function describeFiles(
  paths: readonly string[],
  language: Language,
  limits: Partial<InspectionLimits> = {},
): Promise<DescribedFile[]> {
  const inspector = new Inspector(limits);
  try {
    const described: DescribedFile[] = [];
    for (const path of paths) {
      const inspection = await inspector.inspect({ path, holes: true });
      const damage = damageOf(inspection);
      const parts = [
        describeInspection(inspection, language),
        ...(damage ? [damage[language], damageCure[language]] : []),
      ];
      const line = parts.join(language === 'zh' ? '；' : '; ');
      described.push({ path, inspection, line, sound: inspection.kind !== 'unreadable' && !damage });
    }
    return described;
  } finally {
    inspector.close();
  }
}

/** One line about a file; what is broken in it is left to those who say what to do about it. */
export function describeInspection(inspection: Inspection, language: Language): string {
  const text = oneText(inspection)[language];
  return text.replace(/\s+/g, ' ').trim();
}

function oneText(inspection: Inspection): Text {
  switch (inspection.kind) {
    case 'raster':
      return joined(rasterParts(inspection));
    case 'vector':
      return joined(vectorParts(inspection));
    case 'table':
      return joined(tableParts(inspection));
    default:
      return joined([inspection.reason, inspection.cure]);
  }
}

const joined = (parts: readonly Text[]): Text => ({
  zh: parts
    .map((part) => part.zh)
    .filter((part) => part !== '')
    .join('；'),
  en: parts
    .map((part) => part.en)
    .filter((part) => part !== '')
    .join('; '),
});

const both = (shown: string): Text => ({ zh: shown, en: shown });

function extentText(inspection: RasterInspection | VectorInspection): Text {
  const { extent, lonLat } = inspection;
  if (!extent) return both('');
  const xy = `x ${plain(extent.west)} … ${plain(extent.east)}, y ${plain(extent.south)} … ${plain(extent.north)}`;
  if (!lonLat || inspection.crs.kind === 'geographic') return both(xy);
  const degrees = `${lonLat.west.toFixed(4)}–${lonLat.east.toFixed(4)}°E, ${lonLat.south.toFixed(4)}–${lonLat.north.toFixed(4)}°N`;
  return { zh: `${xy}（${degrees}）`, en: `${xy} (${degrees})` };
}

const plain = (value: number): string => String(Number(value.toFixed(Math.abs(value) < 1000 ? 6 : 2)));

function rasterParts(raster: RasterInspection): Text[] {
  const bands = raster.bandCount;
  return [
    {
      zh: `${raster.format} ${raster.width} × ${raster.height}，${bands} 个波段，${raster.cellType}，压缩 ${raster.compression}，${byteSize(raster.fileBytes)}`,
      en: `${raster.format} ${raster.width} × ${raster.height}, ${bands} band${bands === 1 ? '' : 's'}, ${raster.cellType}, compression ${raster.compression}, ${byteSize(raster.fileBytes)}`,
    },
    describeCrs(raster.crs),
    positionText(raster),
    extentText(raster),
    nodataText(raster),
    valuesText(raster),
  ];
}

function positionText({ georeference, crs }: RasterInspection): Text {
  if (georeference.kind === 'gcp')
    return {
      zh: `只有 ${georeference.groundControlPoints} 个地面控制点`,
      en: `${georeference.groundControlPoints} ground control points only`,
    };
  if (georeference.kind === 'rpc') return { zh: '只有 RPC 参数', en: 'RPC parameters only' };
  if (georeference.kind === 'none') return { zh: '没有地理位置', en: 'no position' };
  const cell = `${plain(georeference.cellWidth ?? 0)} × ${plain(georeference.cellHeight ?? 0)}${unitSuffix(crs)}`;
  const zh = [`像元 ${cell}`];
  const en = [`cells ${cell}`];
  if (georeference.rotated) {
    zh.push('旋转');
    en.push('rotated');
  }
  if (georeference.southUp) {
    zh.push('南向上');
    en.push('south-up');
  }
  if (georeference.pixelIsPoint) {
    zh.push('PixelIsPoint');
    en.push('PixelIsPoint');
  }
  return { zh: zh.join('，'), en: en.join(', ') };
}

function nodataText({ nodata }: RasterInspection): Text {
  if (nodata.spelling === 'none') return { zh: '未声明无数据值', en: 'no nodata declared' };
  const odd =
    nodata.spelling === 'outside-type'
      ? { zh: '（超出像元类型）', en: ' (outside the cell type)' }
      : nodata.spelling === 'unreadable'
        ? { zh: '（不是数值）', en: ' (not a number)' }
        : nodata.spelling === 'rounded'
          ? { zh: '（不是 float32 最小值）', en: ' (not the lowest float32)' }
          : both('');
  return { zh: `无数据值 ${nodata.text}${odd.zh}`, en: `nodata ${nodata.text}${odd.en}` };
}

function valuesText(raster: RasterInspection): Text {
  const band = raster.statistics[0];
  if (!band || band.cells === 0) return { zh: '未读取像元值', en: 'values not read' };
  const of = raster.bandCount > 1 ? { zh: '第 1 波段', en: 'band 1 ' } : both('');
  const missing = band.nodataCells / band.cells;
  const shareText =
    band.nodataCells === 0 ? both('') : { zh: `，无数据 ${percent(missing)}`, en: `, ${percent(missing)} nodata` };
  const read =
    raster.readShare < 0.999
      ? { zh: `（读取了 ${percent(raster.readShare)}）`, en: ` (${percent(raster.readShare)} read)` }
      : both('');
  if (band.minimum === undefined || band.maximum === undefined)
    return { zh: `${of.zh}没有有效值${read.zh}`, en: `${of.en}holds no values${read.en}` };
  const range = `${plainNumber(band.minimum)} … ${plainNumber(band.maximum)}`;
  const mean = plainNumber(band.mean ?? Number.NaN);
  return {
    zh: `${of.zh}值 ${range}，均值 ${mean}${shareText.zh}${read.zh}`,
    en: `${of.en}values ${range}, mean ${mean}${shareText.en}${read.en}`,
  };
}

function vectorParts(vector: VectorInspection): Text[] {
  const types = Object.entries(vector.geometryTypes).map(([type, count]) => `${type} × ${count}`);
  const odd: Text[] = [];
  if (vector.nullGeometries + vector.emptyGeometries > 0) {
    const count = vector.nullGeometries + vector.emptyGeometries;
    odd.push({ zh: `${count} 个没有几何`, en: `${count} without geometry` });
  }
  if (vector.invalidGeometries.count > 0) {
    const { count, reason } = vector.invalidGeometries;
    odd.push({
      zh: `${count} 个几何无效${reason ? `（${reason.zh}）` : ''}`,
      en: `${count} invalid${reason ? ` (${reason.en})` : ''}`,
    });
  }
  const missing = vector.missingParts.filter((part) => part !== '.cpg');
  if (missing.length > 0) odd.push({ zh: `缺少 ${missing.join('、')}`, en: `missing ${missing.join(', ')}` });
  const { name, sample, doubtful } = vector.encoding;
  const example = sample ? { zh: `（${sample}）`, en: ` (${sample})` } : both('');
  const names = vector.fields
    .map((field) => field.name)
    .slice(0, 8)
    .join(', ');
  return [
    {
      zh: `${vector.format} ${vector.featureCount} 个要素${types.length > 0 ? `（${types.join('、')}）` : ''}，${byteSize(vector.fileBytes)}`,
      en: `${vector.format} ${vector.featureCount} feature${vector.featureCount === 1 ? '' : 's'}${types.length > 0 ? ` (${types.join(', ')})` : ''}, ${byteSize(vector.fileBytes)}`,
    },
    vector.format === 'dBASE' ? both('') : describeCrs(vector.crs),
    extentText(vector),
    names === '' ? { zh: '没有属性字段', en: 'no attribute fields' } : { zh: `字段 ${names}`, en: `fields ${names}` },
    name === '' ? both('') : { zh: `编码 ${name}${example.zh}`, en: `encoding ${name}${example.en}` },
    doubtful ?? both(''),
    ...odd,
  ];
}

function tableParts(table: TableInspection): Text[] {
  const names = table.columns
    .map((column) => column.name)
    .slice(0, 8)
    .join(', ');
  const days = table.days;
  const gaps =
    days && days.missing > 0 ? { zh: `，缺 ${days.missing} 天`, en: `, ${days.missing} days missing` } : both('');
  return [
    {
      zh: `CSV ${table.rowCount} 行 ${table.columns.length} 列，${byteSize(table.fileBytes)}，编码 ${table.encoding}${table.byteOrderMark ? '（有 BOM）' : ''}`,
      en: `CSV with ${counted(table.rowCount, 'row')} and ${counted(table.columns.length, 'column')}, ${byteSize(table.fileBytes)}, encoding ${table.encoding}${table.byteOrderMark ? ' with BOM' : ''}`,
    },
    { zh: `列 ${names}`, en: `columns ${names}` },
    days
      ? { zh: `日期 ${days.first} 至 ${days.last}${gaps.zh}`, en: `days ${days.first} to ${days.last}${gaps.en}` }
      : both(''),
    table.raggedLines.length > 0
      ? {
          zh: `第 ${table.raggedLines[0]} 行起列数不一致`,
          en: `line ${table.raggedLines[0]} and others have another number of cells`,
        }
      : both(''),
  ];
}
