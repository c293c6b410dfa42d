import { type ContaminatedCells, contaminatedRegion } from '../../models/statistics/edge-contamination-cells.ts';
import { edgeTable } from '../../models/statistics/tables/edge-table.ts';
import { summaryParagraph } from '../exports/summary.ts';
import { readContaminatedCells } from './edge-contamination.ts';
import { readCodeTable, readRegion } from './read-region.ts';
import { contaminationInput, type ReportParameters } from './report-parameters.ts';
import { fileEdition } from './report-title.ts';
import { statisticsRows } from './statistics-rows.ts';
import type { JsonValue, TaskHandler, TaskOutput } from './task.ts';
import { type UsedCodes, unverifiedInUse, usedLandUse } from './used-parameters.ts';

/** What the record of the task tells beside its outputs. */
export interface ReportFacts {
  readonly used: UsedCodes;
  /** Cells of the region that depend on land outside the elevation. */
  readonly edgeContamination: ContaminatedCells;
}

/**
 * The tables and the summary that are handed in, from the merged cube.
 *
 * Inputs: those of `readRegion`, `edge-contamination` (see `countContamination`), and where there are such `codes-engineering`,
 * `codes-tillage` (JSON tables of the codes that occur). Outputs are named as the files are; facts: see `ReportFacts`.
 */
export const report: TaskHandler = {
  kind: 'report',
  version: 6,
  async run(task, context) {
    const parameters = task.parameters as unknown as ReportParameters;
    const { year, model, language } = parameters;
    const edition = fileEdition(parameters);
    const region = await readRegion(task, context, parameters);
    const usedCodes = async (input: string) =>
      task.inputs[input] && (await readCodeTable(context, input)).map(({ code }) => code);
    const used: UsedCodes = {
      landUse: usedLandUse(region.cube),
      engineering: await usedCodes('codes-engineering'),
      tillage: await usedCodes('codes-tillage'),
    };
    const unverified = unverifiedInUse(parameters.unverified, used);
    const facts = { year, model, unverifiedParameters: unverified.length };
    const summary = summaryParagraph(region.report, facts, language);
    const edge = await readContaminatedCells(context, contaminationInput);
    const { tables: ofRegion, counties } = region.report;
    const tables = [...ofRegion, edgeTable(counties, edge, parameters.grid.cellSizeMetres)];
    // The library that makes workbooks takes long to load, and a plan that only names this task does not need it.
    const { tableFiles } = await import('./table-files.ts');
    const outputs: Record<string, TaskOutput> = {
      ...(await tableFiles(parameters, tables, unverified)),
      [`summary_${edition}.txt`]: { bytes: Buffer.from(`${summary}\n`), mediaType: 'text/plain; charset=utf-8' },
      [`statistics_${edition}.json`]: {
        bytes: Buffer.from(`${JSON.stringify(statisticsRows(region.report), null, 1)}\n`),
        mediaType: 'application/json',
      },
    };
    const told: ReportFacts = { used, edgeContamination: contaminatedRegion(edge) };
    return { outputs, facts: told as unknown as JsonValue };
  },
};
