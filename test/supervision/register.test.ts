import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { coldStartWeights as weights } from '../../models/disturbance/ranking.ts';
import { supervisionRules2024 as rules, withThresholds } from '../../models/disturbance/rules/supervision-2024.ts';
import { FileJournal } from '../../pipeline/catalog/file-journal.ts';
import { writeQuarantine } from '../../pipeline/exchange/quarantine.ts';
import { type BoundaryRow, readBoundaries } from '../../pipeline/exchange/read-boundaries.ts';
import { readPatches } from '../../pipeline/exchange/read-patches.ts';
import { exportedFields, writePatches } from '../../pipeline/exchange/write-patches.ts';
import { planarArea, polygonsOf } from '../../pipeline/formats/geometry.ts';
import { DirectoryStore } from '../../pipeline/store/directory-store.ts';
import { knownBefore } from '../../pipeline/supervision/judging.ts';
import { overlaySystem } from '../../pipeline/supervision/overlay-system.ts';
import { changedJudgements, judgedAgain, newBatch, type PatchBatch } from '../../pipeline/supervision/patch-batch.ts';
import type { PatchDraft } from '../../pipeline/supervision/patch-record.ts';
import { SupervisionRegister } from '../../pipeline/supervision/register.ts';
import { sampleRegion } from './sample-pair.ts';

const actor = { by: '王', at: '2024-12-01T08:00:00Z' };
let region: string;
let rows: readonly BoundaryRow[];
let drafts: readonly PatchDraft[];
let register: SupervisionRegister;
let workspace: string;

const fileOf = (added: readonly BoundaryRow[], knownFrom: string) => ({
  file: 'f.shp',
  sha256: '0'.repeat(64),
  rows: added,
  quarantined: 0,
  knownFrom,
});

async function batchNamed(name: string, from = drafts): Promise<PatchBatch> {
  return newBatch(name, from, await register.boundaries(), await knownBefore(register, name), {
    crs: overlaySystem(from),
    detectedPositionMetres: 0,
    rules,
    weights,
    knownOn: '2024-12-01',
    layers: [],
  });
}

beforeAll(async () => {
  region = await sampleRegion();
  rows = (await readBoundaries(join(region, 'region/projects/project-boundaries.shp'), 'b.shp')).rows;
  drafts = (await readPatches(join(region, 'region/projects/disturbance-patches.geojson'), { issuer: '部' })).drafts;
}, 60_000);
afterAll(() => rmSync(region, { recursive: true, force: true }));

beforeEach(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'shuibao-register-'));
  const store = new DirectoryStore(join(workspace, 'store'), { durable: false });
  register = new SupervisionRegister(new FileJournal(join(workspace, 'journal.jsonl')), store);
  await register.importBoundaries(fileOf(rows, '2024-01-15'), actor);
  return () => rmSync(workspace, { recursive: true, force: true });
});

describe('register of boundaries', () => {
  test('makes versions of what is new only, and remembers who brought it', async () => {
    const again = await register.importBoundaries(fileOf(rows, '2024-06-01'), actor);
    expect(again).toEqual({ added: [], revised: 0, unchanged: rows.length });
    const accepted = { ...rows[0]!, accepted: '2024-11-01' };
    const result = await register.importBoundaries(fileOf([accepted], '2024-11-05'), actor);
    expect(result).toMatchObject({ revised: 1, unchanged: 0 });
    const versions = (await register.boundaries()).filter(({ project }) => project === accepted.project);
    expect(versions.map(({ version, knownFrom, accepted: day }) => [version, knownFrom, day])).toEqual([
      [1, '2024-01-15', rows[0]!.accepted],
      [2, '2024-11-05', '2024-11-01'],
    ]);
    const entries = await register.journal.read();
    expect(entries.map(({ by, kind }) => [by, kind])).toEqual([1, 2, 3].map(() => ['王', 'boundaries.import']));
  });

  test('a revision that becomes known reopens exactly the decisions on its ground', async () => {
    const batch = await batchNamed('2024-09');
    await register.keepBatch(batch, 'import', actor);
    const spill = batch.patches.find(({ judgement }) => judgement.verdict === '疑似超出防治责任范围')!;
    const { project } = spill.measures.boundaries[0]!;
    const old = rows.find((row) => row.project === project)!;
    const revision: BoundaryRow = {
      ...old,
      approved: '2024-06-30',
      geometry: { type: 'MultiPolygon', coordinates: [...polygonsOf(old.geometry), ...polygonsOf(spill.geometry)] },
    };
    await register.importBoundaries(fileOf([revision], '2024-12-20'), actor);
    const boundaries = await register.boundaries();
    expect(changedJudgements(batch, judgedAgain(batch, boundaries, { ...batch, knownOn: '2024-12-19' }))).toEqual([]);
    const changes = changedJudgements(batch, judgedAgain(batch, boundaries, { ...batch, knownOn: '2024-12-20' }));
    expect(changes.map(({ number, isFlip, after }) => [number, isFlip, after.judgement.verdict])).toEqual([
      [spill.number, true, '合规'],
    ]);
  });
});

