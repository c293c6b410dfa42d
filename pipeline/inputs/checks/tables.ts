import type { TableColumn, TableInspection } from '../../formats/inspect/inspection.ts';
import type { Finding } from '../../messages/finding.ts';
import type { CheckContext } from '../declared-input.ts';
import { finding, type InspectedInput, spellingOf } from '../inspected-input.ts';
import { plainNumber } from '../numbers.ts';

/** A text table: encoding, shape, columns, days and the marks for missing values. */
export function checkTable(input: InspectedInput, context: CheckContext): Finding[] {
  const { inspection } = input;
  if (inspection.kind !== 'table') return [];
  const findings = [
    ...checkText(input, inspection),
    ...checkShape(input, inspection),
    ...checkColumns(input, inspection),
  ];
  if (input.spec.id === 'stationRain')
    findings.push(
      ...checkDays(input, inspection, context),
      ...checkSentinels(input, inspection),
      ...checkSums(input, inspection),
    );
  return findings;
}

function checkText(input: InspectedInput, table: TableInspection): Finding[] {
  const findings: Finding[] = [];
  if (table.encoding !== 'UTF-8' && table.encoding !== 'ascii') {
    const sample = [
      ...table.columns.map((column) => column.name),
      ...table.columns.map((column) => column.sample ?? ''),
      ...table.comments,
    ];
    const shown = sample.find((text) => /[^\x20-\x7e]/.test(text))?.slice(0, 30);
    findings.push(
      finding(
        input,
        'note',
        'encoding-guessed',
        {
          zh: `编码为 ${table.encoding}${shown ? `，例：${shown}` : ''}`,
          en: `is in ${table.encoding}${shown ? `, for example: ${shown}` : ''}`,
        },
        { zh: '', en: '' },
        { zh: '如文字不对，请用 encoding 写明', en: 'if the text is wrong, state encoding' },
      ),
    );
  }
  if (table.comments.length > 0)
    findings.push(
      finding(input, 'note', 'table-comments', {
        zh: `以 # 开头的行作注释：${table.comments[0]}`,
        en: `lines that start with # are comments: ${table.comments[0]}`,
      }),
    );
  if (table.comments.some((line) => /utc/i.test(line)) && input.spec.id === 'stationRain')
    findings.push(
      finding(
        input,
        'note',
        'table-utc-days',
        { zh: '注释写明时间为世界时（UTC）', en: 'a comment says its times are UTC' },
        { zh: '我国雨量日界为北京时间 20 时或 8 时', en: 'days of rain in China end at 20:00 or 8:00 Beijing time' },
        { zh: '按日期直接使用，不换算', en: 'dates are used as written' },
      ),
    );
  return findings;
}

function checkShape(input: InspectedInput, table: TableInspection): Finding[] {
  if (table.rowCount === 0)
    return [
      finding(
        input,
        'error',
        'table-no-rows',
        { zh: '只有标题，没有数据行', en: 'has a heading but no rows' },
        { zh: '应有数据', en: 'rows are needed' },
        { zh: '请核对文件', en: 'check the file' },
      ),
    ];
  if (table.raggedLines.length === 0) return [];
  return [
    finding(
      input,
      'warning',
      'table-ragged',
      {
        zh: `第 ${table.raggedLines.slice(0, 5).join('、')} 行的列数与标题不同`,
        en: `lines ${table.raggedLines.slice(0, 5).join(', ')} have another number of cells than the heading`,
      },
      { zh: `应为 ${table.columns.length} 列`, en: `${table.columns.length} are expected` },
      { zh: '请核对分隔符与引号', en: 'check delimiters and quotes' },
    ),
  ];
}

function checkColumns(input: InspectedInput, table: TableInspection): Finding[] {
  const { codeField, nameField } = input.declared.options ?? {};
  const names = table.columns.map((column) => column.name);
  return [codeField, nameField, ...(input.spec.keyFields ?? [])]
    .filter((name): name is string => name !== undefined && !names.includes(name))
    .map((name) =>
      finding(
        input,
        'error',
        'column-missing',
        { zh: `没有“${name}”列`, en: `has no column “${name}”` },
        { zh: `现有列：${names.slice(0, 15).join('、')}`, en: `its columns are ${names.slice(0, 15).join(', ')}` },
        { zh: '请改正标题行', en: 'correct the heading' },
      ),
    );
}

