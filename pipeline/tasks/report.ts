import { decodeCube } from '../../models/statistics/encode-cube.ts';
import type { Table } from '../../models/statistics/tables/table.ts';
import { tableCsv } from '../exports/table-csv.ts';
import { tablesWorkbook } from '../exports/table-xlsx.ts';
import type { Language } from '../messages/text.ts';
import type { CodeEntry } from './code-tiles.ts';
import { regionReport } from './region-report.ts';
import type { ReportParameters, UnverifiedParameter } from './report-parameters.ts';
import { openSource, type SourceFile } from './source-file.ts';
import { statisticsRows } from './statistics-rows.ts';
import type { TaskHandler, TaskOutput } from './task.ts';
import { readLandAreas, readRateTargets } from './zone-attributes.ts';

/**
 * What is handed in: tables, map, chart and summary, from the merged cube.
 *
 * Inputs: `cube`, `zones-<set>` (JSON tables), and where asked for `intensity` (class raster), `overview` (zones of the first
 * set, thinned out), `landAreas`, `targets`. Outputs are named as the files are.
 */
export const report: TaskHandler = {
  kind: 'report',
  version: 1,
  async run(task, context) {
    const parameters = task.parameters as unknown as ReportParameters;
    const { year, language, zoneSets } = parameters;
    const tablesOfZones: CodeEntry[][] = [];
    for (const { id } of zoneSets)
      tablesOfZones.push(JSON.parse(Buffer.from(await context.inputBytes(`zones-${id}`)).toString()) as CodeEntry[]);
    const shown = (name: string) => (task.inputs[name]!.source as unknown as SourceFile).shown;
    const { landAreas, targets } = task.inputs;
    const region = regionReport(parameters, {
      cube: decodeCube(await context.inputBytes('cube')),
      tables: tablesOfZones,
      landAreas: landAreas && (await readLandAreas(await openSource(landAreas), shown('landAreas'))),
      targets: targets && (await readRateTargets(await openSource(targets), shown('targets'), year)),
      landAreasShown: landAreas ? shown('landAreas') : '',
    });
    const tables = region.tables.map((table) => withUnverifiedNote(table, parameters.unverified));
    const outputs: Record<string, TaskOutput> = {};
    if (parameters.outputs.tables.includes('csv'))
      for (const table of tables)
        outputs[`${tableFileName(table)}_${year}.csv`] = {
          bytes: Buffer.from(tableCsv(table, language)),
          mediaType: 'text/csv; charset=utf-8',
        };
    if (parameters.outputs.tables.includes('xlsx'))
      outputs[`tables_${year}.xlsx`] = {
        bytes: await tablesWorkbook(tables, { title: `${parameters.region[language]} ${year}`, language }),
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      };
    outputs[`statistics_${year}.json`] = {
      bytes: Buffer.from(`${JSON.stringify(statisticsRows(region), null, 1)}\n`),
      mediaType: 'application/json',
    };
    return { outputs };
  },
};

const tableFileName = ({ number, id }: Table): string =>
  number === undefined ? `table-${id}` : `table-${number}-${id}`;

/** Doubtful parameters in use are named under every table. */
function withUnverifiedNote(table: Table, unverified: readonly UnverifiedParameter[]): Table {
  if (unverified.length === 0) return table;
  const list = (language: Language) =>
    unverified.map(({ factor, value, ...name }) => `${factor} ${name[language]} ${value}`);
  const note = {
    zh: `参数待核：${list('zh').join('；')}`,
    en: `parameters to be verified: ${list('en').join('; ')}`,
  };
  return { ...table, notes: [...table.notes, note] };
}
