import type { Finding } from '../../messages/finding.ts';
import { finding, type InspectedInput, type InspectedRaster, inLayerUnit, isRaster } from '../inspected-input.ts';
import { counted, percent, plainNumber } from '../numbers.ts';

const stateIt = { zh: '请在运行文件中用 nodata 写明', en: 'state it in the run file as nodata' };

/** Cells without a value are marked in a way that can be told from values. */
export function checkNodata(input: InspectedInput): Finding[] {
  if (!isRaster(input)) return [];
  return [...checkSpelling(input), ...checkUndeclared(input), ...checkNan(input)];
}

function checkSpelling(input: InspectedRaster): Finding[] {
  const { nodata, cellType } = input.inspection;
  if (nodata.spelling === 'outside-type')
    return [
      finding(
        input,
        'warning',
        'nodata-outside-type',
        {
          zh: `声明的无数据值 ${nodata.text} 超出像元类型 ${cellType} 的范围`,
          en: `declares nodata ${nodata.text}, which cells of type ${cellType} cannot hold`,
        },
        { zh: '没有像元会被当作无数据', en: 'no cell counts as nodata' },
        stateIt,
      ),
    ];
  if (nodata.spelling === 'unreadable')
    return [
      finding(
        input,
        'warning',
        'nodata-unreadable',
        { zh: `无数据值“${nodata.text}”不是数值`, en: `its nodata value “${nodata.text}” is not a number` },
        { zh: '应为数值或 nan', en: 'a number or nan is expected' },
        stateIt,
      ),
    ];
  if (nodata.spelling === 'rounded')
    return [
      finding(
        input,
        'note',
        'nodata-rounded',
        {
          zh: `无数据值写作 ${nodata.text}，不是 float32 的最小值 −3.4028235e+38`,
          en: `writes nodata as ${nodata.text}, which is not the lowest float32, −3.4028235e+38`,
        },
        { zh: '', en: '' },
        { zh: '量级在 1e38 以上的值都作无数据', en: 'every value of that size counts as nodata' },
      ),
    ];
  if (nodata.spelling === 'exact' && nodata.value !== undefined && Math.abs(nodata.value) > 3.4e38)
    return [
      finding(
        input,
        'note',
        'nodata-lowest-float',
        { zh: `无数据值写作 ${nodata.text}`, en: `writes nodata as ${nodata.text}` },
        { zh: '', en: '' },
        { zh: '按 float32 比较，不按文本或双精度', en: 'compared as float32, not as text or double' },
      ),
    ];
  if (nodata.value === 0 && input.spec.zeroIsValue && input.spec.kind === 'continuous')
    return [
      finding(
        input,
        'warning',
        'nodata-zero',
        { zh: '把 0 声明为无数据', en: 'declares 0 as nodata' },
        { zh: `“${input.spec.name.zh}”中 0 是有效值`, en: `0 is a value of ${input.spec.name.en}` },
        stateIt,
      ),
    ];
  return [];
}

function checkUndeclared(input: InspectedRaster): Finding[] {
  const findings: Finding[] = [];
  const told = new Set<number>();
  for (const band of input.inspection.statistics) {
    const marks: [number, number][] = band.sentinels.map(([value, count]) => [value, count]);
    if (band.suspectedNodata && !marks.some(([value]) => value === band.suspectedNodata!.value))
      marks.push([band.suspectedNodata.value, band.suspectedNodata.cells]);
    for (const [value, count] of marks) {
      if (told.has(value) || told.size >= 3) continue;
      const severity = severityOf(input, value, band.suspectedNodata?.value === value, band.median);
      if (!severity) continue;
      told.add(value);
      findings.push(undeclared(input, severity, value, count, count / Math.max(1, band.cells)));
    }
  }
  return findings;
}

const highLandMetres = 100;

/** Error when the value is impossible for the layer, warning when it only looks like a mark, nothing when it is a value. */
function severityOf(
  input: InspectedRaster,
  value: number,
  onRim: boolean,
  median: number | undefined,
): 'error' | 'warning' | undefined {
  const { possible, kind, zeroIsValue } = input.spec;
  if (kind === 'class') return onRim && (value === 0 || value === 255) ? undefined : 'warning';
  if (possible) {
    const converted = inLayerUnit(input, value);
    if (converted < possible[0] || converted > possible[1]) return 'error';
    // High land that ends at sea level on all sides ends in a filled rim, not in a cliff.
    const cliff = input.spec.id === 'elevation' && inLayerUnit(input, median ?? 0) > highLandMetres;
    if (value === 0) return onRim && (!zeroIsValue || cliff) ? 'warning' : undefined;
  }
  return onRim ? 'warning' : undefined;
}

function undeclared(
  input: InspectedRaster,
  severity: 'error' | 'warning',
  value: number,
  count: number,
  share: number,
): Finding {
  const meaning =
    value === 32766
      ? { zh: '（气象资料的缺测码）', en: ' (the weather bureau’s code for missing)' }
      : value === 32700
        ? { zh: '（气象资料的微量降水码）', en: ' (the weather bureau’s code for trace)' }
        : { zh: '', en: '' };
  return finding(
    input,
    severity,
    'nodata-undeclared',
    {
      zh: `有 ${count} 个像元（${percent(share)}）为 ${plainNumber(value)}${meaning.zh}，未声明为无数据`,
      en: `${counted(count, 'cell')} (${percent(share)}) of value ${plainNumber(value)}${meaning.en}, which is not declared as nodata`,
    },
    { zh: '无数据不得当作数值参与计算', en: 'nodata must never enter arithmetic as a number' },
    stateIt,
  );
}

function checkNan(input: InspectedRaster): Finding[] {
  const findings: Finding[] = [];
  const band = input.inspection.statistics.find((candidate) => candidate.nanCells > 0);
  if (band && input.inspection.nodata.spelling !== 'nan')
    findings.push(
      finding(
        input,
        'note',
        'nodata-nan',
        {
          zh: `有 ${band.nanCells} 个像元为 NaN，未声明`,
          en: `${counted(band.nanCells, 'cell')} of NaN, which is not declared`,
        },
        { zh: '', en: '' },
        { zh: '按无数据处理', en: 'they count as nodata' },
      ),
    );
  const infinite = input.inspection.statistics.find((candidate) => candidate.infiniteCells > 0);
  if (infinite)
    findings.push(
      finding(
        input,
        'error',
        'values-infinite',
        {
          zh: `有 ${infinite.infiniteCells} 个像元为无穷大`,
          en: `${counted(infinite.infiniteCells, 'cell')} of infinite value`,
        },
        { zh: '应为有限数值', en: 'finite values are needed' },
        { zh: '请检查生成该数据的计算（除以零）', en: 'check the computation that made it (division by zero)' },
      ),
    );
  return findings;
}
