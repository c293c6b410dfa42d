import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { supervisionRules2024, withThresholds } from '../../../models/disturbance/rules/supervision-2024.ts';
import type { Geometry, Position, Ring } from '../../../pipeline/formats/geometry.ts';
import { shapeArea, shapeOf } from '../../../pipeline/formats/planar-shapes.ts';
import { BoundaryOverlay, type PlacedBoundary, type PlacedPatch } from '../../../pipeline/overlay/boundary-overlay.ts';
import { vectorRows } from '../../models/disturbance/vector-rows.ts';

const box = (x0: number, y0: number, x1: number, y1: number): Ring => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
  [x0, y0],
];

/** Reads `box(…)`, `box(…) minus hole box(…)`, `box(…) and box(…)` and `none` of the vectors. */
function shapesOf(text: string): Geometry[] {
  const rings = [...text.matchAll(/box\(([^)]*)\)/g)].map(([, numbers]) => {
    const [x0, y0, x1, y1] = numbers!.split(',').map(Number);
    return box(x0!, y0!, x1!, y1!);
  });
  if (text.includes('minus hole')) return [{ type: 'Polygon', coordinates: rings }];
  return rings.map((ring) => ({ type: 'Polygon', coordinates: [ring] }));
}

const boundaryOf = (geometry: Geometry, at: number, more: Partial<PlacedBoundary> = {}): PlacedBoundary => ({
  project: `P${at}`,
  version: 1,
  kind: '防治责任范围',
  approved: '2022-01-01',
  validTo: null,
  cancelled: null,
  accepted: null,
  knownFrom: '2022-02-01',
  geometry,
  ...more,
});

const patchOf = (geometry: Geometry): PlacedPatch => ({
  key: 'patch',
  geometry,
  imageDate: '2024-09-12',
  disturbed: { earliest: '2024-01-01', latest: '2024-09-12' },
});

// The vectors let small patches be unlawful and look for no unstarted project: nothing is nearer than −1 m.
const planar = withThresholds(supervisionRules2024, { noPlanHectares: 0, searchMetres: -1 });

function overlayOf(
  patch: Geometry,
  boundaries: readonly PlacedBoundary[],
  toleranceMetres = 0,
  knownOn = '2024-10-01',
) {
  const rules = withThresholds(planar, { toleranceMetres });
  const placed = patchOf(patch);
  return new BoundaryOverlay(boundaries, [placed], { crs: null, rules, knownOn }).overlay(placed);
}

test.each(vectorRows('O1'))('O1: $inputs.case', ({ inputs, out }) => {
  const [patch] = shapesOf(inputs.patch as string);
  const boundaries = shapesOf(inputs.redline as string).map((geometry, at) => boundaryOf(geometry, at));
  for (const [at, tolerance] of [0, 2].entries()) {
    const { measures, judgement } = overlayOf(patch!, boundaries, tolerance);
    const outside = measures.areaSquareMetres - measures.insideSquareMetres;
    expect([measures.areaSquareMetres, measures.insideSquareMetres, outside]).toEqual(out.slice(0, 3));
    expect(outside / measures.areaSquareMetres).toBe(out[3]);
    expect(judgement.verdict).toBe(out[4 + at]);
  }
});

test('O1: a tolerance is a distance, so a strip of 2 m passes and a strip of 3 m does not', () => {
  const range = boundaryOf({ type: 'Polygon', coordinates: [box(0, 0, 100, 100)] }, 1);
  const verdict = (overhang: number) =>
    overlayOf({ type: 'Polygon', coordinates: [box(20, 20, 100 + overhang, 80)] }, [range], 2).judgement;
  expect(verdict(2).verdict).toBe('合规');
  expect(verdict(2).excessSquareMetres).toBe(0);
  expect(verdict(3)).toMatchObject({ verdict: '疑似超出防治责任范围', excessSquareMetres: 180 });
});

test('O2: overlapping boundaries count once', () => {
  const [several, none] = vectorRows('O2');
  const boundaries = shapesOf(several!.inputs.redlines as string).map((geometry, at) => boundaryOf(geometry, at));
  const { measures, judgement } = overlayOf(shapesOf(several!.inputs.patch as string)[0]!, boundaries);
  expect(measures.boundaries.reduce((sum, each) => sum + each.insideSquareMetres, 0)).toBe(several!.out[0]);
  expect(measures.insideSquareMetres).toBe(several!.out[1]);
  expect(judgement).toMatchObject({ verdict: '合规', flags: ['severalProjects'] });
  const alone = overlayOf(shapesOf(none!.inputs.patch as string)[0]!, []);
  expect(alone.measures.areaSquareMetres).toBe(none!.out[0]);
  expect(alone.judgement.verdict).toBe(none!.out[3]);
});

test('O3: a bow tie keeps the area of both lobes; a ring without area has none', () => {
  const [bowTie, flat] = vectorRows('O3').map(({ inputs }) => {
    const points = /\(([^)]*)\)/.exec(inputs.ring as string)![1]!;
    return points.split(',').map((pair) => pair.trim().split(' ').map(Number) as unknown as Position);
  });
  expect(shapeArea(shapeOf({ type: 'Polygon', coordinates: [bowTie!] }))).toBe(vectorRows('O3')[0]!.out[2]);
  expect(shapeArea(shapeOf({ type: 'Polygon', coordinates: [flat!] }))).toBe(0);
});

test('parts of one boundary that overlap are their union, not a hole', () => {
  const parts: Geometry = { type: 'MultiPolygon', coordinates: [[box(0, 0, 100, 100)], [box(50, 0, 150, 100)]] };
  expect(shapeArea(shapeOf(parts))).toBe(15000);
  expect(
    overlayOf({ type: 'Polygon', coordinates: [box(60, 10, 90, 90)] }, [boundaryOf(parts, 1)]).judgement.verdict,
  ).toBe('合规');
});

