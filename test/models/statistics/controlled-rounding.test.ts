import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BoundedFlow } from '../../../models/statistics/bounded-flow.ts';
import { type AreaRow, roundTables } from '../../../models/statistics/controlled-rounding.ts';
import { largestRemainderPercents } from '../../../models/statistics/largest-remainder.ts';
import { seededRandom } from './random-layers.ts';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Random leaves of a region, divided twice: into counties and townships, and into watersheds. */
function randomTables(seed: number, scale: number): AreaRow[][] {
  const random = seededRandom(seed);
  const areas = () =>
    Array.from(
      { length: 6 },
      () => (random() < 0.15 ? 0 : random() < 0.1 ? Math.round(random() * 4) / 2 : random() * scale) / 100,
    );
  const none = [0, 0, 0, 0, 0, 0];
  const tree: AreaRow[] = [{ parent: -1, areas: none }];
  const watershedCount = 1 + Math.floor(random() * 5);
  const watersheds = Array.from({ length: watershedCount }, () => [...none]);
  for (let county = 1 + Math.floor(random() * 8); county > 0; county--) {
    const parent = tree.length;
    tree.push({ parent: 0, areas: none });
    for (let town = 1 + Math.floor(random() * 6); town > 0; town--) {
      const leaf = areas();
      tree.push({ parent, areas: leaf });
      for (let k = 0; k < 6; k++) {
        const cut = random();
        const [a, b] = [Math.floor(random() * watershedCount), Math.floor(random() * watershedCount)];
        watersheds[a]![k]! += leaf[k]! * cut;
        watersheds[b]![k]! += leaf[k]! * (1 - cut);
      }
    }
  }
  return [tree, [{ parent: -1, areas: none }, ...watersheds.map((row) => ({ parent: 0, areas: row }))]];
}

function rawRows(rows: readonly AreaRow[]): number[][] {
  const isLeaf = rows.map((_, row) => !rows.some((other) => other.parent === row));
  const raw = rows.map((row, index) => Array.from({ length: 6 }, (_, k) => (isLeaf[index] ? row.areas[k]! : 0)));
  for (let row = rows.length - 1; row > 0; row--)
    for (let k = 0; k < 6; k++) raw[rows[row]!.parent]![k]! += raw[row]![k]!;
  return raw;
}

describe('controlled rounding', () => {
  for (const scale of [3, 500, 5e6])
    it(`closes all sums within one unit, areas up to ${scale} units`, () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 1 << 30 }), (seed) => {
          const tables = randomTables(seed, scale);
          const { units, withinOneUnit } = roundTables(tables);
          expect(withinOneUnit).toBe(true);
          tables.forEach((rows, table) => {
            const printed = units[table]!;
            const raw = rawRows(rows);
            const sums = rows.map(() => [0, 0, 0, 0, 0, 0]);
            rows.forEach(({ parent }, row) => {
              for (let k = 0; k < 6; k++) if (parent >= 0) sums[parent]![k]! += printed[row]![k]!;
            });
            let worst = 0;
            rows.forEach((_, row) => {
              const p = printed[row]!;
              const r = raw[row]!.map((area) => area * 100);
              const distances = [
                sum(p) - sum(r),
                sum(p.slice(1)) - sum(r.slice(1)),
                ...p.map((value, k) => value - r[k]!),
              ];
              worst = Math.max(worst, ...distances.map(Math.abs));
              if (rows.some((other) => other.parent === row)) expect(sums[row]).toEqual(p);
            });
            expect(worst).toBeLessThan(1);
          });
          expect(units[1]![0]).toEqual(units[0]![0]);
        }),
        { seed: 2026, numRuns: scale === 500 ? 60 : 30 },
      );
    });

  it('rounds to the nearest where sums allow it and keeps zero at zero', () => {
    const { units } = roundTables([
      [
        { parent: -1, areas: [] },
        { parent: 0, areas: [1.2309, 0, 0.001, 0, 0, 2] },
        { parent: 0, areas: [4.0611, 0, 0.999, 0, 0, 3] },
      ],
    ]);
    expect(units[0]).toEqual([
      [529, 0, 100, 0, 0, 500],
      [123, 0, 0, 0, 0, 200],
      [406, 0, 100, 0, 0, 300],
    ]);
  });

  it('closes the sums even where no rounding within one unit exists', () => {
    // Townships of one whole unit each, split in halves between different classes, and a division that forces both halves up.
    const half = 0.005;
    const tables: AreaRow[][] = [
      [{ parent: -1, areas: [half, half, half, half, 0, 0] }],
      [
        { parent: -1, areas: [] },
        { parent: 0, areas: [half, half, 0, 0, 0, 0] },
        { parent: 0, areas: [0, 0, half, half, 0, 0] },
      ],
      [
        { parent: -1, areas: [] },
        { parent: 0, areas: [half, 0, half, 0, 0, 0] },
        { parent: 0, areas: [0, half, 0, half, 0, 0] },
      ],
      [
        { parent: -1, areas: [] },
        { parent: 0, areas: [half, 0, 0, half, 0, 0] },
        { parent: 0, areas: [0, half, half, 0, 0, 0] },
      ],
    ];
    const { units, withinOneUnit } = roundTables(tables);
    expect(withinOneUnit).toBe(false);
    for (const table of units.slice(1))
      for (let k = 0; k < 6; k++) expect(table[1]![k]! + table[2]![k]!).toBe(units[0]![0]![k]);
  });

  it('refuses what is not one tree of areas', () => {
    expect(() => roundTables([[]])).toThrow(RangeError);
    expect(() => roundTables([[{ parent: 0, areas: [0, 0, 0, 0, 0, 0] }]])).toThrow(RangeError);
    expect(() => roundTables([[{ parent: -1, areas: [0, 0, Number.NaN, 0, 0, 0] }]])).toThrow(RangeError);
  });
});

describe('bounded flow', () => {
  it('finds a circulation within bounds or none', () => {
    const flow = new BoundedFlow(3);
    const arcs = [flow.arc(0, 1, 2, 5), flow.arc(1, 2, 0, 3), flow.arc(2, 0, 1, 9)];
    const found = flow.solve()!;
    expect(arcs.map((arc) => found[arc])).toEqual([found[0], found[0], found[0]]);
    expect(found[0]).toBeGreaterThanOrEqual(2);
    const none = new BoundedFlow(2);
    none.arc(0, 1, 3, 5);
    none.arc(1, 0, 0, 2);
    expect(none.solve()).toBeUndefined();
  });
});

describe('largest remainder', () => {
  it('always sums to 100 and stays within one unit', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 12 }), (values) => {
        const percents = largestRemainderPercents(values);
        const whole = sum(values);
        if (whole === 0) return;
        expect(sum(percents.map((percent) => Math.round(percent * 100)))).toBe(10000);
        percents.forEach((percent, i) => {
          expect(Math.abs(percent - (values[i]! / whole) * 100)).toBeLessThan(0.01 + 1e-6);
        });
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});
