import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { readPatches } from '../../pipeline/exchange/read-patches.ts';
import { writePatches } from '../../pipeline/exchange/write-patches.ts';
import type { Geometry } from '../../pipeline/formats/geometry.ts';
import { placedIn } from '../../pipeline/formats/placed-in.ts';
import type { PatchDraft } from '../../pipeline/supervision/patch-record.ts';
import { projectDuties } from '../../pipeline/supervision/project-duties.ts';
import { withSurroundings } from '../../pipeline/supervision/surroundings.ts';
import { type BoxCorners, type BoxRegister, boxBoundary, boxDraft, boxGeometry, boxRegister, crs } from './boxes.ts';

let boxes: BoxRegister;
beforeEach(() => {
  boxes = boxRegister();
  return () => boxes.remove();
});

/** A GeoJSON file in degrees of shapes given in the plane of the boxes. */
function layer(name: string, shapes: readonly (readonly [Geometry, object])[]): string {
  const path = join(boxes.workspace, name);
  const features = shapes.map(([geometry, properties]) => ({
    type: 'Feature',
    properties,
    geometry: placedIn(geometry, crs, 'EPSG:4326'),
  }));
  writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', features }));
  return path;
}

const options = { crs, waterSearchMetres: 2000 };
const patch = boxDraft('1', [0, 0, 200, 100]);
const around = async (files: object, draft: PatchDraft = patch) =>
  (await withSurroundings([draft], files, options))[0]!.surroundings;

describe('key areas', () => {
  test('have their shares of a patch; where they overlap ground counts once', async () => {
    const areas = [
      [boxGeometry([-100, -100, 50, 300]), { 名称: '国家级重点预防区' }],
      [boxGeometry([20, -100, 120, 300]), { 名称: '省级重点治理区' }],
      [boxGeometry([900, 0, 950, 50]), { 名称: '别处' }],
    ] as const;
    const { keyAreas, keyAreaShare, water } = await around({ keyAreas: layer('areas.geojson', areas) });
    expect(keyAreas!.map(({ name }) => name)).toEqual(['省级重点治理区', '国家级重点预防区']);
    expect(keyAreas![0]!.share).toBeCloseTo(0.5, 5);
    expect(keyAreas![1]!.share).toBeCloseTo(0.25, 5);
    expect(keyAreaShare).toBeCloseTo(0.6, 5);
    expect(water).toBeNull();
  });

  test('a field that is not there is refused by name', async () => {
    const keyAreas = layer('areas.geojson', [[boxGeometry([0, 0, 9, 9]), { A: 'x' }]]);
    const failure = around({ keyAreas, keyAreaField: 'B' });
    await expect(failure).rejects.toMatchObject({ finding: { code: 'column-missing', file: 'areas.geojson' } });
  });

  test('of a file without any polygon are unknown, not absent: it is refused', async () => {
    const keyAreas = layer('areas.geojson', [
      [
        {
          type: 'LineString',
          coordinates: [
            [0, 0],
            [9, 9],
          ],
        },
        {},
      ],
    ]);
    await expect(around({ keyAreas })).rejects.toMatchObject({ finding: { code: 'key-areas-empty' } });
  });
});

describe('distance to water', () => {
  const line = (points: readonly (readonly [number, number])[]): Geometry => ({
    type: 'LineString',
    coordinates: points.map(([x, y]) => [500_000 + x, 3_900_000 + y]),
  });
  const metres = async (shapes: readonly Geometry[], draft?: PatchDraft) =>
    (
      await around(
        {
          water: layer(
            'water.geojson',
            shapes.map((each) => [each, {}]),
          ),
        },
        draft,
      )
    ).water!;

  test('is that to the nearest line or polygon, 0 inside, none beyond the search', async () => {
    const river = line([
      [-5000, 162],
      [5000, 162],
    ]);
    expect((await metres([river])).metres).toBeCloseTo(62, 2);
    expect((await metres([river, boxGeometry([230, 0, 300, 50])])).metres).toBeCloseTo(30, 2);
    expect((await metres([boxGeometry([-500, -500, 500, 500])])).metres).toBe(0);
    expect(await metres([boxGeometry([2300, 0, 2400, 50])])).toEqual({ metres: null, searchedMetres: 2000 });
  });

  test('of a river of many corners is found at its seams too', async () => {
    // One stretch passes the patch, the corners before and after it lie far off.
    for (let passing = 60; passing <= 66; passing++) {
      const points = Array.from({ length: 130 }, (_, at) => {
        const [steps, side] = at < passing ? [passing - 1 - at, -1] : [at - passing, 1];
        return [side * 3000, 130 + steps * 50] as const;
      });
      expect((await metres([line(points)])).metres).toBeCloseTo(30, 2);
    }
  });

  test('of a map stays where it is the nearer one', async () => {
    const mapped = { ...patch, surroundings: { ...patch.surroundings, water: { metres: 10, searchedMetres: 2000 } } };
    const far = boxGeometry([230, 0, 300, 50]);
    expect((await metres([far], mapped)).metres).toBe(10);
    const dry = { ...patch, surroundings: { ...patch.surroundings, water: { metres: null, searchedMetres: 2000 } } };
    expect((await metres([far], dry)).metres).toBeCloseTo(30, 2);
  });
});

