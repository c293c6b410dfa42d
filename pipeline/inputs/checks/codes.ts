import type { Finding } from '../../messages/finding.ts';
import { cellAreaSquareMetres } from '../cell-area.ts';
import type { CheckContext } from '../declared-input.ts';
import { finding, type InspectedInput, type InspectedRaster, isRaster } from '../inspected-input.ts';
import { area, counted, percent, plainNumber } from '../numbers.ts';

/** Unmapped codes shown one by one; the rest are summed. */
const shownCodes = 12;

/** Every code of a class layer is in the table in use, with the area of each that is not. */
export function checkCodes(input: InspectedInput, context: CheckContext): Finding[] {
  if (!isRaster(input)) return checkFieldCodes(input);
  const known = knownCodes(input, context);
  if (!known) return [];
  const band = input.inspection.statistics[0];
  if (!band || band.minimum === undefined) return [];
  if (!band.classes)
    return [
      finding(
        input,
        'error',
        'codes-not-whole',
        band.whole
          ? { zh: '不同数值超过 1024 个', en: 'it holds more than 1024 different values' }
          : {
              zh: `含有小数（${plainNumber(band.minimum)} … ${plainNumber(band.maximum!)}）`,
              en: `it holds fractions (${plainNumber(band.minimum)} … ${plainNumber(band.maximum!)})`,
            },
        { zh: '应为整数代码', en: 'whole codes are expected' },
        {
          zh: '代码不可用双线性重采样，请从原始数据用最邻近法导出',
          en: 'codes must not be resampled bilinearly; export it again with nearest neighbour',
        },
      ),
    ];
  const unmapped = band.classes.filter(([value]) => !known.has(value) && !(value === 0 && !input.spec.zeroIsValue));
  const findings = zeroFinding(input, band.classes, known);
  if (unmapped.length === 0) return findings;
  return [...findings, unmappedFinding(input, unmapped, band.cells - band.nodataCells, known, context)];
}

/** Codes in the attribute field of polygons, leading zeros aside: tables of measures write 020101 and 20101. */
function checkFieldCodes(input: InspectedInput): Finding[] {
  const { codes, codeField } = input.declared.options ?? {};
  if (input.inspection.kind !== 'vector' || !codes || !codeField) return [];
  const plain = (code: string): string =>
    code
      .trim()
      .replace(/^0+(?=.)/, '')
      .replace(/\.0+$/, '');
  const known = new Set(codes.map(plain));
  const counts = new Map<string, number>();
  for (const value of input.inspection.values[codeField] ?? [])
    if (value !== null && value.trim() !== '' && !known.has(plain(value)))
      counts.set(value, (counts.get(value) ?? 0) + 1);
  if (counts.size === 0) return [];
  const shown = [...counts].sort((a, b) => b[1] - a[1]).slice(0, shownCodes);
  const list = (language: 'zh' | 'en'): string =>
    shown
      .map(([code, count]) => (language === 'zh' ? `${code}（${count} 个）` : `${code} (${count})`))
      .join(language === 'zh' ? '、' : ', ');
  return [
    finding(
      input,
      'error',
      'codes-unmapped',
      {
        zh: `字段“${codeField}”有 ${counts.size} 个代码不在参数表中：${list('zh')}`,
        en: `${counted(counts.size, 'code')} of the field “${codeField}” missing from the table: ${list('en')}`,
      },
      { zh: `已知代码：${codes.slice(0, 40).join('、')}`, en: `known codes: ${codes.slice(0, 40).join(', ')}` },
      { zh: '请在运行文件的 parameters 中写明取值', en: 'give their values in parameters of the run file' },
    ),
  ];
}

function knownCodes(input: InspectedRaster, context: CheckContext): ReadonlySet<number> | undefined {
  const stated = input.declared.options?.codes;
  if (stated) return new Set(stated.map(Number));
  if (input.spec.id !== 'landUse' || !context.landUse) return undefined;
  const { codes, crosswalk } = context.landUse;
  if (!crosswalk) return codes;
  return new Set([...crosswalk].filter(([, to]) => codes.has(to)).map(([from]) => from));
}

/** Undeclared zeros: usually the rim, never a class. */
function zeroFinding(
  input: InspectedRaster,
  classes: readonly (readonly [number, number])[],
  known: ReadonlySet<number>,
): Finding[] {
  const zero = classes.find(([value]) => value === 0);
  if (!zero || known.has(0)) return [];
  return [
    finding(
      input,
      'warning',
      'codes-zero',
      {
        zh: `有 ${zero[1]} 个像元为 0，未声明为无数据`,
        en: `${counted(zero[1], 'cell')} of value 0, which is not declared as nodata`,
      },
      { zh: '0 不是地类代码', en: '0 is no code' },
      { zh: '按无数据处理；请用 nodata: 0 写明', en: 'they count as nodata; state nodata: 0' },
    ),
  ];
}

function unmappedFinding(
  input: InspectedRaster,
  unmapped: readonly (readonly [number, number])[],
  valid: number,
  known: ReadonlySet<number>,
  context: CheckContext,
): Finding {
  const size = cellAreaSquareMetres(input.inspection);
  // Where only part of the raster was read, the areas are raised to the whole.
  const raise = 1 / Math.max(input.inspection.readShare, 1e-9);
  const sorted = [...unmapped].sort((a, b) => b[1] - a[1]);
  const show = (language: 'zh' | 'en'): string => {
    const parts = sorted.slice(0, shownCodes).map(([value, cells]) => {
      const shown = size === undefined ? `${cells}` : area(cells * raise * size)[language];
      return language === 'zh' ? `${value}（${shown}）` : `${value} (${shown})`;
    });
    const rest = sorted.length - shownCodes;
    if (rest > 0) parts.push(language === 'zh' ? `另 ${rest} 个` : `${rest} more`);
    return parts.join(language === 'zh' ? '、' : ', ');
  };
  const cells = unmapped.reduce((sum, [, count]) => sum + count, 0);
  const isLandUse = input.spec.id === 'landUse';
  const table = (isLandUse && context.landUse?.tableName) || { zh: '参数表', en: 'the table' };
  const isSoil = input.spec.id === 'soilClass';
  const list = [...known]
    .sort((a, b) => a - b)
    .slice(0, 40)
    .join(', ');
  return finding(
    input,
    'error',
    'codes-unmapped',
    {
      zh: `${unmapped.length} 个代码不在${table.zh}中，占有效面积的 ${percent(cells / Math.max(1, valid))}：${show('zh')}`,
      en: `${counted(unmapped.length, 'code')} missing from ${table.en}, ${percent(cells / Math.max(1, valid))} of the area with values: ${show('en')}`,
    },
    { zh: `已知代码：${list}`, en: `known codes: ${list}` },
    isLandUse
      ? {
          zh: '请在运行文件的 crosswalk 中逐个写明对应代码，或更换 scheme',
          en: 'map each of them in crosswalk of the run file, or choose another scheme',
        }
      : isSoil
        ? { zh: '请在 inputs.soil.values 中补充它们的 K 值', en: 'add their K to inputs.soil.values' }
        : { zh: '请在运行文件的 parameters 中写明取值', en: 'give their values in parameters of the run file' },
  );
}
