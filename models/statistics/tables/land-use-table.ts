import { landUseClass, landUseGroups } from '../../parameters/land-use-classes.ts';
import { type AreaGroup, groupAreas, type RegionFigures } from '../region-figures.ts';
import {
  areaCell,
  areaDecimals,
  type Cells,
  classCells,
  classColumns,
  erodedHeader,
  joinCells,
  landAreaHeader,
  numberCell,
  textCells,
} from './area-columns.ts';
import { type AreaTableRow, sumClassAreas } from './row-areas.ts';
import type { Bilingual, Table, TableColumn } from './table.ts';

/** Rows of report table 4: the region, first-level classes and their second-level classes, as far as they occur. */
export function landUseRows(figures: RegionFigures): AreaTableRow[] {
  const { cube } = figures;
  const byCode = groupAreas(figures, (row) => cube.landUse[row]);
  const rows: AreaTableRow[] = [row(0, -1, '', { zh: '合计', en: 'total' }, [...byCode.values()])];
  // Code 0 (none) and codes outside the table form a last group, so that the table adds up to the region.
  const known: readonly { code: number; name: Bilingual }[] = landUseGroups;
  const groupOf = (code: number) => (landUseClass(code) === undefined ? 0 : Math.floor(code / 10));
  const groups = [...known, { code: 0, name: { zh: '未定义', en: 'undefined' } }];
  for (const group of groups) {
    const members = [...byCode].filter(([code]) => groupOf(code) === group.code).sort(([a], [b]) => a - b);
    if (members.length === 0) continue;
    const parent = rows.length;
    rows.push(
      row(
        1,
        0,
        group.code === 0 ? '' : String(group.code),
        group.name,
        members.map(([, areas]) => areas),
      ),
    );
    for (const [code, areas] of members)
      rows.push(
        row(2, parent, String(code), landUseClass(code)?.name ?? { zh: `代码${code}`, en: `code ${code}` }, [areas]),
      );
  }
  return rows;
}

const row = (level: number, parent: number, code: string, name: Bilingual, groups: AreaGroup[]): AreaTableRow => ({
  level,
  parent,
  code,
  name: name.zh,
  nameEnglish: name.en,
  classAreas: sumClassAreas(groups),
});

/** Report table 4, 土地利用类型水土流失. `units` are printed class areas per row in hundredths of km². */
export function landUseTable(rows: readonly AreaTableRow[], units: readonly (readonly number[])[]): Table {
  return {
    id: 'land-use',
    number: '4',
    title: { zh: '土地利用类型水土流失', en: 'Erosion by land use' },
    unit: { zh: '单位：km²、%', en: 'Unit: km², %' },
    columns: [
      { id: 'code', header: { zh: '地类代码', en: 'land-use code' }, unit: '' },
      { id: 'name', header: { zh: '地类名称', en: 'land-use class' }, unit: '' },
      ...groupAreaColumns({ zh: '占该类面积比例', en: 'share of the class' }),
    ],
    rows: rows.map((entry, index) => ({
      level: entry.level,
      ...joinCells(
        textCells(entry.code, { zh: entry.name, en: entry.nameEnglish }),
        groupAreaCells(entry, units[index]),
      ),
    })),
    notes: [],
  };
}

/** Land area, eroded area, its share of the row's land, and the five classes. */
export function groupAreaColumns(shareHeader: Bilingual, landHeader: Bilingual = landAreaHeader): TableColumn[] {
  return [
    { id: 'land-area', header: landHeader, unit: 'km²', decimals: areaDecimals },
    { id: 'eroded-area', header: erodedHeader, unit: 'km²', decimals: areaDecimals },
    { id: 'eroded-share', header: shareHeader, unit: '%', decimals: 2 },
    ...classColumns,
  ];
}

/** Cells for {@link groupAreaColumns}. */
export function groupAreaCells(entry: AreaTableRow, units: readonly number[]): Required<Cells> {
  const eroded = [2, 3, 4, 5, 6].reduce((sum, grade) => sum + entry.classAreas[grade], 0);
  const land = entry.classAreas[1] + eroded;
  const total = units.reduce((sum, unit) => sum + unit, 0);
  return joinCells(
    areaCell(land, total),
    areaCell(eroded, total - units[0]),
    numberCell(land > 0 ? (eroded / land) * 100 : undefined, 2),
    classCells(entry.classAreas, units),
  );
}
