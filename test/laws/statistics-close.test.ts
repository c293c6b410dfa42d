import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LandAreaRule } from '../../models/statistics/land-area.ts';
import { type Report, reportTables } from '../../models/statistics/tables/report-tables.ts';
import type { Table } from '../../models/statistics/tables/table.ts';
import { tileCube } from '../../models/statistics/tile-cube.ts';
import { seededRandom } from '../models/statistics/random-layers.ts';

/** Zone raster of random overlapping polygons, drawn one over the other by cell centres (even–odd rule). */
function polygonZones(random: () => number, size: number, polygons: number, background: number): Uint16Array {
  const zones = new Uint16Array(size * size).fill(background);
  for (let polygon = 1; polygon <= polygons; polygon++) {
    const corners = Array.from(
      { length: 3 + Math.floor(random() * 5) },
      () => [random() * size, random() * size] as const,
    );
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++) {
        let inside = false;
        for (let a = 0, b = corners.length - 1; a < corners.length; b = a++) {
          const [ax, ay] = corners[a]!;
          const [bx, by] = corners[b]!;
          const y = row + 0.5;
          if (ay > y !== by > y && column + 0.5 < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
        }
        if (inside) zones[row * size + column] = polygon;
      }
  }
  return zones;
}

const allCodes = [11, 12, 13, 21, 31, 43, 52, 71, 83, 99];

function randomReport(seed: number, rule: LandAreaRule, codes = allCodes): Report {
  const random = seededRandom(seed);
  const size = 24;
  const cells = size * size;
  const counts = [1 + Math.floor(random() * 6), 1 + Math.floor(random() * 9), 1 + Math.floor(random() * 4)];
  const zones = counts.map((count, set) => polygonZones(random, size, count, set === 0 && random() < 0.5 ? 1 : 0));
  const intensity = Uint8Array.from({ length: cells }, () => Math.floor(random() * 6.99));
  // Where all land is sloping, all cropland is sloping cropland.
  const isSteep = random() < 0.5;
  const leastSlope = isSteep ? 3 : 0;
  // 37 m cells give areas that are no whole hundredths of km².
  const cellSizeMetres = 37;
  const cube = tileCube({
    zones,
    landUse: Uint8Array.from({ length: cells }, () => codes[Math.floor(random() * codes.length)]!),
    slopeDegrees: Float32Array.from({ length: cells }, () =>
      !isSteep && random() < 0.02 ? Number.NaN : leastSlope + random() * 37,
    ),
    intensity,
    modulus: Float32Array.from(intensity, (grade) => (grade === 0 ? Number.NaN : grade * 1000 * random())),
    cause: Uint8Array.from(intensity, (grade) => (grade === 0 ? 1 + Math.floor(random() * 15) : 0)),
  });
  const set = (id: string, count: number, official: boolean) => ({
    id,
    name: { zh: id, en: id },
    zones: Array.from({ length: count }, (_, i) => ({
      index: i + 1,
      code: `${id}${i + 1}`,
      name: { zh: `${id}${i + 1}`, en: `${id} ${i + 1}` },
      ...(official && random() < 0.9 ? { officialAreaSquareKilometres: 1 + random() } : {}),
    })),
  });
  return reportTables(cube, {
    cellSizeMetres,
    regionName: { zh: '区域', en: 'region' },
    landAreaRule: rule,
    uncoveredRefusePercent: 100,
    administrativeLevels: [0, 1],
    zoneSets: [
      set('county', counts[0]!, true),
      set('township', counts[1]!, false),
      set('watershed', counts[2]!, false),
    ],
  });
}

const areaColumns = (table: Table) =>
  table.columns
    .map((column, index) => ({ ...column, index }))
    .filter(({ id }) => id.endsWith('-area') && !id.startsWith('uncovered'));
const hundredths = (printed: string) => Math.round(Number(printed) * 100);

/** Rows of a level-ordered table that are the parts of the row at `parent`. */
function partsOf(table: Table, parent: number): number[] {
  const level = table.rows[parent]!.level;
  const parts: number[] = [];
  for (let row = parent + 1; row < table.rows.length && table.rows[row]!.level > level; row++)
    if (table.rows[row]!.level === level + 1) parts.push(row);
  return parts;
}

