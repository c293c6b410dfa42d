import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeRaster } from '../../../pipeline/formats/raster-write.ts';

const grid = { crs: 'EPSG:4544', cellSizeMetres: 10, originX: 400_000, originY: 3_800_000, width: 40, height: 30 };
const cells = grid.width * grid.height;

/** Value of a cell in a band of the first (0) or the second (1) edition of a file. */
type Value = (cell: number, band: number, edition: number) => number;

/** Rasters by name: bands and values. Each is written twice, as `name.tif` and, with other values, `name-b.tif`. */
const rasters: Readonly<Record<string, { bands: number; codes?: boolean; value: Value }>> = {
  dem: { bands: 2, value: (cell, band, edition) => 1000 + (cell % 40) * 3 + band + edition },
  'land-use': { bands: 2, codes: true, value: (cell, band, edition) => [11, 31, 41][(cell + band + edition) % 3]! },
  // Far from a year of days: planning does not look at values, and opening 366 bands takes time.
  daily: { bands: 6, value: (cell, band, edition) => (band % 3 === 0 ? 20 + (cell % 5) + edition : 0) },
  monthly: { bands: 12, value: (_, band, edition) => 30 + band * 5 + edition },
  annual: { bands: 1, value: (_, __, edition) => 450 + edition },
  erosivity: { bands: 24, value: (_, band, edition) => 50 + band * 4 + edition },
  sand: { bands: 2, value: (_, band, edition) => 30 + band + edition },
  silt: { bands: 2, value: (_, band, edition) => 50 - band - edition },
  clay: { bands: 2, value: () => 20 },
  organic: { bands: 2, value: (_, band, edition) => 1 + band / 10 + edition / 10 },
  erodibility: { bands: 2, value: (_, band, edition) => 0.03 + (band + edition) / 1000 },
  'soil-class': { bands: 2, codes: true, value: (cell, band, edition) => 1 + ((cell + band + edition) % 3) },
  cover: { bands: 24, value: (cell, band, edition) => 20 + (cell % 7) + band + edition },
  understorey: { bands: 2, value: (_, band, edition) => 15 + band + edition },
  measures: { bands: 2, codes: true, value: (cell, band, edition) => (cell + band + edition) % 3 },
  rotation: { bands: 2, codes: true, value: (cell, band, edition) => 1 + ((cell + band + edition) % 2) },
  wind: { bands: 2, value: (_, band, edition) => 300 + band + edition },
  tolerance: { bands: 2, value: (_, band, edition) => 1000 - 100 * (band + edition) },
  c: { bands: 2, value: (_, band, edition) => 0.1 + (band + edition) / 100 },
  p: { bands: 2, value: (_, band, edition) => 0.8 + (band + edition) / 100 },
  zones: { bands: 2, codes: true, value: (cell, band, edition) => 1 + ((cell + band + edition) % 4) },
};

const polygons = (edition: number): string =>
  JSON.stringify({
    type: 'FeatureCollection',
    crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4544' } },
    features: [0, 1].map((index) => ({
      type: 'Feature',
      properties: { code: `62110${index + 1 + edition}`, name: `县${index}`, parent: '6211' },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [400_000 + index * 200, 3_799_700],
            [400_200 + index * 200, 3_799_700],
            [400_200 + index * 200, 3_800_000],
            [400_000 + index * 200, 3_800_000],
            [400_000 + index * 200, 3_799_700],
          ],
        ],
      },
    })),
  });

const texts: Readonly<Record<string, (edition: number) => string>> = {
  'counties.geojson': polygons,
  'townships.geojson': polygons,
  'measures.geojson': polygons,
  'rotation.geojson': polygons,
  'rain.csv': (edition) => `date,52995\n2024-01-01,${edition}\n`,
  'stations.csv': (edition) => `station,lon,lat\n52995,104.${edition},35.5\n`,
  'areas.csv': (edition) => `code,area\n621101,${10 + edition}\n`,
  'targets.csv': (edition) => `code,target\n621101,${60 + edition}\n`,
};

/** Writes every file that a run file can name, small, in two editions: `name.ext` and `name-b.ext`. */
export async function writeTinyRegion(folder: string): Promise<void> {
  for (const edition of [0, 1]) {
    const mark = edition === 0 ? '' : '-b';
    for (const [name, { bands, codes, value }] of Object.entries(rasters)) {
      const data = Array.from({ length: bands }, (_, band) => {
        const values = Array.from({ length: cells }, (__, cell) => value(cell, band, edition));
        return codes ? Uint8Array.from(values) : Float32Array.from(values);
      });
      await writeRaster(join(folder, `${name}${mark}.tif`), {
        grid,
        codec: 'working',
        bands: data.map((band) => ({ data: band })),
      });
    }
    for (const [name, text] of Object.entries(texts))
      writeFileSync(join(folder, name.replace('.', `${mark}.`)), text(edition));
  }
}
