import type { Cube } from '../../models/statistics/cube.ts';
import { decodeCube } from '../../models/statistics/encode-cube.ts';
import type { Report } from '../../models/statistics/tables/report-tables.ts';
import { readLandAreas, readRateTargets } from '../inputs/zone-attributes.ts';
import type { CodeEntry } from './code-tiles.ts';
import { regionReport } from './region-report.ts';
import type { RegionParameters } from './report-parameters.ts';
import { openSource, type SourceFile } from './source-file.ts';
import type { ResolvedTask, TaskContext } from './task.ts';

/** The figures of a region and what they were made from. */
export interface ReportedRegion {
  readonly cube: Cube;
  /** Zones of each set, in the order of the run file. */
  readonly zoneTables: readonly (readonly CodeEntry[])[];
  readonly report: Report;
}

/** A JSON table of codes among the inputs of a task. */
export const readCodeTable = async (context: TaskContext, input: string): Promise<CodeEntry[]> =>
  JSON.parse(Buffer.from(await context.inputBytes(input)).toString()) as CodeEntry[];

/**
 * Works the figures of a region out of the inputs `cube`, `zones-<set>` (JSON tables) and, where there are such, `landAreas`
 * and `targets`. Tables, map and chart are tasks of their own that each do this: it takes hundredths of a second.
 * @param cubeInput name of the cube, in a task that has several
 */
export async function readRegion(
  task: ResolvedTask,
  context: TaskContext,
  parameters: RegionParameters,
  cubeInput = 'cube',
): Promise<ReportedRegion> {
  const zoneTables: CodeEntry[][] = [];
  for (const { id } of parameters.zoneSets) zoneTables.push(await readCodeTable(context, `zones-${id}`));
  const shown = (name: string) => (task.inputs[name]!.source as unknown as SourceFile).shown;
  const { landAreas, targets } = task.inputs;
  const cube = decodeCube(await context.inputBytes(cubeInput));
  const report = regionReport(parameters, {
    cube,
    tables: zoneTables,
    landAreas: landAreas && (await readLandAreas(await openSource(landAreas), shown('landAreas'))),
    targets: targets && (await readRateTargets(await openSource(targets), shown('targets'), parameters.year)),
    landAreasShown: landAreas ? shown('landAreas') : '',
  });
  return { cube, zoneTables, report };
}