describe('batches', () => {
  test('other thresholds flip the verdicts that recomputation flips, and keep numbers', async () => {
    const batch = await batchNamed('2024-09');
    const boundaries = await register.boundaries();
    // With nothing changed the replay is the batch itself.
    expect(judgedAgain(batch, boundaries, batch)).toEqual(batch);
    const trial = judgedAgain(batch, boundaries, { ...batch, rules: withThresholds(rules, { noPlanHectares: 0 }) });
    const flips = changedJudgements(batch, trial);
    expect(flips).toHaveLength(3);
    for (const { before, after } of flips)
      expect([before.judgement.verdict, after.number]).toEqual(['可不编报(待核土石方)', before.number]);
  });

  test('a later batch on the same ground keeps the numbers; new ground gets new ones, never used before', async () => {
    await register.keepBatch(await batchNamed('2024-09'), 'import', actor);
    const renumbered = drafts.map(
      (draft, at): PatchDraft => ({ ...draft, source: { ...draft.source, number: `P${at}` } }),
    );
    const next = await batchNamed('2024-10', renumbered.slice(0, 20));
    for (const patch of next.patches) {
      const at = Number(patch.source.number!.slice(1));
      expect(patch.number).toBe(drafts[at]!.source.number);
      expect(patch.lineage).toMatchObject({ parents: [patch.number], isSplit: false, change: '续建(范围不变)' });
    }
    expect([...next.ended].sort()).toEqual(
      drafts
        .slice(20)
        .map(({ source }) => source.number)
        .sort(),
    );
    await register.keepBatch(next, 'import', actor);
    const anonymous = drafts
      .slice(20)
      .map((draft): PatchDraft => ({ ...draft, source: { ...draft.source, number: null } }));
    const third = await batchNamed('2024-11', anonymous);
    const used = new Set(drafts.map(({ source }) => source.number));
    for (const { number, counties } of third.patches) {
      expect(used.has(number)).toBe(false);
      expect(number).toMatch(new RegExp(`^${counties[0]!.code}_202411_\\d{4}$`));
    }
  });

  test.each(['geojson', 'shp', 'gpkg'])(
    'come back from %s as they went, with all that came with them',
    async (ending) => {
      const [first, ...others] = drafts;
      const noted = {
        ...first!,
        source: { ...first!.source, attributes: { ...first!.source.attributes, MEMO: '前导零 007' } },
      };
      const batch = await batchNamed('2024-09', [noted, ...others]);
      const path = join(workspace, `RDTB_2024.${ending}`);
      writePatches(path, batch.patches);
      const { drafts: back, quarantine } = await readPatches(path, { issuer: '' });
      expect(quarantine).toEqual([]);
      expect(back).toHaveLength(drafts.length);
      for (const draft of back) {
        const patch = batch.patches.find(({ number }) => number === draft.source.number)!;
        const { type, imageDate, disturbed, change } = patch;
        expect(draft).toMatchObject({ type, imageDate, disturbed, change });
        expect([draft.source.issuer, draft.counties[0]!.code]).toEqual([patch.source.issuer, patch.counties[0]!.code]);
        expect(draft.source.attributes).toMatchObject({
          BYD: patch.judgement.verdict,
          RULEID: patch.judgement.card.rule,
        });
        // Drawn with straight edges in degrees instead of metres, which bends them by less than a millimetre here.
        expect(draft.areaSquareMetres / patch.areaSquareMetres).toBeCloseTo(1, 6);
        expect(draft.source.attributes.QAREA).toBeCloseTo(patch.areaSquareMetres / 10_000, 3);
      }
      const memo = back.find(({ source }) => source.number === first!.source.number)!;
      expect(memo.source.attributes.MEMO).toBe('前导零 007');
      expect(exportedFields.every(({ name }) => name.length <= 10)).toBe(true);
    },
  );
});

