import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelPositions } from '../../../pipeline/exports/label-positions.ts';
import { roundLength, scaleBar } from '../../../pipeline/exports/map-frame.ts';
import { zoneBorders } from '../../../pipeline/exports/zone-borders.ts';

const raster = fc
  .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
  .chain((size) =>
    fc.record({
      width: fc.constant(size.width),
      height: fc.constant(size.height),
      zones: fc.array(fc.integer({ min: 0, max: 3 }), {
        minLength: size.width * size.height,
        maxLength: size.width * size.height,
      }),
    }),
  );

/** Unit edges that a path runs along, as `column row direction`. */
function unitEdges(path: string): string[] {
  return [...path.matchAll(/M(\d+) (\d+)([HV])(\d+)/g)].flatMap(([, x, y, direction, end]) => {
    const from = Number(direction === 'H' ? x : y);
    return Array.from({ length: Number(end) - from }, (_, step) =>
      direction === 'H' ? `${from + step} ${y} H` : `${x} ${from + step} V`,
    );
  });
}

describe('borders of zones', () => {
  it('run along every edge between two zones once, and along no other', () => {
    fc.assert(
      fc.property(raster, ({ width, height, zones }) => {
        const at = (x: number, y: number) => (x < 0 || y < 0 || x >= width || y >= height ? 0 : zones[y * width + x]!);
        const expected = { between: [] as string[], outline: [] as string[] };
        const edge = (a: number, b: number, name: string) => {
          if (a !== b) expected[a === 0 || b === 0 ? 'outline' : 'between'].push(name);
        };
        for (let y = 0; y <= height; y++)
          for (let x = 0; x <= width; x++) {
            if (x < width) edge(at(x, y - 1), at(x, y), `${x} ${y} H`);
            if (y < height) edge(at(x - 1, y), at(x, y), `${x} ${y} V`);
          }
        const borders = zoneBorders(zones, width, height);
        expect(unitEdges(borders.between).sort()).toEqual(expected.between.sort());
        expect(unitEdges(borders.outline).sort()).toEqual(expected.outline.sort());
      }),
      { seed: 4547, numRuns: 150 },
    );
  });

  it('are drawn as one line where they go straight on', () => {
    expect(zoneBorders([1, 1, 2, 2], 2, 2).between).toBe('M0 1H2');
  });
});

describe('positions of zone names', () => {
  it('lie inside their zone, one for each', () => {
    fc.assert(
      fc.property(raster, ({ width, height, zones }) => {
        const positions = labelPositions(zones, width, height);
        expect(positions.map(({ zone }) => zone)).toEqual([...new Set(zones)].filter(Boolean).sort());
        for (const { zone, column, row } of positions)
          expect(zones[Math.floor(row) * width + Math.floor(column)]).toBe(zone);
      }),
      { seed: 4548, numRuns: 150 },
    );
  });

  it('are the middle of a square, and the wide end of a zone with a tail', () => {
    expect(labelPositions(new Uint8Array(49).fill(1), 7, 7)).toEqual([{ zone: 1, column: 3.5, row: 3.5, radius: 4 }]);
    const tail = Uint8Array.from({ length: 5 * 15 }, (_, cell) =>
      cell % 15 < 5 || Math.floor(cell / 15) === 2 ? 1 : 0,
    );
    expect(labelPositions(tail, 15, 5)[0]).toMatchObject({ column: 2.5, row: 2.5 });
  });
});

describe('the scale bar', () => {
  it('takes the longest round length that fits', () => {
    expect([0.9, 1, 3.7, 50, 99, 7300].map(roundLength)).toEqual([0.5, 1, 2, 50, 50, 5000]);
  });

  it('is as long on the page as it says', () => {
    const bar = scaleBar(0, 50, 300, 100);
    expect(bar).toContain('>20 km<');
    expect(bar.match(/width="50"/g)).toHaveLength(4);
    expect(scaleBar(0, 50, 300, 1)).toContain('>200 m<');
  });
});
