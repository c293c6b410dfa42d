import { type Report, reportTables } from '../../../models/statistics/tables/report-tables.ts';
import type { Table } from '../../../models/statistics/tables/table.ts';
import { exampleRegion } from '../../models/statistics/example-region.ts';

/** A small region whose table 1 stops at the counties. */
export const exampleSize = 140;
export const example = exampleRegion(exampleSize);

export const exampleReport = (changes: Partial<typeof example.options> = {}): Report =>
  reportTables(example.cube, { ...example.options, administrativeLevels: [0], ...changes });

/** A table of one text and one number column, for cells that no region has. */
export const tableOf = (rows: readonly (readonly [string, string])[], changes: Partial<Table> = {}): Table => ({
  id: 'sample',
  title: { zh: '样表', en: 'Sample' },
  unit: { zh: '单位：km²', en: 'Unit: km²' },
  columns: [
    { id: 'name', header: { zh: '名称', en: 'name' }, unit: '' },
    { id: 'area', header: { zh: '面积', en: 'area' }, unit: 'km²', decimals: 2 },
  ],
  rows: rows.map(([name, area]) => ({ level: 0, raw: [name, Number(area)], printed: [name, area] })),
  notes: [],
  ...changes,
});
