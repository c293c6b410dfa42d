import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFeatures } from '../../pipeline/exchange/read-features.ts';
import { shapeArea, shapeOf } from '../../pipeline/formats/planar-shapes.ts';
import { ellipsoidalAreaSquareMetres } from '../../pipeline/formats/polygon-area.ts';
import { readVector } from '../../pipeline/formats/vector-read.ts';
import { UserError } from '../../pipeline/messages/user-error.ts';
import { hasSharedData, sharedData } from '../support/shared-data.ts';

const folder = hasSharedData ? sharedData('bad_vector') : '';
const files = hasSharedData
  ? readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(shp|geojson|json|gpkg|kml)$/i.test(entry.name))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .sort()
  : [];

describe.skipIf(!hasSharedData)('vector files as people hand them in', () => {
  test('there are many', () => expect(files.length).toBeGreaterThan(20));

  test.each(files)('%s is taken in row by row, or refused by name', async (name) => {
    const path = join(folder, name);
    try {
      const { features, quarantine, crs } = await readFeatures(path);
      const { features: all } = await readVector(path);
      expect(features.length + quarantine.length).toBe(all.length);
      for (const { geometry } of features) {
        expect(shapeArea(shapeOf(geometry))).toBeGreaterThan(0);
        expect(ellipsoidalAreaSquareMetres(geometry, crs)).not.toBe(0);
      }
      for (const { reason } of quarantine) expect(reason.zh).not.toBe('');
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      expect(error.finding.found.zh).not.toBe('');
    }
  });
});
