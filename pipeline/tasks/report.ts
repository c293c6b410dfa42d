import { decodeCube } from '../../models/statistics/encode-cube.ts';
import { summaryParagraph } from '../exports/summary.ts';
import { readThinned } from '../formats/raster-read.ts';
import type { CodeEntry } from './code-tiles.ts';
import { overviewGrid } from './overview.ts';
import { regionReport } from './region-report.ts';
import type { ReportParameters } from './report-parameters.ts';
import { openSource, type SourceFile } from './source-file.ts';
import { statisticsRows } from './statistics-rows.ts';
import type { JsonValue, TaskHandler, TaskOutput } from './task.ts';
import { type UsedCodes, unverifiedInUse, usedLandUse } from './used-parameters.ts';
import { readLandAreas, readRateTargets } from '../inputs/zone-attributes.ts';

/**
 * What is handed in: tables, map, chart and summary, from the merged cube.
 *
 * Inputs: `cube`, `zones-<set>` (JSON tables), and where there are such `intensity` (class raster), `overview` (zones of the
 * first set, thinned out), `landAreas`, `targets`, `codes-engineering`, `codes-tillage` (JSON tables of the codes that occur).
 * Outputs are named as the files are; facts: which codes of the official tables occur.
 */
export const report: TaskHandler = {
  kind: 'report',
  version: 3,
  async run(task, context) {
    const parameters = task.parameters as unknown as ReportParameters;
    const { year, language, zoneSets } = parameters;
    const codeTable = async (input: string) =>
      JSON.parse(Buffer.from(await context.inputBytes(input)).toString()) as CodeEntry[];
    const usedCodes = async (input: string) => task.inputs[input] && (await codeTable(input)).map(({ code }) => code);
    const tablesOfZones: CodeEntry[][] = [];
    for (const { id } of zoneSets) tablesOfZones.push(await codeTable(`zones-${id}`));
    const shown = (name: string) => (task.inputs[name]!.source as unknown as SourceFile).shown;
    const { landAreas, targets } = task.inputs;
    const cube = decodeCube(await context.inputBytes('cube'));
    const region = regionReport(parameters, {
      cube,
      tables: tablesOfZones,
      landAreas: landAreas && (await readLandAreas(await openSource(landAreas), shown('landAreas'))),
      targets: targets && (await readRateTargets(await openSource(targets), shown('targets'), year)),
      landAreasShown: landAreas ? shown('landAreas') : '',
    });
    const used: UsedCodes = {
      landUse: usedLandUse(cube),
      engineering: await usedCodes('codes-engineering'),
      tillage: await usedCodes('codes-tillage'),
    };
    const unverified = unverifiedInUse(parameters.unverified, used);
    const summary = summaryParagraph(
      region,
      { year, model: parameters.model, unverifiedParameters: unverified.length },
      language,
    );
    // Libraries that draw and make workbooks take long to load, and a plan that only names this task needs none of them.
    const { chartFile, mapFile, tableFiles } = await import('./report-files.ts');
    const outputs: Record<string, TaskOutput> = {
      ...(await tableFiles(parameters, region, unverified)),
      ...(parameters.outputs.chart ? chartFile(parameters, region) : {}),
      [`summary_${year}.txt`]: { bytes: Buffer.from(`${summary}\n`), mediaType: 'text/plain; charset=utf-8' },
      [`statistics_${year}.json`]: {
        bytes: Buffer.from(`${JSON.stringify(statisticsRows(region), null, 1)}\n`),
        mediaType: 'application/json',
      },
    };
    if (parameters.outputs.map) {
      const { width, height } = overviewGrid(parameters.grid);
      const classes = await readThinned(await context.inputPath('intensity'), 1, width, height);
      const zones = new Uint16Array((await context.inputBytes('overview')).slice().buffer);
      Object.assign(outputs, mapFile(parameters, region, { classes, zones, names: tablesOfZones[0]! }));
    }
    return { outputs, facts: { used } as unknown as JsonValue };
  },
};
