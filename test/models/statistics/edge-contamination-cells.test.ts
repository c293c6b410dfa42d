import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addContaminatedCells,
  type ContaminatedCells,
  contaminatedRegion,
} from '../../../models/statistics/edge-contamination-cells.ts';
import { edgeTable } from '../../../models/statistics/tables/edge-table.ts';
import type { ZoneStatistics } from '../../../models/statistics/zone-statistics.ts';

const none: ReadonlyMap<number, ContaminatedCells> = new Map();
const cellsOf = fc.array(fc.tuple(fc.constantFrom(0, 1, 2, 255), fc.integer({ min: 0, max: 3 })), { maxLength: 60 });
const counted = (cells: readonly (readonly [number, number])[], sums = none) =>
  addContaminatedCells(
    sums,
    Uint8Array.from(cells, ([mark]) => mark),
    Uint16Array.from(cells, ([, zone]) => zone),
  );

describe('cells by zone that depend on land outside the data', () => {
  test('each count is that of the cells with its mark', () => {
    fc.assert(
      fc.property(cellsOf, (cells) => {
        for (const [zone, found] of counted(cells)) {
          const marks = cells.filter((cell) => cell[1] === zone).map(([mark]) => mark);
          expect(found).toEqual({
            valid: marks.filter((mark) => mark !== 255).length,
            accumulation: marks.filter((mark) => mark === 1).length,
            slopeLength: marks.filter((mark) => mark === 2).length,
          });
        }
      }),
      { seed: 20241126 },
    );
  });

  test('tiles do not show', () => {
    fc.assert(
      fc.property(cellsOf, fc.nat(60), (cells, cut) => {
        const parts = counted(cells.slice(cut), counted(cells.slice(0, cut)));
        expect([...parts].sort()).toEqual([...counted(cells)].sort());
      }),
      { seed: 20241127 },
    );
  });

  test('the region is the sum of its zones, without what lies in none', () => {
    const cells = counted([
      [2, 0],
      [2, 1],
      [1, 1],
      [0, 2],
      [255, 2],
    ]);
    expect(contaminatedRegion(cells)).toEqual({ valid: 3, accumulation: 1, slopeLength: 1 });
  });

  test('the table tells areas and shares of land with terrain', () => {
    const zone = (code: string, path: readonly number[]) =>
      ({ code, path, level: path.length, name: { zh: code, en: code } }) as unknown as ZoneStatistics;
    const byZone = new Map([
      [0, { valid: 50, accumulation: 50, slopeLength: 0 }],
      [1, { valid: 200, accumulation: 10, slopeLength: 50 }],
      [2, { valid: 300, accumulation: 0, slopeLength: 25 }],
    ]);
    const { rows } = edgeTable(
      [zone('', []), zone('621161', [1]), zone('621162', [2]), zone('621163', [3])],
      byZone,
      10,
    );
    expect(rows.map(({ printed }) => printed.slice(2))).toEqual([
      ['0.0500', '0.0075', '15.00', '0.0010', '2.00'],
      ['0.0200', '0.0050', '25.00', '0.0010', '5.00'],
      ['0.0300', '0.0025', '8.33', '0.0000', '0.00'],
      ['0.0000', '0.0000', '—', '0.0000', '—'],
    ]);
  });
});