describe('judged patches', () => {
  const keep = async (drafts: readonly PatchDraft[]) => (await boxes.keep('2024-09', drafts)).patches;
  const flagsOf = async (draft: PatchDraft) => (await keep([draft]))[0]!.judgement.flags;

  test('in a key area are remarked, riskier and ranked higher; near water they are ranked higher', async () => {
    const inside = { ...patch.surroundings, keyAreas: [{ name: 'x', share: 1 }], keyAreaShare: 1 };
    const wet = { ...patch.surroundings, water: { metres: 50, searchedMetres: 2000 } };
    const [key, river, plain] = [
      { ...boxDraft('K', [0, 0, 200, 100]), surroundings: inside },
      { ...boxDraft('W', [1000, 0, 1200, 100]), surroundings: wet },
      boxDraft('P', [2000, 0, 2200, 100]),
    ];
    const patches = await keep([plain, river, key]);
    expect(patches.map(({ number }) => number)).toEqual(['K', 'W', 'P']);
    expect(patches.map(({ judgement }) => judgement.flags.includes('keyArea'))).toEqual([true, false, false]);
  });

  test.each([
    ['弃土(渣)场', [0, 0, 50, 21], false],
    ['弃土(渣)场', [0, 0, 49, 20], true],
    ['其他扰动', [0, 0, 100, 101], false],
    ['其他扰动', [0, 0, 99, 100], true],
  ] as const)('%s of %j below the least area of its type is remarked: %s', async (type, box, isBelow) => {
    expect((await flagsOf(boxDraft('1', box as BoxCorners, { type }))).includes('belowMinimumArea')).toBe(isBelow);
  });

  test('off an approved road over 30 % of its length are remarked, stretches together', async () => {
    const road = (type: string) => boxBoundary('R', [0, 0, 10_000, 40], { attributes: { PRO_TYPE: type } });
    const shift = async (stretches: readonly BoxCorners[]) => {
      const on = boxDraft('on', [0, 0, 3000, 40]);
      const off = stretches.map((box, at) => boxDraft(`off${at}`, box));
      const patches = await keep([on, ...off]);
      return patches.filter(({ judgement }) => judgement.flags.includes('lateralShift')).map(({ key }) => key.slice(1));
    };
    await boxes.importBoundaries([road('XMLX-01')], '2024-01-01');
    expect(await shift([[3000, 500, 5900, 540]])).toEqual([]);
    expect(await shift([[3000, 500, 6100, 540]])).toEqual(['off0']);
    expect(
      (
        await shift([
          [3000, 500, 4600, 540],
          [6000, -560, 7600, -520],
        ])
      ).sort(),
    ).toEqual(['off0', 'off1']);
    // Nearer than 300 m is no shift; a quarry beside the road is no road.
    expect(await shift([[3000, 300, 8000, 335]])).toEqual([]);
    expect(await shift([[3000, 500, 4000, 1000]])).toEqual([]);
    await boxes.importBoundaries([road('XMLX-17')], '2024-01-02');
    expect(await shift([[3000, 500, 6100, 540]])).toEqual([]);
  });

  test('add up to what needs a new approval of their project', async () => {
    await boxes.importBoundaries(
      [boxBoundary('A', [0, 0, 100, 100]), boxBoundary('B', [900, 0, 1000, 100])],
      '2024-01-01',
    );
    const drafts = [
      boxDraft('a1', [90, 0, 106, 100]),
      boxDraft('a2', [-25, 0, 10, 100]),
      boxDraft('b1', [980, 0, 1020, 100]),
      boxDraft('far', [5000, 0, 5100, 100]),
    ];
    const batch = await boxes.keep('2024-09', drafts);
    expect(batch.patches.filter(({ judgement }) => judgement.flags.includes('reapproval'))).toEqual([]);
    const duties = projectDuties(batch).map(({ project, growthShare, needsReapproval }) => [
      project,
      Math.round(growthShare * 1000) / 1000,
      needsReapproval,
    ]);
    expect(duties).toEqual([
      ['A', 0.31, true],
      ['B', 0.2, false],
    ]);
  });

  test('that are new since the imagery before get the verdicts that need a day', async () => {
    await boxes.importBoundaries(
      [
        boxBoundary('old', [0, 0, 300, 300], { approved: '2019-01-01' }),
        boxBoundary('done', [5000, 0, 5300, 300], { accepted: '2023-06-01' }),
      ],
      '2024-01-01',
    );
    const path = join(boxes.workspace, 'issued.geojson');
    const number = ['in-old', 'in-done', 'was-old', 'small'];
    const box: BoxCorners[] = [
      [0, 0, 150, 150],
      [5000, 0, 5150, 150],
      [150, 150, 300, 300],
      [9000, 0, 9040, 40],
    ];
    const features = number.map((QDNM, at) => ({
      type: 'Feature',
      properties: {
        QDNM,
        QTYPE: '其他扰动',
        QDTYPE: at === 2 ? '续建(范围不变)' : '新增',
        IMG_DATE: '2024-09-12',
        XZQDM: '621121',
      },
      geometry: placedIn(boxGeometry(box[at]!), crs, 'EPSG:4326'),
    }));
    writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', features }));
    const { drafts } = await readPatches(path, { issuer: '省', previousImageDate: '2023-09-05' });
    const verdicts = Object.fromEntries((await keep(drafts)).map((each) => [each.number, each.judgement.verdict]));
    expect(verdicts).toEqual({
      'in-old': '方案待重新审核',
      'in-done': '验收后新增扰动',
      'was-old': '合规',
      small: '可不编报(待核土石方)',
    });
  });

  test('tell key areas and water in the file handed in', async () => {
    const surroundings = {
      keyAreas: [{ name: 'x', share: 0.25 }],
      keyAreaShare: 0.25,
      water: { metres: 61.96, searchedMetres: 2000 },
    };
    const patches = await keep([{ ...patch, surroundings }]);
    const path = join(boxes.workspace, 'RDTB.geojson');
    writePatches(path, patches);
    const { drafts } = await readPatches(path, { issuer: '' });
    expect(drafts[0]!.source.attributes).toMatchObject({ KEYSHARE: 0.25, WATERDIST: 62 });
  });
});
