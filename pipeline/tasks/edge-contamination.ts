import type { CellWindow } from '../../models/grid/grid-spec.ts';
import { addContaminatedCells, type ContaminatedCells } from '../../models/statistics/edge-contamination-cells.ts';
import type { PixelArray } from '../formats/pixel-type.ts';
import { openRaster, readTile } from '../formats/raster-read.ts';
import type { TaskContext, TaskHandler } from './task.ts';

/** Names of the two inputs of a tile. */
export const marksInput = (tile: string): string => `marks-${tile}`;
export const zonesInput = (tile: string): string => `zones-${tile}`;

export interface CountContaminationParameters {
  /** Tiles of the annual pass, the terrain's tile under each, and the cells of that which it is. */
  readonly tiles: readonly { readonly id: string; readonly terrain: string; readonly window: CellWindow }[];
}

/**
 * Counts by zone the cells whose terrain may depend on land outside the data, tile after tile. It depends on the elevation and
 * the zones alone, so whatever else changes leaves it as it is.
 *
 * Inputs: of each tile of the terrain, `marks-<tile>` (uint8, see `edgeContamination`), and of each tile of the annual pass `zones-<tile>`
 * (uint16 index, 0 in none). Output:
 * `cells` (JSON, [index, ContaminatedCells] of each zone).
 */
export const countContamination: TaskHandler = {
  kind: 'edge-contamination',
  version: 2,
  async run(task, context) {
    const { tiles } = task.parameters as unknown as CountContaminationParameters;
    let sums = new Map<number, ContaminatedCells>();
    for (const { id, terrain, window } of tiles) {
      context.signal.throwIfAborted();
      const marks = await windowOf(await context.inputPath(marksInput(terrain)), window);
      const [zones] = (await readTile(await context.inputPath(zonesInput(id)))).data;
      sums = addContaminatedCells(sums, marks as Uint8Array, zones as Uint16Array);
    }
    const cells = [...sums].sort(([a], [b]) => a - b);
    return { outputs: { cells: { bytes: Buffer.from(JSON.stringify(cells)), mediaType: 'application/json' } } };
  },
};

async function windowOf(path: string, window: CellWindow): Promise<PixelArray> {
  const raster = openRaster(path);
  try {
    return await raster.read(1, window);
  } finally {
    raster.close();
  }
}

/** What the task counted, by index of the zone, among the inputs of another. */
export const readContaminatedCells = async (
  context: TaskContext,
  input: string,
): Promise<ReadonlyMap<number, ContaminatedCells>> =>
  new Map(JSON.parse(Buffer.from(await context.inputBytes(input)).toString()) as [number, ContaminatedCells][]);