/** What does not close in a table; collected rather than asserted one by one, which would take most of the time. */
function faults(table: Table): string[] {
  const found: string[] = [];
  const check = (ok: boolean, what: string) => {
    if (!ok) found.push(`${table.id}: ${what}`);
  };
  const same = (a: number, b: number) => Math.abs(a - b) < 1e-9;
  const columns = areaColumns(table);
  table.rows.forEach((row, index) => {
    const raw = (id: string) => row.raw[columns.find((column) => column.id === id)!.index] as number;
    const printed = (id: string) => hundredths(row.printed[columns.find((column) => column.id === id)!.index]!);
    const classes = [2, 3, 4, 5, 6].map((grade) => `class-${grade}-area`);
    check(sum(classes.map(printed)) === printed('eroded-area'), `row ${index} printed classes`);
    check(same(sum(classes.map(raw)), raw('eroded-area')), `row ${index} raw classes`);
    if (columns.some(({ id }) => id === 'micro-area')) {
      check(printed('micro-area') + printed('eroded-area') === printed('land-area'), `row ${index} printed land`);
      check(same(raw('micro-area') + raw('eroded-area'), raw('land-area')), `row ${index} raw land`);
    }
    const parts = partsOf(table, index).map((part) => table.rows[part]!);
    for (const { index: at, id } of columns) {
      const value = row.raw[at] as number;
      check(Math.abs(hundredths(row.printed[at]!) - value * 100) < 1, `row ${index} ${id} off by a unit`);
      if (parts.length === 0) continue;
      check(same(sum(parts.map((part) => part.raw[at] as number)), value), `row ${index} ${id} raw parts`);
      const printedParts = sum(parts.map((part) => hundredths(part.printed[at]!)));
      check(printedParts === hundredths(row.printed[at]!), `row ${index} ${id} printed parts`);
    }
    const shares = table.columns.flatMap(({ id }, i) => (/^class-\d-share$/.test(id) ? [row.printed[i]!] : []));
    if (shares[0] === '—') check(raw('eroded-area') === 0, `row ${index} dash`);
    else check(sum(shares.map(hundredths)) === 10000, `row ${index} shares`);
  });
  return found;
}

/** Where a figure of one table contradicts another's. */
function acrossTables({ tables, figures }: Report): string[] {
  const { slopeBand } = figures.cube;
  const isSteep = !slopeBand.includes(0) && !slopeBand.includes(1);
  const of = (table: string, row: (code: string, level: number) => boolean, column: string): number[] => {
    const { columns, rows } = tables.find(({ id }) => id === table)!;
    const at = columns.findIndex(({ id }) => id === column);
    return rows.flatMap(({ level, printed }) => (row(printed[0]!, level) ? [hundredths(printed[at]!)] : []));
  };
  const found: string[] = [];
  const land = (table: string) => of(table, (_, level) => level <= 1, 'land-area');
  if (String(land('conservation-rate')) !== String(land('administrative-areas'))) found.push('land area');
  for (const column of ['land-area', 'eroded-area', ...[2, 3, 4, 5, 6].map((grade) => `class-${grade}-area`)]) {
    const [cropland = 0] = of('land-use', (code) => code === '1', column);
    const [sloping = 0] = of('sloping-cropland', (_, level) => level === 0, column);
    if (sloping > cropland || (isSteep && sloping < cropland))
      found.push(`${column}: sloping cropland ${sloping} of ${cropland}`);
  }
  return found;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('children add up to their parents', () => {
  for (const rule of ['pixels', 'scale', 'residual-micro'] as const)
    it(`in raw and in printed digits, for any zone polygons, rule ${rule}`, () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 1 << 30 }), (seed) => {
          const report = randomReport(seed, rule);
          expect(report.withinOneUnit).toBe(true);
          const tables = report.tables.filter(({ id }) => /^(administrative|zones-|land-use|slop)/.test(id));
          expect(tables).toHaveLength(5);
          expect(tables.flatMap(faults)).toEqual([]);
          // Every table of the whole region prints its row alike.
          const regions = tables
            .filter(({ id }) => id !== 'sloping-cropland')
            .map((table) =>
              table.rows[0]!.printed.filter((_, i) =>
                areaColumns(table).some(({ index, id }) => index === i && id !== 'micro-area'),
              ),
            );
          for (const region of regions) expect(region).toEqual(regions[0]);
          expect(acrossTables(report)).toEqual([]);
        }),
        { seed: 42, numRuns: 10 },
      );
    });

  it('in a region without cropland, too, whose table of sloping cropland is one of zeros', () => {
    const { tables, withinOneUnit } = randomReport(7, 'pixels', [31, 71]);
    const { rows } = tables.find(({ id }) => id === 'sloping-cropland')!;
    expect(withinOneUnit).toBe(true);
    expect(new Set(rows.flatMap(({ printed }) => printed.slice(1)))).toEqual(new Set(['0.00', '—']));
  });
});
