import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { InspectionRequest } from '../../../pipeline/formats/inspect/inspection.ts';
import { Inspector } from '../../../pipeline/formats/inspect/inspector-pool.ts';
import { type CheckResult, checkInputs } from '../../../pipeline/inputs/check-inputs.ts';
import type { DeclaredInput } from '../../../pipeline/inputs/declared-input.ts';
import { Checker, cgcs2000, onRim } from './checker.ts';

let checker: Checker;
/** As a run file lists them: zones last, and of the zones townships first. */
let inputs: readonly DeclaredInput[];
beforeAll(async () => {
  checker = new Checker();
  const zones = (east: number) =>
    JSON.stringify({
      type: 'FeatureCollection',
      crs: { type: 'name', properties: { name: `urn:ogc:def:crs:${cgcs2000.replace(':', '::')}` } },
      features: [
        {
          type: 'Feature',
          properties: { code: '621102', name: '县' },
          geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [450_000, 3_937_520],
                [east, 3_937_520],
                [east, 3_938_000],
                [450_000, 3_938_000],
                [450_000, 3_937_520],
              ],
            ],
          },
        },
      ],
    });
  const named = { codeField: 'code', nameField: 'name' };
  inputs = [
    checker.declare('windErosionModulus', 'missing.tif'),
    checker.declare(
      'elevation',
      await checker.raster('dem.tif', { bands: (cell) => (onRim(cell) ? Number.NaN : 1500) }),
    ),
    checker.declare('clay', await checker.raster('clay.tif', { crs: null })),
    checker.declare('sand', checker.text('sand.tif', 'no raster')),
    checker.declare('township', checker.text('townships.geojson', zones(450_300)), named),
    checker.declare('county', checker.text('counties.geojson', zones(450_600)), named),
  ];
});

/** What was asked of the inspectors, in this order, and how many files were then in hand. */
const asked: InspectionRequest[] = [];
const inHand: number[] = [];
let result: CheckResult;
beforeAll(async () => {
  const { inspect } = Inspector.prototype;
  let now = 0;
  vi.spyOn(Inspector.prototype, 'inspect').mockImplementation(async function (this: Inspector, request) {
    asked.push(request);
    inHand.push(++now);
    const inspection = await inspect.call(this, request);
    now--;
    return inspection;
  });
  result = await checkInputs(inputs);
});
afterAll(() => {
  vi.restoreAllMocks();
  checker.close();
});

test('findings come file by file in the order of the run file, whatever is looked at first, errors before others', () => {
  expect(result.inspections.map(({ declared }) => declared)).toEqual(inputs);
  const order = inputs.map(({ displayName }) => displayName);
  const severities = ['error', 'warning', 'note'];
  const places = result.findings.map(({ file, severity }) => 3 * order.indexOf(file) + severities.indexOf(severity));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(new Set(result.findings.map(({ file }) => file)).size).toBeGreaterThan(3);
});

test('zones are looked at first, counties before townships; then two files at a time', () => {
  const paths = asked.map(({ path }) => path);
  expect(paths.slice(0, 2)).toEqual([checker.path('counties.geojson'), checker.path('townships.geojson')]);
  expect(paths.slice(2).sort()).toEqual(inputs.flatMap(({ file, layer }) => (isZone(layer) ? [] : [file])).sort());
  expect(inHand.slice(0, 2)).toEqual([1, 1]);
  expect(Math.max(...inHand)).toBe(2);
});

test('coverage is measured within the best zones there are', () => {
  const { areaRings } = asked.find(({ path }) => path === checker.path('dem.tif'))!;
  expect(Math.max(...areaRings!.coordinates.filter((_, at) => at % 2 === 0))).toBe(450_600);
});

const isZone = (layer: string): boolean => ['county', 'township'].includes(layer);
