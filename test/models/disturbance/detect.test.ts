import { describe, expect, test } from 'vitest';
import { disturbanceDetector, kindOfRule, patchKinds } from '../../../models/disturbance/detect-disturbance.ts';
import { mergeTallies, ranked, tallyPatches } from '../../../models/disturbance/patch-tally.ts';
import { detectionRules2024 as rules } from '../../../models/disturbance/rules/detection-2024.ts';
import { outOfReach } from '../../../models/grid/distance-transform.ts';
import { landUseClasses } from '../../../models/parameters/land-use-classes.ts';

const detect = disturbanceDetector(rules);

interface Cell {
  readonly from: number;
  readonly to: number;
  readonly classes?: readonly [number, number];
  readonly moduli?: readonly [number, number];
}

const years = (cells: readonly Cell[]) => ({
  landUse: [Uint8Array.from(cells, ({ from }) => from), Uint8Array.from(cells, ({ to }) => to)] as const,
  intensity: [
    Uint8Array.from(cells, ({ classes }) => classes?.[0] ?? 1),
    Uint8Array.from(cells, ({ classes }) => classes?.[1] ?? 1),
  ] as const,
  modulus: [
    Float32Array.from(cells, ({ moduli }) => moduli?.[0] ?? 100),
    Float32Array.from(cells, ({ moduli }) => moduli?.[1] ?? 100),
  ] as const,
});

/** Codes of the rules that hold, undefined where none does. */
const codesOf = (cells: readonly Cell[]) =>
  Array.from(detect(years(cells)).rule, (at) => (at === 0 ? undefined : rules.rules[at - 1]!.code));

describe('detection of single cells', () => {
  test.each<[string, Cell, string | undefined]>([
    ['cropland to disturbed ground', { from: 13, to: 53 }, 'RD-11'],
    ['disturbed ground that stays', { from: 53, to: 53 }, 'RD-12'],
    ['disturbed ground that is built over', { from: 53, to: 51 }, undefined],
    ['forest to town', { from: 31, to: 51 }, 'RD-21'],
    ['village to town', { from: 52, to: 51 }, undefined],
    ['grass to bare soil', { from: 43, to: 83 }, 'RD-31'],
    ['shore that fell dry', { from: 71, to: 83, classes: [1, 6], moduli: [0, 20000] }, undefined],
    ['flooded grass', { from: 43, to: 71, classes: [1, 6], moduli: [0, 20000] }, undefined],
    ['grass ploughed up', { from: 43, to: 13, classes: [1, 6], moduli: [0, 20000] }, undefined],
    ['three classes and 5000 t', { from: 43, to: 43, classes: [2, 5], moduli: [3000, 8000] }, 'RD-41'],
    ['three classes, a little less', { from: 43, to: 43, classes: [2, 5], moduli: [3001, 8000] }, undefined],
    ['two classes and 8000 t', { from: 43, to: 43, classes: [4, 6], moduli: [8000, 16000] }, 'RD-42'],
    ['no class before', { from: 43, to: 43, classes: [0, 6], moduli: [Number.NaN, 90000] }, undefined],
    ['no land use before', { from: 0, to: 53 }, undefined],
    ['no land use now', { from: 13, to: 0, classes: [1, 6], moduli: [0, 90000] }, undefined],
  ])('%s', (_, cell, code) => expect(codesOf([cell])).toEqual([code]));

  test('at equal rain a wet year raises nothing, and a dry one hides nothing', () => {
    const cells = years([
      { from: 43, to: 43, classes: [2, 6], moduli: [8000, 16000] },
      { from: 43, to: 43, classes: [2, 6], moduli: [8000, 8000] },
      { from: 43, to: 43, classes: [2, 6], moduli: [8000, 16000] },
    ]);
    const erosivity = [Float32Array.of(1000, 2000, 1000), Float32Array.of(2000, 1000, Number.NaN)] as const;
    expect(Array.from(detect({ ...cells, erosivity }).rule, (at) => at !== 0)).toEqual([false, true, false]);
    expect(Array.from(detect(cells).rule, (at) => at !== 0)).toEqual([true, false, true]);
  });

  test('counts what the prior filters took out, by filter', () => {
    const jump = { classes: [1, 6], moduli: [0, 20000] } as const;
    const { filtered } = detect(
      years([
        { from: 71, to: 83, ...jump },
        { from: 43, to: 13, ...jump },
        { from: 43, to: 13 },
        { from: 21, to: 12, ...jump },
      ]),
    );
    expect(Object.fromEntries(rules.priorFilters.map(({ code }, at) => [code, filtered[at]]))).toEqual({
      'PF-1': 1,
      'PF-2': 0,
      'PF-3': 2,
    });
  });
});

