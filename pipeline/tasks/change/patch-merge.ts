import { type CornerPolygon, polygonOfRuns } from '../../../models/disturbance/cell-polygon.ts';
import { type CellRuns, joinRuns } from '../../../models/disturbance/cell-runs.ts';
import { type PatchShape, patchShape } from '../../../models/disturbance/patch-shape.ts';
import { mergeTallies, type PatchTally } from '../../../models/disturbance/patch-tally.ts';
import type { DetectionRules, PatchKind } from '../../../models/disturbance/rules/detection-2024.ts';
import type { GridSpec } from '../../../models/grid/grid-spec.ts';
import type { Position } from '../../formats/geometry.ts';
import type { TaskHandler } from '../task.ts';
import type { PatchMergeParameters } from './change-parameters.ts';
import { type PatchPart, patchParts } from './patch-parts.ts';

/** A patch found in the rasters of two years. */
export interface DetectedPatch {
  /** Number in the grid: the order of the patches' first cells. */
  readonly label: number;
  readonly kind: PatchKind;
  /** Polygons in the system of the grid that follow the cells exactly; holes taken out. */
  readonly coordinates: readonly (readonly (readonly Position[])[])[];
  readonly shape: PatchShape;
  readonly tally: PatchTally;
}

/** Why a patch was not raised. */
export type DropReason = 'below-minimum-area' | 'sliver';

export interface DetectedPatches {
  readonly patches: readonly DetectedPatch[];
  /** Patches and cells that were dropped, by kind and reason: nothing vanishes without being counted. */
  readonly dropped: readonly {
    readonly kind: PatchKind;
    readonly reason: DropReason;
    readonly patches: number;
    readonly cells: number;
  }[];
}

/** Joins the parts of patches and outlines them. Inputs: `parts` of each tile by its name. Output: `patches` (JSON). */
export const patchMerge: TaskHandler = {
  kind: 'patch-merge',
  version: 2,
  async run(task, context) {
    const { grid, rules } = task.parameters as unknown as PatchMergeParameters;
    const byLabel = new Map<number, PatchPart[]>();
    for (const name of Object.keys(task.inputs).sort())
      for (const part of await patchParts.read(context, name))
        byLabel.set(part.label, [...(byLabel.get(part.label) ?? []), part]);
    const result = detectedPatches(byLabel, grid, rules);
    const facts = { patches: result.patches.length };
    return {
      outputs: { patches: { bytes: Buffer.from(JSON.stringify(result)), mediaType: 'application/json' } },
      facts,
    };
  },
};

/** Whole patches of their parts, in the order of their labels. */
export function detectedPatches(
  byLabel: ReadonlyMap<number, readonly PatchPart[]>,
  grid: GridSpec,
  rules: DetectionRules,
): DetectedPatches {
  const patches: DetectedPatch[] = [];
  const dropped = new Map<string, { kind: PatchKind; reason: DropReason; patches: number; cells: number }>();
  for (const label of [...byLabel.keys()].sort((a, b) => a - b)) {
    const parts = byLabel.get(label)!;
    const tally = mergeTallies(parts.map((part) => part.tally));
    const { kind } = rules.rules[tally.rules[0]![0] - 1]!;
    const runs = joinRuns(parts.map((part) => part.runs));
    const { shape, polygons } = outlined(runs);
    const reason = dropReason(shape, rules.patchFilters[kind], grid);
    if (reason === undefined) {
      patches.push({ label, kind, coordinates: placed(polygons, grid), shape, tally });
      continue;
    }
    const key = `${kind} ${reason}`;
    const sum = dropped.get(key) ?? { kind, reason, patches: 0, cells: 0 };
    dropped.set(key, { ...sum, patches: sum.patches + 1, cells: sum.cells + shape.cells });
  }
  return { patches, dropped: [...dropped.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum) };
}

function outlined(runs: CellRuns) {
  const polygons = polygonOfRuns(runs);
  return { polygons, shape: patchShape(polygons) };
}

function dropReason(
  shape: PatchShape,
  filter: DetectionRules['patchFilters'][PatchKind],
  { cellSizeMetres }: GridSpec,
): DropReason | undefined {
  if ((shape.cells * cellSizeMetres * cellSizeMetres) / 10_000 < filter.minimumHectares) return 'below-minimum-area';
  return shape.meanWidthSides < filter.minimumMeanWidthCells ? 'sliver' : undefined;
}

function placed(polygons: readonly CornerPolygon[], { originX, originY, cellSizeMetres }: GridSpec) {
  return polygons.map((rings) =>
    rings.map((ring) =>
      ring.map(([column, row]): Position => [originX + column * cellSizeMetres, originY - row * cellSizeMetres]),
    ),
  );
}
