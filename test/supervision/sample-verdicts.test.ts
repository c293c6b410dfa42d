import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { coldStartWeights } from '../../models/disturbance/ranking.ts';
import { detectionRules2024 } from '../../models/disturbance/rules/detection-2024.ts';
import { supervisionRules2024 } from '../../models/disturbance/rules/supervision-2024.ts';
import { transitionTable } from '../../models/disturbance/transition-table.ts';
import { readBoundaries } from '../../pipeline/exchange/read-boundaries.ts';
import { readPatches } from '../../pipeline/exchange/read-patches.ts';
import type { Geometry } from '../../pipeline/formats/geometry.ts';
import { agreement, type KnownPatch } from '../../pipeline/supervision/agreement.ts';
import type { RegisteredBoundary } from '../../pipeline/supervision/boundary.ts';
import { detectedDrafts } from '../../pipeline/supervision/detected-drafts.ts';
import { type JudgedBatch, judgeBatch } from '../../pipeline/supervision/judge-batch.ts';
import type { PatchDraft } from '../../pipeline/supervision/patch-record.ts';
import { type SamplePair, samplePair, sampleRegion } from './sample-pair.ts';

interface TruthFeature {
  readonly geometry: Geometry;
  readonly properties: { readonly QDNM: string; readonly BYD: string; readonly EAREA: number; readonly QAREA: number };
}

let pair: SamplePair;
let boundaries: RegisteredBoundary[];
let truth: TruthFeature[];

beforeAll(async () => {
  pair = await samplePair(await sampleRegion(), 256);
  const { rows, quarantine } = await readBoundaries(
    pair.path('projects/project-boundaries.shp'),
    'project-boundaries.shp',
  );
  expect(quarantine).toEqual([]);
  boundaries = rows.map((row) => ({ ...row, version: 1, knownFrom: '2024-01-01' }));
  truth = JSON.parse(readFileSync(pair.path('truth/disturbance-verdicts.geojson'), 'utf8')).features;
}, 180_000);
afterAll(() => pair?.remove());

function judged(drafts: readonly PatchDraft[]): JudgedBatch {
  return judgeBatch(
    { batch: { year: 2024, period: 9 }, drafts, boundaries, previous: [], usedNumbers: [], decided: [] },
    {
      crs: pair.planned.grid.crs,
      rules: supervisionRules2024,
      weights: coldStartWeights,
      knownOn: '2024-12-01',
      detectedPositionMetres: pair.planned.grid.cellSizeMetres,
    },
  );
}

const knownPatches = (): KnownPatch[] =>
  truth.map(({ geometry, properties }) => ({ key: properties.QDNM, geometry, verdict: properties.BYD }));

test('one tile or many: the same patches and the same change, byte by byte', async () => {
  const whole = await samplePair(pair.directory, 640);
  expect(whole.planned.tiles).toHaveLength(1);
  expect(whole.patchBytes.equals(pair.patchBytes)).toBe(true);
  expect(whole.changes).toEqual(pair.changes);
}, 120_000);

test('change of the region closes: margins, land and the parts of the factors', () => {
  const { cells } = transitionTable(pair.changes.landUse.county!, undefined);
  const table = transitionTable(pair.changes.intensity.county!, undefined, [1, 2, 3, 4, 5, 6]);
  const { width, height } = pair.planned.grid;
  expect(table.valid + table.lost + table.gained + table.absent).toBe(width * height);
  expect(cells.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(width * height);
  expect(pair.planned.incomparable).toEqual([]);
  expect(pair.planned.factors).toEqual(['R', 'K', 'L', 'S', 'B', 'E', 'T']);
  for (const { total, parts } of pair.changes.decomposition) {
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
    // Neither soil nor relief changed between the years.
    expect([parts[1], parts[2], parts[3]].map((part) => part! === 0)).toEqual([true, true, true]);
  }
});

const imageDates = ['2023-09-05', '2024-09-12'] as const;

describe('planted disturbances of the sample region', () => {
  test('as the ministry issues them, every one gets its planted verdict and excess', async () => {
    const { drafts, quarantine } = await readPatches(pair.path('projects/disturbance-patches.geojson'), {
      issuer: '部',
    });
    expect(quarantine).toEqual([]);
    const { patches } = judged(drafts);
    const verdicts = Object.fromEntries(patches.map(({ number, judgement }) => [number, judgement.verdict]));
    expect(verdicts).toEqual(Object.fromEntries(truth.map(({ properties }) => [properties.QDNM, properties.BYD])));
    for (const { number, judgement, areaSquareMetres } of patches) {
      const { EAREA, QAREA } = truth.find(({ properties }) => properties.QDNM === number)!.properties;
      // The truth is planar; the map's scale differs by less than 0.01 % here.
      expect(Math.abs(judgement.excessSquareMetres / 10_000 - EAREA)).toBeLessThan(0.0002);
      expect(Math.abs(areaSquareMetres / 10_000 / QAREA - 1)).toBeLessThan(0.0005);
    }
  });

  test('lie in counties by name and code, the largest share first', () => {
    const counties = [1, 2, 3, 4, 5, 6, 7].map((index) => {
      const name = index === 7 ? '' : `县${index}`;
      return { index, code: `62116${index}`, name, parent: '6211' };
    });
    const batch = { grid: pair.planned.grid, rules: detectionRules2024, counties, imageDates } as const;
    const met = detectedDrafts(pair.patches.patches, batch).flatMap((draft) => {
      const shares = draft.counties.map(({ share }) => share);
      expect(shares).toEqual([...shares].sort((a, b) => b - a));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      return draft.counties;
    });
    expect(new Set(met.map(({ code }) => code)).size).toBeGreaterThan(3);
    for (const { code, name } of met) expect(name).toBe(code === '621167' ? undefined : `县${code.at(-1)}`);
  });

  test('are found in the rasters, and judged alike there', () => {
    const drafts = detectedDrafts(pair.patches.patches, {
      grid: pair.planned.grid,
      rules: detectionRules2024,
      counties: [],
      imageDates,
    });
    const { patches } = judged(drafts.map((draft) => ({ ...draft, counties: [{ code: '621121', share: 1 }] })));
    const found = patches.map(({ number, geometry, judgement }) => ({
      key: number,
      geometry,
      verdict: judgement.verdict,
    }));
    const figures = agreement(knownPatches(), found);
    expect(figures).toMatchObject({ known: truth.length, recallByCount: 1, precisionByCount: 1, faults: [] });
    expect(figures.precisionByArea).toBeGreaterThanOrEqual(0.95);
    expect(figures.recallByArea).toBeGreaterThanOrEqual(0.95);
    expect(figures.verdictsRight).toBe(truth.length);
  });
});
