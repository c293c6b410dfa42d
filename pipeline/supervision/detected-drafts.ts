import { type CodeCounts, ranked } from '../../models/disturbance/patch-tally.ts';
import type { DetectionRules } from '../../models/disturbance/rules/detection-2024.ts';
import { outOfReach } from '../../models/grid/distance-transform.ts';
import type { GridSpec } from '../../models/grid/grid-spec.ts';
import type { Geometry } from '../formats/geometry.ts';
import { ellipsoidalAreaSquareMetres } from '../formats/polygon-area.ts';
import type { DetectedPatch } from '../tasks/change/patch-merge.ts';
import type { CodeEntry } from '../tasks/code-tiles.ts';
import { type PatchDraft, type PatchGround, type PatchSurroundings, unknownSurroundings } from './patch-record.ts';

export interface DetectedBatch {
  readonly grid: GridSpec;
  readonly rules: DetectionRules;
  /** Counties as the zone rasters number them. */
  readonly counties: readonly CodeEntry[];
  /** Days of the imagery behind the two years. */
  readonly imageDates: readonly [previous: string, current: string];
}

/** Cells already disturbed the year before: of these the first day is unknown. */
const continuedRule = 'RD-12';

/** Drafts of the patches found in the rasters. */
export function detectedDrafts(patches: readonly DetectedPatch[], batch: DetectedBatch): PatchDraft[] {
  return patches.map((patch) => {
    const geometry: Geometry = { type: 'MultiPolygon', coordinates: patch.coordinates };
    const ground = groundOf(patch, batch);
    const continued = ground.rules.find(({ code }) => code === continuedRule)?.share ?? 0;
    const [before, now] = batch.imageDates;
    return {
      key: `D${patch.label}`,
      source: { kind: 'detected', issuer: '', number: null, attributes: {} },
      type: '其他扰动',
      imageDate: now,
      disturbed: continued > 0 ? { earliest: null, latest: now } : { earliest: before, latest: now },
      crs: batch.grid.crs,
      geometry,
      areaSquareMetres: ellipsoidalAreaSquareMetres(geometry, batch.grid.crs),
      counties: countiesOf(patch.tally.counties, batch.counties),
      ground,
      surroundings: { ...unknownSurroundings, water: waterOf(patch, batch) },
      change: continued === 0 ? '新增' : continued === 1 ? '续建(范围不变)' : '续建(范围扩大)',
    };
  });
}

/** Counties by falling share; cells outside every county are left out. */
function countiesOf(counts: CodeCounts, table: readonly CodeEntry[]): PatchDraft['counties'] {
  const entries = new Map(table.map((entry) => [entry.index, entry]));
  const inside = ranked(counts).filter(([index]) => entries.has(index));
  const all = inside.reduce((sum, [, cells]) => sum + cells, 0);
  return inside.map(([index, cells]) => {
    const { code, name } = entries.get(index)!;
    return { code, ...(name === '' ? {} : { name }), share: cells / all };
  });
}

/** Nearest water of the map of the later year, from the centre of a cell to the centre of another. */
function waterOf({ tally }: DetectedPatch, { grid, rules }: DetectedBatch): PatchSurroundings['water'] {
  const { searchMetres } = rules.water;
  const metres = tally.waterSquared === outOfReach ? null : Math.sqrt(tally.waterSquared) * grid.cellSizeMetres;
  return { metres, searchedMetres: searchMetres };
}

function groundOf({ kind, shape, tally }: DetectedPatch, { grid, rules }: DetectedBatch): PatchGround {
  const share = (cells: number): number => cells / tally.cells;
  const pairs = (counts: CodeCounts) =>
    ranked(counts).map(([pair, cells]) => ({ from: Math.floor(pair / 256), to: pair % 256, share: share(cells) }));
  const squareKilometres = (grid.cellSizeMetres * grid.cellSizeMetres) / 1e6;
  const tonnes = (year: 0 | 1): number | null =>
    tally.modulusCells[year] === 0 ? null : (tally.modulusThousandths[year] / 1000) * squareKilometres;
  return {
    kind,
    shape,
    rules: ranked(tally.rules).map(([at, cells]) => ({ code: rules.rules[at - 1]!.code, share: share(cells) })),
    landUse: pairs(tally.landUse),
    intensity: pairs(tally.intensity),
    meanSlopeDegrees: tally.slopeCells === 0 ? null : tally.slopeThousandths / 1000 / tally.slopeCells,
    steepShare: share(tally.steepCells),
    soilLossTonnes: [tonnes(0), tonnes(1)],
  };
}
