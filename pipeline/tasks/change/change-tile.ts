import { disturbanceDetector, kindOfRule } from '../../../models/disturbance/detect-disturbance.ts';
import { decomposeChange } from '../../../models/disturbance/factor-decomposition.ts';
import { tiledLabels } from '../../../models/disturbance/tiled-labels.ts';
import { countTransitions } from '../../../models/disturbance/transitions.ts';
import { type CellWindow, windowGrid } from '../../../models/grid/grid-spec.ts';
import type { TaskHandler } from '../task.ts';
import { boundaryOutput } from '../terrain/boundary-artifact.ts';
import { rasterOutput } from '../terrain/terrain-rasters.ts';
import { type ChangeCounts, encodeChangeCounts, mergeChangeCounts } from './change-counts.ts';
import { type ChangeTileParameters, tonnesPerSquareKilometre } from './change-parameters.ts';
import { type TwoYearStrip, TwoYears } from './two-year-strips.ts';

/**
 * Compares two years over one tile: counts transitions, splits the change of the modulus by factors, finds disturbed cells
 * and labels them as if the tile stood alone.
 *
 * Inputs: for `previous` and `current` each `-modulus`, `-intensity`, `-landUse` and `-factor-X`; `zones-<set>`.
 * Outputs: `changes` (see `ChangeCounts`), `rule` (uint8, place of the rule that holds), `labels` (uint32), `boundary`.
 */
export const changeTile: TaskHandler = {
  kind: 'change-tile',
  version: 2,
  async run(task, context) {
    const parameters = task.parameters as unknown as ChangeTileParameters;
    const { window: tile, rules } = parameters;
    const detect = disturbanceDetector(rules);
    const rule = new Uint8Array(tile.width * tile.height);
    const counts: ChangeCounts[] = [];
    const inputs = new TwoYears(task, context);
    try {
      for (const window of inputs.windows()) {
        const strip = await inputs.strip(window);
        const found = detect({ ...strip, ...(await rain(inputs, window, parameters)) });
        rule.set(found.rule, window.y0 * tile.width);
        counts.push({ ...(await stripCounts(inputs, strip, parameters)), filtered: found.filtered });
      }
    } finally {
      inputs.close();
    }
    const kinds = kindOfRule(rules);
    const { partial, boundary } = tiledLabels(rules.connectivity).tile(
      rule.map((at) => kinds[at]!),
      tile,
    );
    const target = windowGrid(parameters.grid, tile);
    return {
      outputs: {
        changes: { bytes: encodeChangeCounts(mergeChangeCounts(counts)), mediaType: 'application/json' },
        rule: await rasterOutput(context, 'rule', target, [{ data: rule, nodata: 0, description: 'detection rule' }]),
        labels: await rasterOutput(context, 'labels', target, [{ data: partial, nodata: 0, description: 'patch' }]),
        boundary: boundaryOutput(boundary),
      },
    };
  },
};

async function rain(inputs: TwoYears, window: CellWindow, { equalRain }: ChangeTileParameters) {
  if (!equalRain) return {};
  const of = (year: string) => inputs.read<Float32Array>(`${year}-factor-R`, window);
  return { erosivity: [await of('previous'), await of('current')] as const };
}

async function stripCounts(
  inputs: TwoYears,
  { window, landUse, intensity, zones }: TwoYearStrip,
  { zoneSets, factors }: ChangeTileParameters,
): Promise<Omit<ChangeCounts, 'filtered'>> {
  const bySet = (pair: readonly [Uint8Array, Uint8Array]) =>
    Object.fromEntries(zoneSets.map((set, at) => [set, countTransitions(pair[0], pair[1], zones[at])]));
  const pairs = [];
  for (const symbol of factors)
    pairs.push({
      symbol,
      previous: await inputs.read<Float32Array>(`previous-factor-${symbol}`, window),
      current: await inputs.read<Float32Array>(`current-factor-${symbol}`, window),
    });
  return {
    intensity: bySet(intensity),
    landUse: bySet(landUse),
    decomposition: factors.length === 0 ? [] : decomposeChange(pairs, zones[0]!, tonnesPerSquareKilometre),
  };
}