function checkDays(input: InspectedInput, table: TableInspection, context: CheckContext): Finding[] {
  const { days } = table;
  if (!days)
    return [
      finding(
        input,
        'error',
        'table-no-dates',
        {
          zh: `没有可识别的日期列（${table.columns
            .slice(0, 6)
            .map((column) => column.name)
            .join('、')}）`,
          en: `has no date column (${table.columns
            .slice(0, 6)
            .map((column) => column.name)
            .join(', ')})`,
        },
        { zh: '应有日期列，如 2024-05-01', en: 'a column of dates such as 2024-05-01 is needed' },
        { zh: '列名可用 date 或“日期”', en: 'call it date or 日期' },
      ),
    ];
  const findings: Finding[] = [];
  if (days.missing > 0)
    findings.push(
      finding(
        input,
        'warning',
        'rain-days-missing',
        {
          zh: `${days.first} 至 ${days.last} 之间缺 ${days.missing} 天，首个为 ${days.firstMissing}`,
          en: `${days.missing} days are missing between ${days.first} and ${days.last}, first ${days.firstMissing}`,
        },
        { zh: '缺测不等于无雨', en: 'a missing day is not a dry day' },
        { zh: '请补齐；缺测多的半月会被标出', en: 'supply them; half-months with many gaps are flagged' },
      ),
    );
  if (days.unreadable > 0)
    findings.push(
      finding(
        input,
        'warning',
        'table-dates-unreadable',
        { zh: `${days.unreadable} 行的日期无法识别`, en: `${days.unreadable} rows have a date that is not understood` },
        { zh: '应为 2024-05-01 等写法', en: 'such as 2024-05-01' },
        { zh: '请改正', en: 'correct them' },
      ),
    );
  const wanted = input.declared.options?.years ?? [input.declared.options?.year ?? context.year ?? []].flat();
  const absent = wanted.filter((year) => days.first > `${year}-01-01` || days.last < `${year}-12-31`);
  if (absent.length > 0)
    findings.push(
      finding(
        input,
        'error',
        'rain-year-missing',
        { zh: `数据为 ${days.first} 至 ${days.last}`, en: `it runs from ${days.first} to ${days.last}` },
        { zh: `应覆盖 ${absent.join('、')} 年全年`, en: `the whole of ${absent.join(', ')} is needed` },
        { zh: '请补充数据或改正年份', en: 'supply the data or correct the year' },
      ),
    );
  return findings;
}

function checkSentinels(input: InspectedInput, table: TableInspection): Finding[] {
  const findings: Finding[] = [];
  for (const column of table.columns) {
    if (column.sentinels.length === 0) continue;
    const shown = column.sentinels.map(([value, count]) => `${value}（×${count}）`).join('、');
    findings.push(
      finding(
        input,
        'note',
        'rain-sentinels',
        {
          zh: `“${column.name}”列含特殊码 ${shown}`,
          en: `column “${column.name}” holds the codes ${column.sentinels.map(([value, count]) => `${value} (× ${count})`).join(', ')}`,
        },
        {
          zh: '32700 微量，32766 缺测；微量与缺测都不是降雨量',
          en: '32700 trace, 32766 missing; neither is an amount of rain',
        },
        { zh: '微量按 0，缺测按缺测处理', en: 'trace counts as 0, missing as missing' },
      ),
    );
    if (findings.length >= 3) break;
  }
  return findings;
}

const isValueColumn = (column: TableColumn, table: TableInspection): boolean =>
  column.sumByYear !== undefined &&
  column.numbers > 0 &&
  column.name !== table.days?.column &&
  !/^(station(id)?|id|code|站号|站点|区站号|year|month|day|年份?|月份?|日|lon|lat|经度|纬度|elevation|高程)$/i.test(
    column.name,
  );

/** Yearly sums of each station outside what falls on Earth. */
function checkSums(input: InspectedInput, table: TableInspection): Finding[] {
  const factor = spellingOf(input)?.factor ?? (input.declared.options?.unit === 'tenth-millimetre' ? 0.1 : 1);
  const long = table.columns.some((column) => /^(station(id)?|站号|站点|区站号)$/i.test(column.name));
  const findings: Finding[] = [];
  for (const column of table.columns) {
    if (!isValueColumn(column, table)) continue;
    // In a table with one row per station and day a column holds all stations, and its sum says nothing about one.
    if (long) continue;
    for (const [year, sum] of Object.entries(column.sumByYear ?? {})) {
      const yearly = sum * factor;
      const whole = table.days && table.days.first <= `${year}-01-01` && table.days.last >= `${year}-12-31`;
      if (yearly <= 6000 && (yearly >= 5 || !whole)) continue;
      findings.push(
        finding(
          input,
          'error',
          yearly > 6000 ? 'unit-rain-tenths' : 'unit-rain-small',
          {
            zh: `“${column.name}” ${year} 年合计 ${plainNumber(yearly)} mm`,
            en: `“${column.name}” adds up to ${plainNumber(yearly)} mm in ${year}`,
          },
          { zh: '年降雨量应在 5 与 6000 mm 之间', en: 'the rain of a year lies between 5 and 6000 mm' },
          {
            zh: '若单位为 0.1 mm，请写明 unit: tenth-millimetre',
            en: 'if the unit is 0.1 mm, state unit: tenth-millimetre',
          },
        ),
      );
      break;
    }
    if (findings.length >= 3) break;
  }
  return findings;
}
