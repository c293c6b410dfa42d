import type { TileFrame } from '../../models/grid/tile-layout.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import { type CountContaminationParameters, marksInput, zonesInput } from '../tasks/edge-contamination.ts';
import type { JsonValue, PlannedInput, PlannedTask, TaskOutputReference } from '../tasks/task.ts';

/** What the task counts: cells by zone, see `countContamination`. */
export const contaminatedCells: TaskOutputReference = { task: 'edge-contamination', output: 'cells' };

/** The task that tells of each zone of the first set how much of it depends on land outside the elevation. */
export function planEdgeContamination({ run }: LoadedRun, tiles: readonly TileFrame[]): PlannedTask {
  const [first] = run.statistics.zones;
  const parameters: CountContaminationParameters = { tiles: tiles.map(({ id }) => id) };
  const inputs: Record<string, PlannedInput> = {};
  for (const { id } of tiles) {
    inputs[marksInput(id)] = { task: `terrain/factors/${id}`, output: 'edgeContamination' };
    inputs[zonesInput(id)] = { task: `zones/${first!.id}`, output: id };
  }
  return {
    id: contaminatedCells.task,
    kind: 'edge-contamination',
    parameters: parameters as unknown as JsonValue,
    inputs,
  };
}
