import { change } from '../change.ts';
import { areaDecimals, type Cells, joinCells, numberCell, textCells } from './area-columns.ts';
import { type Bilingual, dash, type Table, type TableColumn } from './table.ts';

/** Figures of the region or a zone, with its areas as table 1 prints them. */
export interface ComparedZone {
  readonly level: number;
  readonly code: string;
  readonly name: Bilingual;
  /** km², unrounded. */
  readonly landArea: number;
  readonly erodedArea: number;
  readonly uncoveredArea: number;
  /** Percent; undefined when refused. */
  readonly conservationRate: number | undefined;
  /** t/(km²·a) */
  readonly meanModulus: number | undefined;
  readonly soilLossTonnes: number;
  readonly printed: {
    /** km² */
    readonly landArea: string;
    readonly erodedArea: string;
    readonly uncoveredArea: string;
    /** Percent; undefined where table 1 has a dash. */
    readonly conservationRate: string | undefined;
  };
}

const ofRun = { zh: '现状', en: 'as it is' };
const ofScenario = { zh: '情景', en: 'scenario' };
const ofChange = { zh: '变化', en: 'change' };

/** Columns of a figure of the run and of the scenario, and of the change. */
function figureColumns(
  id: string,
  header: Bilingual,
  unit: string,
  decimals: number,
  changeUnit = unit,
): TableColumn[] {
  const column = (part: string, group: Bilingual, of: string): TableColumn => ({
    id: `${id}-${part}`,
    header: group,
    group: header,
    unit: of,
    decimals,
  });
  return [column('run', ofRun, unit), column('scenario', ofScenario, unit), column('change', ofChange, changeUnit)];
}

const columns: readonly TableColumn[] = [
  { id: 'scenario', header: { zh: '情景', en: 'scenario' }, unit: '' },
  { id: 'code', header: { zh: '行政区代码', en: 'zone code' }, unit: '' },
  { id: 'name', header: { zh: '行政区名称', en: 'zone name' }, unit: '' },
  { id: 'land-area', header: { zh: '土地总面积', en: 'land area' }, unit: 'km²', decimals: areaDecimals },
  ...figureColumns('eroded-area', { zh: '水土流失面积', en: 'eroded area' }, 'km²', areaDecimals),
  { id: 'eroded-area-percent', header: { zh: '变幅', en: 'change' }, unit: '%', decimals: 2 },
  ...figureColumns('conservation-rate', { zh: '水土保持率', en: 'conservation rate' }, '%', 2, '个百分点'),
  ...figureColumns('soil-loss', { zh: '土壤流失量', en: 'soil loss' }, 't/a', 0),
  ...figureColumns('uncovered-area', { zh: '未覆盖面积', en: 'uncovered area' }, 'km²', areaDecimals),
];

/**
 * Scenarios of other measures beside the run itself (情景对比): eroded area, conservation rate, soil loss and uncovered area of
 * the region and its zones, and what changes. Changes are differences of the digits that each one's table 1 prints, so the
 * changes of the zones add up to that of the region in printed digits.
 *
 * @param run the region first, then its zones
 * @param scenarios the same zones in the same order
 */
export function scenarioTable(
  run: readonly ComparedZone[],
  scenarios: readonly { readonly name: Bilingual; readonly zones: readonly ComparedZone[] }[],
): Table {
  return {
    id: 'scenarios',
    title: { zh: '水土流失情景对比', en: 'Eroded area and conservation rate by scenario' },
    unit: { zh: '单位：km²、%、t/a', en: 'Unit: km², %, t/a' },
    columns,
    rows: scenarios.flatMap(({ name, zones }) =>
      zones.map((zone, at) => ({ level: zone.level, ...comparisonCells(name, run[at], zone) })),
    ),
    notes: [
      {
        zh: '现状为运行文件本身的结果；各情景只改变所列的 B、E、T 措施，降雨、土壤、地形和土地利用不变。',
        en: 'Scenarios change the measures of B, E and T that the run file lists; rain, soil, terrain and land use stay.',
      },
      {
        zh: '变化为情景减现状，按表 1 的印刷数字计算；水土保持率的变化单位为个百分点。',
        en: 'Changes are scenario minus run in the digits of table 1; those of rates are in percentage points.',
      },
    ],
  };
}

function comparisonCells(scenario: Bilingual, run: ComparedZone, zone: ComparedZone): Required<Cells> {
  const { percent } = change(run.erodedArea, zone.erodedArea);
  return joinCells(
    textCells(scenario, zone.code, zone.name),
    { raw: [zone.landArea], printed: [zone.printed.landArea] },
    printedPair(run, zone, 'erodedArea'),
    numberCell(percent, 2),
    printedPair(run, zone, 'conservationRate'),
    wholePair(run.soilLossTonnes, zone.soilLossTonnes),
    printedPair(run, zone, 'uncoveredArea'),
  );
}

/** A figure that table 1 prints with two decimals, of the run and of the scenario, and the difference of the two. */
function printedPair(
  run: ComparedZone,
  zone: ComparedZone,
  figure: 'erodedArea' | 'conservationRate' | 'uncoveredArea',
): Cells {
  const [before, after] = [run.printed[figure], zone.printed[figure]];
  const [rawBefore, rawAfter] = [run[figure], zone[figure]];
  const hasBoth = rawBefore !== undefined && rawAfter !== undefined;
  const difference = before === undefined || after === undefined ? undefined : hundredths(after) - hundredths(before);
  return {
    raw: [rawBefore ?? null, rawAfter ?? null, hasBoth ? rawAfter - rawBefore : null],
    printed: [
      before ?? dash,
      after ?? dash,
      difference === undefined ? dash : (difference / 100).toFixed(areaDecimals),
    ],
  };
}

const hundredths = (printed: string): number => Math.round(Number(printed) * 100);

function wholePair(before: number, after: number): Cells {
  const difference = Math.round(after) - Math.round(before);
  return joinCells(numberCell(before, 0), numberCell(after, 0), {
    raw: [after - before],
    printed: [String(difference)],
  });
}