test('rules have codes of their own, known land-use codes and a kind with a filter', () => {
  const known = new Set<number>(landUseClasses.map(({ code }) => code));
  const all = [...rules.rules, ...rules.priorFilters];
  expect(new Set(all.map(({ code }) => code)).size).toBe(all.length);
  for (const { from = [], to = [] } of all) for (const code of [...from, ...to]) expect(known).toContain(code);
  for (const [at, kind] of kindOfRule(rules).entries())
    expect(at === 0 ? kind === 0 : patchKinds[kind - 1] === rules.rules[at - 1]!.kind).toBe(true);
});

test('tallies of windows add up to the tally of the whole', () => {
  const count = 120;
  const pick = (step: number, n: number) => (_: unknown, cell: number) => (cell * step) % n;
  const layer = { length: count };
  const labels = Uint32Array.from(layer, pick(7, 3));
  const layers = {
    rule: Uint8Array.from(layer, (_, cell) => 1 + (cell % 2)),
    landUse: [Uint8Array.from(layer, pick(5, 40)), Uint8Array.from(layer, pick(3, 50))] as const,
    intensity: [Uint8Array.from(layer, pick(1, 7)), Uint8Array.from(layer, pick(2, 7))] as const,
    modulus: [
      Float32Array.from(layer, (_, cell) => (cell % 9 === 0 ? Number.NaN : cell * 1.37)),
      Float32Array.from(layer, (_, cell) => cell * 20.11),
    ] as const,
    slopeDegrees: Float32Array.from(layer, (_, cell) => (cell % 11 === 0 ? Number.NaN : cell / 3)),
    county: Uint16Array.from(layer, pick(11, 4)),
    waterSquared: Uint32Array.from(layer, (_, cell) => (cell % 5 === 0 ? outOfReach : (cell * 37) % 101)),
  };
  const cut = (from: number, to: number) =>
    tallyPatches(labels.subarray(from, to), {
      rule: layers.rule.subarray(from, to),
      landUse: [layers.landUse[0].subarray(from, to), layers.landUse[1].subarray(from, to)],
      intensity: [layers.intensity[0].subarray(from, to), layers.intensity[1].subarray(from, to)],
      modulus: [layers.modulus[0].subarray(from, to), layers.modulus[1].subarray(from, to)],
      slopeDegrees: layers.slopeDegrees.subarray(from, to),
      county: layers.county.subarray(from, to),
      waterSquared: layers.waterSquared.subarray(from, to),
    });
  const whole = cut(0, count);
  expect([...whole.keys()].sort()).toEqual([1, 2]);
  for (const [label, tally] of whole) {
    const parts = [cut(70, count), cut(0, 31), cut(31, 70)].flatMap((part) => part.get(label) ?? []);
    expect(mergeTallies(parts)).toEqual(tally);
    for (const counts of [tally.rules, tally.landUse, tally.intensity, tally.counties])
      expect(counts.reduce((sum, [, cells]) => sum + cells, 0)).toBe(tally.cells);
    expect(tally.waterSquared).toBe(Math.min(...layers.waterSquared.filter((_, cell) => labels[cell] === label)));
    expect(tally.steepCells).toBe(
      labels.filter((each, cell) => each === label && layers.slopeDegrees[cell]! > 25).length,
    );
  }
  expect(
    ranked([
      [3, 5],
      [4, 9],
      [9, 5],
    ]),
  ).toEqual([
    [4, 9],
    [3, 5],
    [9, 5],
  ]);
});
