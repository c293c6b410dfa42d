import { joinRuns, runsByLabel } from '../../../models/disturbance/cell-runs.ts';
import { mergeTallies, type PatchTally, tallyPatches } from '../../../models/disturbance/patch-tally.ts';
import { type LabelCorrection, tiledLabels } from '../../../models/disturbance/tiled-labels.ts';
import { squaredDistances } from '../../../models/grid/distance-transform.ts';
import { type CellWindow, grownWindow, windowFrom } from '../../../models/grid/grid-spec.ts';
import type { TaskHandler } from '../task.ts';
import { readBoundary } from '../terrain/boundary-artifact.ts';
import { type ChangeTileParameters, type PatchTileParameters, waterReachCells } from './change-parameters.ts';
import { type PatchPart, patchParts } from './patch-parts.ts';
import { TwoYears } from './two-year-strips.ts';

/**
 * What a tile knows about each patch in it: its cells and what they add up to.
 *
 * Inputs: those of `change-tile` without factors, its `rule` and `labels`, the tile's `correction`, `terrain` for the slope,
 * and `surrounding-landUse`, which reaches beyond the tile as far as water is looked for. Output: `parts` (JSON, see `PatchPart`).
 */
export const patchTile: TaskHandler = {
  kind: 'patch-tile',
  version: 3,
  async run(task, context) {
    const parameters = task.parameters as unknown as PatchTileParameters;
    const { window: tile, rules, terrainCorner } = parameters;
    const correction = await readBoundary<LabelCorrection>(context, 'correction');
    const runs = new Map<number, number[][]>();
    const tallies = new Map<number, PatchTally[]>();
    const inputs = new TwoYears(task, context);
    try {
      // Most tiles of a quiet region have no patch at all.
      for (const window of correction.number.length === 0 ? [] : inputs.windows()) {
        const local = await inputs.read<Uint32Array>('labels', window);
        const rule = await inputs.read<Uint8Array>('rule', window);
        const labels = tiledLabels(rules.connectivity).finalise(rule, local, correction, window);
        if (!labels.some((label) => label !== 0)) continue;
        const strip = await inputs.strip(window);
        const inGrid = { ...window, x0: tile.x0, y0: tile.y0 + window.y0 };
        const slopeDegrees = await inputs.read<Float32Array>('terrain', windowFrom(terrainCorner, inGrid));
        for (const [label, list] of runsByLabel(labels, inGrid)) push(runs, label, list);
        const waterSquared = await waterDistances(inputs, inGrid, parameters);
        const layers = { ...strip, rule, slopeDegrees, county: strip.zones[0]!, waterSquared };
        for (const [label, tally] of tallyPatches(labels, layers)) push(tallies, label, tally);
      }
    } finally {
      inputs.close();
    }
    const parts: PatchPart[] = [...runs]
      .sort(([a], [b]) => a - b)
      .map(([label, lists]) => ({ label, runs: [...joinRuns(lists)], tally: mergeTallies(tallies.get(label)!) }));
    return { outputs: { parts: patchParts.output(parts) } };
  },
};

/** Squared distances of the cells of a window of the grid to water, which may lie outside the tile. */
async function waterDistances(
  inputs: TwoYears,
  window: CellWindow,
  { grid, rules }: ChangeTileParameters,
): Promise<Uint32Array> {
  const { water } = rules;
  const reach = waterReachCells(rules, grid);
  const around = grownWindow(window, reach, grid);
  const codes = await inputs.surroundingLandUse(around);
  const marked = codes.map((code) => (water.codes.includes(code) ? 1 : 0));
  const all = squaredDistances(marked, around.width, reach);
  const own = new Uint32Array(window.width * window.height);
  const [left, top] = [window.x0 - around.x0, window.y0 - around.y0];
  for (let row = 0; row < window.height; row++) {
    const start = (top + row) * around.width + left;
    own.set(all.subarray(start, start + window.width), row * window.width);
  }
  return own;
}

function push<T>(lists: Map<number, T[]>, label: number, item: T): void {
  const list = lists.get(label);
  if (list === undefined) lists.set(label, [item]);
  else list.push(item);
}
