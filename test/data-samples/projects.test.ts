import { describe, expect, it } from 'vitest';
import { ringArea } from '../../data-samples/zones/polygons.ts';
import { planarArea } from '../../pipeline/formats/geometry.ts';
import { expectedVerdict } from './expected-verdict.ts';
import { lawRegion } from './law-region.ts';

describe('project boundaries', () => {
  it('are of both kinds, several years, and include cancelled, accepted and unstarted ones', () => {
    const rows = lawRegion().projects.boundaries.map(({ properties }) => properties);
    expect(new Set(rows.map((row) => row.VEC_TYPE))).toEqual(new Set(['防治责任范围', '示意性范围']));
    expect(new Set(rows.map((row) => String(row.RP_TIME).slice(0, 4))).size).toBeGreaterThanOrEqual(5);
    expect(rows.some((row) => row.CNCL_TIME !== '')).toBe(true);
    expect(rows.some((row) => row.ACPT_TIME !== '')).toBe(true);
    expect(rows.some((row) => row.CST_STATE === '未开工')).toBe(true);
    expect(new Set(rows.map((row) => row.SWC_P_ID)).size).toBe(rows.length);
  });

  it('have shells that go counter-clockwise and holes that go the other way', () => {
    const { boundaries, patches } = lawRegion().projects;
    let holes = 0;
    for (const { geometry } of [...boundaries, ...patches])
      for (const [shell, ...inner] of geometry.coordinates) {
        expect(ringArea(shell!)).toBeGreaterThan(0);
        for (const hole of inner) expect(ringArea(hole)).toBeLessThan(0);
        holes += inner.length;
      }
    expect(holes).toBe(1);
  });
});

describe('planted disturbances', () => {
  const { projects, frame } = lawRegion();

  it('tell every story there is', () => {
    expect(new Set(projects.planted.map(({ expected }) => expected))).toEqual(
      new Set([
        '合规',
        '疑似未批先建',
        '疑似超出防治责任范围',
        '疑似建设地点变更',
        '待核边界',
        '验收后新增扰动',
        '方案待重新审核',
        '可不编报(待核土石方)',
      ]),
    );
    expect(new Set(projects.planted.map(({ QDNM }) => QDNM)).size).toBe(26);
  });

  it.each(projects.planted.map((planted, n) => ({ n, QDNM: planted.QDNM, expected: planted.expected })))(
    '$QDNM is $expected by the rules',
    ({ n }) => {
      const planted = projects.planted[n]!;
      const { geometry } = projects.patches[n]!;
      const found = expectedVerdict({ ...planted, geometry }, projects.boundaries, projects.patches);
      expect(found.verdict).toBe(planted.expected);
      if (planted.expected === '疑似超出防治责任范围')
        expect(found.outsideSquareMetres / planted.outsideSquareMetres).toBeCloseTo(1, 1);
      expect(planted.areaSquareMetres).toBeCloseTo(planarArea(geometry), 1);
    },
  );

  it('lie inside the region, apart from each other, with the truth in the same place', () => {
    const { originX, originY } = frame.grid;
    projects.patches.forEach(({ geometry, properties }, n) => {
      for (const [x, y] of geometry.coordinates[0]![0]!) {
        expect(x - originX > 0 && x - originX < frame.sideMetres).toBe(true);
        expect(originY - y > 0 && originY - y < frame.sideMetres).toBe(true);
      }
      const truth = projects.truth[n]!;
      expect(truth.geometry).toEqual(geometry);
      expect(truth.properties).toMatchObject({ ...properties, BYD: projects.planted[n]!.expected });
      expect(properties).not.toHaveProperty('BYD');
    });
  });
});