test('rows that cannot be taken in are kept with their reasons', async () => {
  const square = (x: number) => [
    [
      [x, 30],
      [x + 0.01, 30],
      [x + 0.01, 30.01],
      [x, 30.01],
      [x, 30],
    ],
  ];
  const bowTie = [
    [
      [104, 31],
      [104.01, 31.01],
      [104.01, 31],
      [104, 31.01],
      [104, 31],
    ],
  ];
  const feature = (properties: object, geometry: object | null) => ({ type: 'Feature', properties, geometry });
  const good = { SWC_P_ID: '0012345678901234567', VEC_TYPE: '防治责任范围', RP_TIME: '2022/5/1' };
  const features = [
    feature(good, { type: 'Polygon', coordinates: square(104) }),
    feature({ ...good, SWC_P_ID: 'A' }, null),
    feature({ ...good, SWC_P_ID: 'B' }, { type: 'Polygon', coordinates: bowTie }),
    feature({ ...good, SWC_P_ID: '' }, { type: 'Polygon', coordinates: square(105) }),
    feature({ ...good, SWC_P_ID: 'C', RP_TIME: '' }, { type: 'Polygon', coordinates: square(106) }),
    feature({ ...good, SWC_P_ID: 'D', RP_TIME: '2022-02-30' }, { type: 'Polygon', coordinates: square(107) }),
    feature({ ...good, SWC_P_ID: 'E', VEC_TYPE: '草图' }, { type: 'Polygon', coordinates: square(108) }),
    feature({ ...good, SWC_P_ID: 'F' }, { type: 'LineString', coordinates: square(109)[0] }),
    feature(good, { type: 'Polygon', coordinates: square(104) }),
  ];
  const path = join(workspace, 'mixed.geojson');
  writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', features }));
  const { rows: taken, crs: from, quarantine, repairs } = await readBoundaries(path, 'mixed.geojson');
  expect(taken.map(({ project, approved }) => [project, approved])).toEqual([
    ['0012345678901234567', '2022-05-01'],
    ['B', '2022-05-01'],
  ]);
  expect(taken.length + quarantine.length).toBe(features.length);
  expect(quarantine.map(({ fid }) => fid).sort()).toEqual([1, 3, 4, 5, 6, 7, 8]);
  expect(repairs.some(({ problem }) => problem === 'invalid')).toBe(true);
  // A bow tie has both its lobes after repair.
  expect(planarArea(taken[1]!.geometry)).toBeCloseTo(0.5e-4, 9);
  const kept = join(workspace, 'quarantine', 'mixed.geojson');
  await writeQuarantine(kept, from, quarantine);
  const written = JSON.parse(readFileSync(kept, 'utf8')).features as { properties: Record<string, unknown> }[];
  expect(written).toHaveLength(quarantine.length);
  for (const { properties } of written) expect(properties.REASON_ZH).toBeTruthy();
});

test('a boundary file without coordinate system is refused by name, unless one is stated', async () => {
  const from = join(region, 'region/projects');
  for (const name of readdirSync(from).filter((each) => /^project-boundaries\.(shp|shx|dbf)$/.test(each)))
    copyFileSync(join(from, name), join(workspace, basename(name)));
  const path = join(workspace, 'project-boundaries.shp');
  await expect(readBoundaries(path, 'b.shp')).rejects.toMatchObject({ finding: { code: 'crs-missing' } });
  expect((await readBoundaries(path, 'b.shp', { crs: 'EPSG:4544' })).rows).toHaveLength(rows.length);
});
