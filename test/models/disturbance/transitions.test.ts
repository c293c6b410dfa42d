import fc from 'fast-check';
import { expect, test } from 'vitest';
import { incomparabilities } from '../../../models/disturbance/comparability.ts';
import { erodedChange, movement, transitionTable } from '../../../models/disturbance/transition-table.ts';
import { countTransitions, mergeTransitions } from '../../../models/disturbance/transitions.ts';
import { vectorRows } from './vector-rows.ts';

const sixClasses = [1, 2, 3, 4, 5, 6];

test.each(vectorRows('W4'))('W4: matrix, movement and eroded area of ten pixels', ({ inputs, out }) => {
  const { prev, cur } = inputs as { prev: number[]; cur: number[] };
  const table = transitionTable(countTransitions(Uint8Array.from(prev), Uint8Array.from(cur)), undefined, sixClasses);
  const rows = sixClasses.map((_, row) => Array.from(table.cells.subarray(row * 6, row * 6 + 6)));
  expect(rows).toEqual(out[0]);
  const squareKilometres = (cells: number): number => cells * 1e-4;
  expect(table.lost + table.gained + table.absent).toBe(out[6] ?? 0);
  const { improved, worsened, unchanged } = movement(table);
  const { previous, current } = erodedChange(table);
  [improved, worsened, unchanged, previous, current].forEach((cells, at) => {
    expect(squareKilometres(cells)).toBeCloseTo(out[at + 1] as number, 12);
  });
});

const classes = fc.integer({ min: 0, max: 6 });
const cells = fc.array(fc.tuple(classes, classes, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 300 });

test('margins close, nothing is lost, and parts add up to the whole wherever it is cut', () => {
  fc.assert(
    fc.property(cells, fc.integer({ min: 1, max: 40 }), (list, size) => {
      const previous = Uint8Array.from(list, ([from]) => from);
      const current = Uint8Array.from(list, ([, to]) => to);
      const zone = Uint16Array.from(list, ([, , code]) => code);
      const whole = countTransitions(previous, current, zone);
      const parts = [];
      for (let at = 0; at < list.length; at += size)
        parts.push(
          countTransitions(
            previous.subarray(at, at + size),
            current.subarray(at, at + size),
            zone.subarray(at, at + size),
          ),
        );
      expect(mergeTransitions(parts.reverse())).toEqual(whole);
      for (const code of [undefined, 0, 1, 2, 3]) {
        const here = list.filter(([, , each]) => code === undefined || each === code);
        const table = transitionTable(whole, code);
        const size = table.classes.length;
        table.classes.forEach((name, at) => {
          const both = here.filter(([from, to]) => from !== 0 && to !== 0);
          expect(table.before[at]).toBe(both.filter(([from]) => from === name).length);
          expect(table.now[at]).toBe(both.filter(([, to]) => to === name).length);
          const row = table.cells.subarray(at * size, (at + 1) * size);
          expect(row.reduce((sum, each) => sum + each, 0)).toBe(table.before[at]);
        });
        expect(table.valid + table.lost + table.gained + table.absent).toBe(here.length);
        const { improved, worsened, unchanged } = movement(table);
        expect(improved + worsened + unchanged).toBe(table.valid);
        // Back in time, rows are columns.
        const back = transitionTable(countTransitions(current, previous, zone), code);
        expect(back.before).toEqual(table.now);
        expect([back.lost, movement(back).improved]).toEqual([table.gained, worsened]);
      }
    }),
    { seed: 20240912, numRuns: 60 },
  );
});

test('arrays of different lengths are refused', () => {
  expect(() => countTransitions(new Uint8Array(3), new Uint8Array(4))).toThrow(RangeError);
  expect(() => countTransitions(new Uint8Array(4), new Uint8Array(4), new Uint8Array(3))).toThrow(RangeError);
});

test('years of other settings are not comparable, and each difference is named', () => {
  const facts = { grid: 'a', elevation: 'b', model: 'CSLE', parameters: 'c', erosivityMode: 'd', landUseScheme: 'e' };
  expect(incomparabilities(facts, { ...facts })).toEqual([]);
  for (const fact of Object.keys(facts) as (keyof typeof facts)[])
    expect(incomparabilities(facts, { ...facts, [fact]: 'other' }).map((each) => each.fact)).toEqual([fact]);
  expect(incomparabilities(facts, { ...facts, grid: 'x', model: 'y' })).toHaveLength(2);
});
