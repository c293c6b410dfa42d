import { describe, expect, test } from 'vitest';
import type { patchKinds } from '../../models/disturbance/detect-disturbance.ts';
import {
  minimumAreasOf,
  detectionRules2024 as rules,
  withMinimumAreas,
} from '../../models/disturbance/rules/detection-2024.ts';
import { supervisionRules2024, withThresholds } from '../../models/disturbance/rules/supervision-2024.ts';
import { outOfReach } from '../../models/grid/distance-transform.ts';
import { detectedPatches } from '../../pipeline/tasks/change/patch-merge.ts';
import type { PatchPart } from '../../pipeline/tasks/change/patch-parts.ts';

const grid = { crs: 'EPSG:4544', cellSizeMetres: 10, originX: 500_000, originY: 3_900_000, width: 900, height: 900 };

/** A patch that is a box of cells, found by the first rule of a kind. */
function box(label: number, kind: (typeof patchKinds)[number], width: number, height: number): PatchPart {
  const place = rules.rules.findIndex((rule) => rule.kind === kind) + 1;
  const cells = width * height;
  return {
    label,
    runs: Array.from({ length: height }, (_, row) => [row, 0, width]).flat(),
    tally: {
      cells,
      rules: [[place, cells]],
      landUse: [[0, cells]],
      intensity: [[0, cells]],
      counties: [],
      slopeThousandths: 0,
      slopeCells: 0,
      steepCells: 0,
      waterSquared: outOfReach,
      modulusThousandths: [0, 0],
      modulusCells: [0, 0],
    },
  };
}

const found = (parts: readonly PatchPart[], edition = rules) =>
  detectedPatches(new Map(parts.map((part) => [part.label, [part]])), grid, edition);

describe('a patch is raised', () => {
  test.each([
    ['disturbed', 2, 5],
    ['built', 10, 10],
    ['bare', 10, 10],
    ['erosion', 10, 10],
  ] as const)('from the least area of %s ground on, inclusive; what is smaller is counted', (kind, width, height) => {
    expect(found([box(1, kind, width, height)])).toMatchObject({ patches: [{ label: 1, kind }], dropped: [] });
    const { patches, dropped } = found([box(1, kind, width, height), box(2, kind, width, height - 1)]);
    expect(patches.map(({ label }) => label)).toEqual([1]);
    expect(dropped).toEqual([{ kind, reason: 'below-minimum-area', patches: 1, cells: width * (height - 1) }]);
  });

  test('when it is no sliver along a class border', () => {
    const kept = (kind: (typeof patchKinds)[number], width: number) =>
      found([box(1, kind, width, 200)]).dropped.map(({ reason }) => reason);
    expect(kept('disturbed', 1)).toEqual(['sliver']);
    expect(kept('disturbed', 2)).toEqual([]);
    expect(kept('built', 1)).toEqual(['sliver']);
    expect(kept('erosion', 2)).toEqual(['sliver']);
    expect(kept('erosion', 3)).toEqual([]);
  });

  test('by the least areas of the thresholds in force', () => {
    const others = withThresholds(supervisionRules2024, { minimumSpoilHectares: 0.2, minimumOtherHectares: 0.5 });
    const edition = withMinimumAreas(rules, minimumAreasOf(others));
    expect(withMinimumAreas(rules, minimumAreasOf(supervisionRules2024))).toEqual(rules);
    const parts = [box(1, 'disturbed', 2, 5), box(2, 'disturbed', 4, 5), box(3, 'built', 5, 10), box(4, 'bare', 5, 9)];
    expect(found(parts, edition).patches.map(({ label }) => label)).toEqual([2, 3]);
  });
});
