import { addContaminatedCells, type ContaminatedCells } from '../../models/statistics/edge-contamination-cells.ts';
import { readTile } from '../formats/raster-read.ts';
import type { TaskContext, TaskHandler } from './task.ts';

/** Names of the two inputs of a tile. */
export const marksInput = (tile: string): string => `marks-${tile}`;
export const zonesInput = (tile: string): string => `zones-${tile}`;

export interface CountContaminationParameters {
  /** Ids of the tiles of the grid. */
  readonly tiles: readonly string[];
}

/**
 * Counts by zone the cells whose terrain may depend on land outside the data, tile after tile. It depends on the elevation and
 * the zones alone, so whatever else changes leaves it as it is.
 *
 * Inputs: of each tile, `marks-<tile>` (uint8, see `edgeContamination`) and `zones-<tile>` (uint16 index, 0 in none). Output:
 * `cells` (JSON, [index, ContaminatedCells] of each zone).
 */
export const countContamination: TaskHandler = {
  kind: 'edge-contamination',
  version: 1,
  async run(task, context) {
    const { tiles } = task.parameters as unknown as CountContaminationParameters;
    let sums = new Map<number, ContaminatedCells>();
    for (const tile of tiles) {
      context.signal.throwIfAborted();
      const [marks] = (await readTile(await context.inputPath(marksInput(tile)))).data;
      const [zones] = (await readTile(await context.inputPath(zonesInput(tile)))).data;
      sums = addContaminatedCells(sums, marks as Uint8Array, zones as Uint16Array);
    }
    const cells = [...sums].sort(([a], [b]) => a - b);
    return { outputs: { cells: { bytes: Buffer.from(JSON.stringify(cells)), mediaType: 'application/json' } } };
  },
};

/** What the task counted, by index of the zone, among the inputs of another. */
export const readContaminatedCells = async (
  context: TaskContext,
  input: string,
): Promise<ReadonlyMap<number, ContaminatedCells>> =>
  new Map(JSON.parse(Buffer.from(await context.inputBytes(input)).toString()) as [number, ContaminatedCells][]);