/** A star round a centre: simple, concave, on a lattice of centimetres. */
const star = fc
  .tuple(
    fc.integer({ min: 0, max: 300 }),
    fc.integer({ min: 0, max: 300 }),
    fc.array(fc.integer({ min: 20, max: 150 }), { minLength: 3, maxLength: 14 }),
  )
  .map(([x, y, radii]): Ring => {
    const ring = radii.map((radius, at): Position => {
      const angle = (2 * Math.PI * at) / radii.length;
      return [
        Math.round((x + radius * Math.cos(angle)) * 100) / 100,
        Math.round((y + radius * Math.sin(angle)) * 100) / 100,
      ];
    });
    return [...ring, ring[0]!];
  });
const polygon = (ring: Ring): Geometry => ({ type: 'Polygon', coordinates: [ring] });

describe('laws of the overlay', () => {
  test('areas in and out add up, whatever the tolerance', () => {
    fc.assert(
      fc.property(star, fc.array(star, { maxLength: 4 }), fc.constantFrom(0, 5), (patch, ranges, tolerance) => {
        const boundaries = ranges.map((ring, at) => boundaryOf(polygon(ring), at));
        const { measures } = overlayOf(polygon(patch), boundaries, tolerance);
        const { areaSquareMetres: area, insideSquareMetres: inside } = measures;
        expect(inside).toBeGreaterThanOrEqual(0);
        expect(inside).toBeLessThanOrEqual(area * (1 + 1e-9));
        expect(measures.beyondToleranceSquareMetres).toBeLessThanOrEqual(area - inside + area * 1e-9);
        expect(measures.surelyInsideSquareMetres).toBeLessThanOrEqual(inside + area * 1e-9);
        const single = measures.boundaries.map((each) => each.insideSquareMetres);
        expect(single.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(inside - area * 1e-5);
        for (const each of single) expect(each).toBeLessThanOrEqual(inside + area * 1e-9);
      }),
      { seed: 3, numRuns: 150 },
    );
  });

  test('the verdict does not depend on ring start, winding or the order of boundaries', () => {
    fc.assert(
      fc.property(star, fc.array(star, { minLength: 1, maxLength: 3 }), fc.nat(20), (patch, ranges, turn) => {
        const turned = (ring: Ring): Ring => {
          const open = ring.slice(1);
          const at = turn % open.length;
          const moved = [...open.slice(at), ...open.slice(0, at)].reverse();
          return [...moved, moved[0]!];
        };
        const boundaries = ranges.map((ring, at) => boundaryOf(polygon(ring), at));
        const there = overlayOf(polygon(patch), boundaries);
        const again = overlayOf(
          polygon(turned(patch)),
          ranges.map((ring, at) => boundaryOf(polygon(turned(ring)), at)).reverse(),
        );
        expect(again.judgement.verdict).toBe(there.judgement.verdict);
        expect(again.judgement.excessSquareMetres).toBeCloseTo(there.judgement.excessSquareMetres, 5);
      }),
      { seed: 5, numRuns: 100 },
    );
  });

  test('a boundary cut into adjacent parts decides as the whole does', () => {
    fc.assert(
      fc.property(
        star,
        fc.integer({ min: 10, max: 290 }),
        fc.integer({ min: 10, max: 290 }),
        (patch, across, along) => {
          const whole = boundaryOf(polygon(box(0, 0, 300, 300)), 0);
          const parts = [box(0, 0, across, along), box(across, 0, 300, along), box(0, along, 300, 300)].map(
            (ring, at) => boundaryOf(polygon(ring), at),
          );
          const one = overlayOf(polygon(patch), [whole]);
          const many = overlayOf(polygon(patch), parts);
          expect(many.judgement.verdict).toBe(one.judgement.verdict);
          expect(many.measures.insideSquareMetres).toBeCloseTo(one.measures.insideSquareMetres, 5);
        },
      ),
      { seed: 9, numRuns: 150 },
    );
  });
});

test('a later revision decides for days after it became known only', () => {
  const small = boundaryOf(polygon(box(0, 0, 50, 100)), 1);
  const large = boundaryOf(polygon(box(0, 0, 200, 100)), 1, {
    version: 2,
    approved: '2024-03-01',
    knownFrom: '2024-12-01',
  });
  const patch = polygon(box(10, 10, 120, 90));
  const before = overlayOf(patch, [small, large], 0, '2024-11-30');
  expect(before.judgement.verdict).toBe('疑似超出防治责任范围');
  expect(before.judgement.flags).toContain('reapproval');
  expect(before.looked).toEqual(['P1@1']);
  const after = overlayOf(patch, [small, large], 0, '2024-12-01');
  expect(after.judgement.verdict).toBe('合规');
  expect(after.looked).toEqual(['P1@2']);
});

test('an unstarted project is one in which no patch of the batch lies, within the search distance', () => {
  const road = boundaryOf(polygon(box(0, 0, 600, 40)), 1);
  const rules = withThresholds(supervisionRules2024, { searchMetres: 500, noPlanHectares: 0 });
  const off = { ...patchOf(polygon(box(100, 300, 200, 400))), key: 'off' };
  const on = { ...patchOf(polygon(box(300, 10, 380, 30))), key: 'on' };
  const verdict = (patches: PlacedPatch[]) =>
    new BoundaryOverlay([road], patches, { crs: null, rules, knownOn: '2024-10-01' }).overlay(off);
  expect(verdict([off]).judgement.verdict).toBe('疑似建设地点变更');
  expect(verdict([off]).measures.unstarted).toEqual({ project: 'P1', metres: 260 });
  expect(verdict([off, on]).judgement.verdict).toBe('疑似未批先建');
});
