import { windowFrom } from '../../models/grid/grid-spec.ts';
import type { TileFrame } from '../../models/grid/tile-layout.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import { type CountContaminationParameters, marksInput, zonesInput } from '../tasks/edge-contamination.ts';
import type { JsonValue, PlannedInput, PlannedTask, TaskOutputReference } from '../tasks/task.ts';
import { terrainUnder } from './plan-terrain.ts';

/** What the task counts: cells by zone, see `countContamination`. */
export const contaminatedCells: TaskOutputReference = { task: 'edge-contamination', output: 'cells' };

/**
 * The task that tells of each zone of the first set how much of it depends on land outside the elevation.
 * @param tiles tiles of the annual pass
 * @param tileSize side of the tiles of the terrain under them, in cells
 */
export function planEdgeContamination({ run }: LoadedRun, tiles: readonly TileFrame[], tileSize: number): PlannedTask {
  const [first] = run.statistics.zones;
  const inputs: Record<string, PlannedInput> = {};
  const under = tiles.map((tile) => {
    const { id: terrain, input, corner } = terrainUnder(tile, tileSize);
    inputs[marksInput(terrain)] = { task: input.task, output: 'edgeContamination' };
    inputs[zonesInput(tile.id)] = { task: `zones/${first!.id}`, output: tile.id };
    const { x0, y0, width, height } = tile;
    return { id: tile.id, terrain, window: windowFrom(corner, { x0, y0, width, height }) };
  });
  const parameters: CountContaminationParameters = { tiles: under };
  return {
    id: contaminatedCells.task,
    kind: 'edge-contamination',
    parameters: parameters as unknown as JsonValue,
    inputs,
  };
}
