import type { Incomparability } from '../../models/disturbance/comparability.ts';
import { decompositionMethod } from '../../models/disturbance/factor-decomposition.ts';
import { erodedChange, movement, transitionTable } from '../../models/disturbance/transition-table.ts';
import { erosionClassesSl190 } from '../../models/parameters/erosion-classes-sl190.ts';
import { landUseClass } from '../../models/parameters/land-use-classes.ts';
import { roundedParts } from '../../models/statistics/rounded-parts.ts';
import type { ChangeCounts } from '../tasks/change/change-counts.ts';
import type { CodeEntry } from '../tasks/code-tiles.ts';

export interface ChangeTablesInput {
  readonly years: readonly [previous: number, current: number];
  readonly cellSizeMetres: number;
  readonly counts: ChangeCounts;
  /** Zone set of the tables and its zones. */
  readonly zoneSet: string;
  readonly zones: readonly CodeEntry[];
  readonly factors: readonly string[];
  readonly incomparable: readonly Incomparability[];
}

type Cell = string | number;
type Row = readonly Cell[];

const intensityNames = new Map<number, string>(erosionClassesSl190.map(({ code, name }) => [code, name.zh]));
const classes = [...intensityNames.keys()];

/** Text as a field of a CSV file. */
const field = (cell: Cell): string =>
  /[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell);

/** A CSV file with the mark by which spreadsheets know UTF-8. */
const csv = (rows: readonly Row[]): string => `\ufeff${rows.map((row) => row.map(field).join(',')).join('\r\n')}\r\n`;

/** Tables of change (消长表) as CSV by file name; years that must not be compared say so in the first line of each. */
export function changeTables(input: ChangeTablesInput): Record<string, string> {
  const [before, now] = input.years;
  const warning = input.incomparable.map(({ reason }): Row => [`不可比：${reason.zh}`, `not comparable: ${reason.en}`]);
  const named = (name: string, rows: readonly Row[]): [string, string] => [
    `${name}_${before}_${now}.csv`,
    csv([...warning, ...rows]),
  ];
  const tables = [
    named('强度转移矩阵', matrix(input, 'intensity')),
    named('土地利用转移矩阵', matrix(input, 'landUse')),
    named('水土流失消长', erodedRows(input)),
  ];
  if (input.factors.length > 0) tables.push(named('模数变化因子分解', decompositionRows(input)));
  return Object.fromEntries(tables);
}

/** Digits of areas: as many as the area of a cell has, so that sums of cells are exact; two at least, six at most. */
function areaDecimals(cellHectares: number): number {
  const written = cellHectares.toFixed(6).replace(/0+$/, '');
  return Math.max(2, written.length - written.indexOf('.') - 1);
}

function hectares(cells: number, { cellSizeMetres }: ChangeTablesInput): string {
  const cellHectares = (cellSizeMetres * cellSizeMetres) / 10_000;
  return cells === 0 ? '0' : (cells * cellHectares).toFixed(areaDecimals(cellHectares));
}

/** The whole region first, then each zone: rows last year, columns this year, hm², with margins. */
function matrix(input: ChangeTablesInput, layer: 'intensity' | 'landUse'): Row[] {
  const counts = input.counts[layer][input.zoneSet]!;
  const nameOf = (code: number): string =>
    layer === 'intensity' ? intensityNames.get(code)! : `${code} ${landUseClass(code)?.name.zh ?? ''}`;
  const rows: Row[] = [];
  for (const zone of [undefined, ...input.zones]) {
    const table = transitionTable(counts, zone?.index, layer === 'intensity' ? classes : []);
    const size = table.classes.length;
    const [before, now] = input.years;
    rows.push([`${zone ? `${zone.code} ${zone.name}` : '全区'}（hm²；行为 ${before} 年，列为 ${now} 年）`]);
    rows.push(['', ...table.classes.map(nameOf), '合计']);
    table.classes.forEach((code, at) => {
      const cells = Array.from(table.cells.subarray(at * size, (at + 1) * size), (each) => hectares(each, input));
      rows.push([nameOf(code), ...cells, hectares(table.before[at]!, input)]);
    });
    rows.push(['合计', ...Array.from(table.now, (each) => hectares(each, input)), hectares(table.valid, input)]);
    rows.push(['仅前期有效', hectares(table.lost, input), '仅后期有效', hectares(table.gained, input)], []);
  }
  return rows;
}

function erodedRows(input: ChangeTablesInput): Row[] {
  const [before, now] = input.years;
  const header = [
    '代码',
    '名称',
    `${before} 年水土流失面积(hm²)`,
    `${now} 年水土流失面积(hm²)`,
    '变化(hm²)',
    '变幅(%)',
  ];
  const rows: Row[] = [[...header, '强度降低(hm²)', '强度升高(hm²)', '不变(hm²)']];
  for (const zone of [undefined, ...input.zones]) {
    const table = transitionTable(input.counts.intensity[input.zoneSet]!, zone?.index, classes);
    const { previous, current, difference, percent } = erodedChange(table);
    const { improved, worsened, unchanged } = movement(table);
    rows.push([
      zone?.code ?? '',
      zone?.name ?? '全区',
      ...[previous, current, difference].map((cells) => hectares(cells, input)),
      percent === undefined ? '—' : percent.toFixed(2),
      ...[improved, worsened, unchanged].map((cells) => hectares(cells, input)),
    ]);
  }
  return rows;
}

/**
 * Change of soil loss by factor, t/a, of the whole region and of each zone. The printed parts of a row add up to its total; the row
 * of the region adds up the printed rows, so that columns close too.
 */
function decompositionRows(input: ChangeTablesInput): Row[] {
  const { cellSizeMetres, counts, factors, zones } = input;
  const tonnes = (sum: number): number => (sum * cellSizeMetres * cellSizeMetres) / 1e6;
  const printed = (hundredths: number): string => (hundredths === 0 ? '0' : (hundredths / 100).toFixed(2));
  const nameOf = new Map(zones.map((zone) => [zone.index, zone]));
  const header = ['代码', '名称', '土壤流失量变化(t/a)', ...factors.map((symbol) => `${symbol}(t/a)`)];
  // Hundredths of tonnes, then numbers of cells.
  const tonnesColumns = factors.length + 1;
  const rows = counts.decomposition.map(({ zone, parts, cells, zeroCells, missingCells }) => {
    const { whole, parts: hundredths } = roundedParts(parts.map(tonnes), 2);
    const { code, name } = nameOf.get(zone) ?? { code: '', name: '区外' };
    return { code, name, numbers: [whole, ...hundredths, cells, zeroCells, missingCells] };
  });
  const sumOf = (at: number): number => rows.reduce((sum, { numbers }) => sum + numbers[at]!, 0);
  const region = { code: '', name: '全区', numbers: Array.from({ length: tonnesColumns + 3 }, (_, at) => sumOf(at)) };
  return [
    [`方法：${decompositionMethod.id}`, decompositionMethod.citation],
    [...header, '像元', '因子由零变非零或反之的像元', '缺因子像元'],
    ...[region, ...rows].map(({ code, name, numbers }): Row => {
      const shown = numbers.map((number, at) => (at < tonnesColumns ? printed(number) : number));
      return [code, name, ...shown];
    }),
  ];
}
