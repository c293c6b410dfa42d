import { expect, test } from 'vitest';
import { polygonOfRuns } from '../../../models/disturbance/cell-polygon.ts';
import { joinRuns, runsByLabel } from '../../../models/disturbance/cell-runs.ts';
import { labelComponents } from '../../../models/disturbance/component-labels.ts';
import { simplifyOutline } from '../../../models/disturbance/simplify-outline.ts';
import { gdal } from '../../../pipeline/formats/gdal.ts';
import { shapeArea, shapeOf } from '../../../pipeline/formats/planar-shapes.ts';
import { toWkb } from '../../../pipeline/formats/wkb.ts';
import { randomCells, wholeWindow } from '../../models/disturbance/random-cells.ts';

const asShape = (coordinates: Parameters<typeof simplifyOutline>[0]) =>
  gdal.Geometry.fromWKB(Buffer.from(toWkb({ type: 'MultiPolygon', coordinates })));

test('a simplified outline is valid, differs by no more than stated, and has fewer corners', () => {
  let [corners, kept] = [0, 0];
  for (let seed = 1; seed <= 40; seed++) {
    const cells = randomCells(seed, 24, 20, 0.55 + (seed % 4) / 10);
    const { labels } = labelComponents(cells.values, cells.width, 8);
    for (const list of runsByLabel(labels, wholeWindow(cells)).values()) {
      const exact = polygonOfRuns(joinRuns([list]));
      const share = [0, 0.02, 0.1, 0.3][seed % 4]!;
      const { polygons, changedArea } = simplifyOutline(exact, share);
      const shape = asShape(polygons);
      expect(shape.isValid()).toBe(true);
      const difference = shapeArea(shapeOf({ type: 'MultiPolygon', coordinates: exact }).symDifference(shape));
      expect(difference).toBeLessThanOrEqual(changedArea + 1e-9);
      expect(changedArea).toBeLessThanOrEqual(share * shapeArea(asShape(exact)) + 1e-9);
      if (share === 0) expect(polygons).toEqual(exact);
      corners += exact.flat(2).length;
      kept += polygons.flat(2).length;
    }
  }
  expect(kept).toBeLessThan(corners * 0.96);
});

test('stairs become a slope', () => {
  const runs = joinRuns([Array.from({ length: 12 }, (_, row) => [row, 0, row + 1]).flat()]);
  const { polygons } = simplifyOutline(polygonOfRuns(runs), 0.1);
  expect(polygons[0]![0]!.length).toBeLessThan(polygonOfRuns(runs)[0]![0]!.length * 0.7);
});
