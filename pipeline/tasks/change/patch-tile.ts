import { joinRuns, runsByLabel } from '../../../models/disturbance/cell-runs.ts';
import { mergeTallies, type PatchTally, tallyPatches } from '../../../models/disturbance/patch-tally.ts';
import { type LabelCorrection, tiledLabels } from '../../../models/disturbance/tiled-labels.ts';
import type { TaskHandler } from '../task.ts';
import { readBoundary } from '../terrain/boundary-artifact.ts';
import type { ChangeTileParameters } from './change-parameters.ts';
import { type PatchPart, patchParts } from './patch-parts.ts';
import { TwoYears } from './two-year-strips.ts';

/**
 * What a tile knows about each patch in it: its cells and what they add up to.
 *
 * Inputs: those of `change-tile` without factors, its `rule` and `labels`, the tile's `correction`, and `terrain` for the
 * slope. Output: `parts` (JSON, see `PatchPart`).
 */
export const patchTile: TaskHandler = {
  kind: 'patch-tile',
  version: 1,
  async run(task, context) {
    const { window: tile, rules } = task.parameters as unknown as ChangeTileParameters;
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
        const slopeDegrees = await inputs.read<Float32Array>('terrain', window);
        const inGrid = { ...window, x0: tile.x0, y0: tile.y0 + window.y0 };
        for (const [label, list] of runsByLabel(labels, inGrid)) push(runs, label, list);
        const layers = { ...strip, rule, slopeDegrees, county: strip.zones[0]! };
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

function push<T>(lists: Map<number, T[]>, label: number, item: T): void {
  const list = lists.get(label);
  if (list === undefined) lists.set(label, [item]);
  else list.push(item);
}
