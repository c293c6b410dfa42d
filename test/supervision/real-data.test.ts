import { describe, expect, test } from 'vitest';
import { coldStartWeights as weights } from '../../models/disturbance/ranking.ts';
import { supervisionRules2024 as rules } from '../../models/disturbance/rules/supervision-2024.ts';
import { readBoundaries } from '../../pipeline/exchange/read-boundaries.ts';
import { type NamedFeature, readFeatures } from '../../pipeline/exchange/read-features.ts';
import { placedIn } from '../../pipeline/formats/placed-in.ts';
import { ellipsoidalAreaSquareMetres } from '../../pipeline/formats/polygon-area.ts';
import { readVector } from '../../pipeline/formats/vector-read.ts';
import { BoundaryOverlay } from '../../pipeline/overlay/boundary-overlay.ts';
import { overlaySystem } from '../../pipeline/supervision/overlay-system.ts';
import { newBatch } from '../../pipeline/supervision/patch-batch.ts';
import { type PatchDraft, unknownSurroundings } from '../../pipeline/supervision/patch-record.ts';
import { hasSharedData, sharedData } from '../support/shared-data.ts';

const squareMetresPerAcre = 4046.8564224;
const permits = (state: string) => sharedData('mtm_appalachia', 'derived', `${state}_permits.geojson`);

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
};

/** A patch of a foreign file, without number or county. */
function draftOf({ fid, geometry }: NamedFeature, crs: string, imageDate: string): PatchDraft {
  return {
    key: `I${fid}`,
    source: { kind: 'imported', issuer: '省', number: null, attributes: {} },
    type: '其他扰动',
    imageDate,
    disturbed: { earliest: null, latest: imageDate },
    crs,
    geometry,
    areaSquareMetres: ellipsoidalAreaSquareMetres(geometry, crs),
    counties: [],
    ground: null,
    surroundings: unknownSurroundings,
    change: null,
  };
}

describe.skipIf(!hasSharedData)('surface-mine permits of Appalachia', () => {
  test.each([
    ['va', 1.0002],
    ['tn', 0.99996],
  ])('%s: areas on the ellipsoid are the official acres, median ratio %d', async (state, published) => {
    const all = await readVector(permits(state));
    const { features, quarantine } = await readFeatures(permits(state));
    expect(features.length + quarantine.length).toBe(all.features.length);
    const ratios = features.flatMap(({ geometry, attributes }) => {
      const acres = Number(attributes.Acres);
      return acres > 0 ? [ellipsoidalAreaSquareMetres(geometry, 'EPSG:4326') / squareMetresPerAcre / acres] : [];
    });
    expect(ratios.length).toBe(state === 'va' ? 33 : 8);
    expect(Math.abs(median(ratios) - published)).toBeLessThan(0.002);
  });

  test('as boundary versions: ground is lawful from the day of its permit on', async () => {
    const { rows, quarantine } = await readBoundaries(permits('va'), 'va_permits.geojson', {
      kind: '防治责任范围',
      names: { SWC_P_ID: 'PermitID', RP_TIME: 'Issue_Date', PRO_NAME: 'Mine_Name' },
    });
    const all = await readVector(permits('va'));
    expect(rows.length + quarantine.length).toBe(all.features.length);
    // Of 98 permits 61 have a geometry, four of them a collection, and 51 of these a day of issue.
    expect(rows).toHaveLength(51);
    const crs = '+proj=tmerc +lat_0=0 +lon_0=-82 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs';
    const boundaries = rows.map((row) => ({
      ...row,
      version: 1,
      knownFrom: row.approved,
      geometry: placedIn(row.geometry, row.crs, crs),
    }));
    const verdictOn = (day: string, at: number) => {
      const patch = {
        key: 'p',
        geometry: boundaries[at]!.geometry,
        imageDate: day,
        disturbed: { earliest: null, latest: day },
      };
      return new BoundaryOverlay(boundaries, [patch], { crs, rules, knownOn: '2100-01-01' }).overlay(patch);
    };
    const dayBefore = (day: string): string => new Date(Date.parse(day) - 864e5).toISOString().slice(0, 10);
    for (const [at, { approved, project }] of rows.entries()) {
      const before = verdictOn(dayBefore(approved), at);
      expect(before.measures.boundaries.map((each) => each.project)).not.toContain(project);
      const after = verdictOn(approved, at);
      expect(after.judgement.verdict).toBe('合规');
      expect(after.measures.insideSquareMetres).toBeCloseTo(after.measures.areaSquareMetres, 1);
    }
  }, 120_000);
});

