import { expect, test } from 'vitest';
import { polygonOfRuns } from '../../../models/disturbance/cell-polygon.ts';
import { joinRuns, runCells, runsByLabel } from '../../../models/disturbance/cell-runs.ts';
import { labelComponents } from '../../../models/disturbance/component-labels.ts';
import { gdal } from '../../../pipeline/formats/gdal.ts';
import type { Geometry } from '../../../pipeline/formats/geometry.ts';
import { ellipsoidalAreaSquareMetres } from '../../../pipeline/formats/polygon-area.ts';
import { toWkb } from '../../../pipeline/formats/wkb.ts';
import { randomCells, wholeWindow } from '../../models/disturbance/random-cells.ts';
import { vectorRows } from '../../models/disturbance/vector-rows.ts';

const square = (x: number, y: number, side: number): Geometry => ({
  type: 'Polygon',
  coordinates: [
    [
      [x, y],
      [x + side, y],
      [x + side, y + side],
      [x, y + side],
      [x, y],
    ],
  ],
});

test('G2: cells in degrees have their exact area on the ellipsoid', () => {
  for (const { inputs, out } of vectorRows('G2')) {
    const [, size, lon, lat] = /^([\d./]+).*?(?:at )\((-?[\d.]+),(-?[\d.]+)\)/.exec(inputs.cell as string)!;
    const [top, bottom = '1'] = size!.split('/');
    const cell = square(Number(lon), Number(lat), Number(top) / Number(bottom));
    // The published figures have six decimals.
    expect(Math.abs(ellipsoidalAreaSquareMetres(cell, 'EPSG:4490') - (out[0] as number))).toBeLessThan(1e-5);
  }
});

test('a square of Albers has its own area, one of Gauss–Krüger that of its scale', () => {
  const albers = '+proj=aea +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=105 +x_0=0 +y_0=0 +ellps=GRS80 +units=m +no_defs';
  expect(ellipsoidalAreaSquareMetres(square(-94766, 3228241, 5000), albers) / 25e6).toBeCloseTo(1, 7);
  // On the central meridian the scale is one; 1.5° beside it areas are 0.05 % too large on the map (facts, 7.3).
  expect(ellipsoidalAreaSquareMetres(square(499950, 3320000, 100), 'EPSG:4544') / 1e4).toBeCloseTo(1, 7);
  const beside = ellipsoidalAreaSquareMetres(square(500000 + 144000, 3320000, 100), 'EPSG:4544') / 1e4;
  expect(1 / beside - 1).toBeGreaterThan(0.00045);
  expect(1 / beside - 1).toBeLessThan(0.00056);
});

test('outlines of patches are valid by the rules of GEOS and hold the area of their cells', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const cells = randomCells(seed, 9 + (seed % 17), 8 + (seed % 13), 0.4 + (seed % 5) / 10);
    const { labels } = labelComponents(cells.values, cells.width, 8);
    for (const list of runsByLabel(labels, wholeWindow(cells)).values()) {
      const runs = joinRuns([list]);
      const shape = gdal.Geometry.fromWKB(
        Buffer.from(toWkb({ type: 'MultiPolygon', coordinates: polygonOfRuns(runs) })),
      );
      expect(shape.isValid()).toBe(true);
      expect((shape as unknown as { getArea(): number }).getArea()).toBe(runCells(runs));
    }
  }
});