describe.skipIf(!hasSharedData)('disturbances in the Yukon', () => {
  test('every patch gets a verdict against the claims, and the second edition links to the first', async () => {
    const file = (...parts: string[]) => sharedData('yukon_disturbance', ...parts, 'demo.gpkg');
    const edition = async (path: string, layer: string, day: string) => {
      const { features, crs, quarantine } = await readFeatures(path, { layer });
      expect(quarantine.length).toBeLessThanOrEqual(1);
      return features.map((feature) => draftOf(feature, crs, day));
    };
    const first = await edition(file('www'), 'areal_disturbances', '2021-07-01');
    const second = await edition(file('validation', 'www'), 'areal_disturbance', '2023-07-01');
    const claims = [];
    for (const layer of ['quartz_claims', 'placer_claims']) {
      const { features, crs } = await readFeatures(file('www'), { layer });
      for (const { fid, geometry } of features)
        claims.push({
          project: `${layer}-${fid}`,
          version: 1,
          kind: '防治责任范围' as const,
          approved: '2015-01-01',
          validTo: null,
          cancelled: null,
          accepted: null,
          knownFrom: '2015-01-01',
          name: layer,
          approvalNumber: '',
          sourceDocument: `demo.gpkg#${fid}`,
          state: '',
          crs,
          geometry,
          areaSquareMetres: ellipsoidalAreaSquareMetres(geometry, crs),
          attributes: {},
        });
    }
    const settings = {
      crs: overlaySystem(first),
      detectedPositionMetres: 0,
      rules,
      weights,
      knownOn: '2024-01-01',
      layers: [],
    };
    const one = newBatch('2021-07', first, claims, { previous: [], usedNumbers: [], decided: [] }, settings);
    expect(one.patches).toHaveLength(first.length);
    const verdicts = new Set(one.patches.map(({ judgement }) => judgement.verdict));
    for (const verdict of ['合规', '疑似超出防治责任范围', '疑似未批先建'] as const)
      expect(verdicts).toContain(verdict);
    for (const { measures } of one.patches) {
      expect(measures.areaSquareMetres).toBeGreaterThan(0);
      expect(measures.insideSquareMetres).toBeLessThanOrEqual(measures.areaSquareMetres * (1 + 1e-9));
    }
    const usedNumbers = one.patches.map(({ number }) => number);
    const two = newBatch('2023-07', second, claims, { previous: one.patches, usedNumbers, decided: [] }, settings);
    const numbers = two.patches.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    const linked = two.patches.filter(({ lineage }) => lineage.parents.length > 0);
    const kept = two.patches.filter(({ number }) => usedNumbers.includes(number));
    for (const { number, lineage } of kept) expect(lineage.parents).toContain(number);
    for (const { number } of two.patches.filter(({ lineage }) => lineage.parents.length === 0))
      expect(usedNumbers).not.toContain(number);
    // Nearly all ground of the first edition is in the second: what is left of the first is linked or ended.
    const parents = new Set(linked.flatMap(({ lineage }) => lineage.parents));
    expect(parents.size + two.ended.length).toBe(first.length);
    expect([linked.length, two.ended.length]).toEqual([492, 2]);
  }, 60_000);
});
