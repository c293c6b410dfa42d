import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rasterFiles } from '../../data-samples/files/raster-files.ts';
import { regionFiles } from '../../data-samples/files/region-files.ts';
import { writeRegionFiles } from '../../data-samples/files/write-files.ts';
import { makeRegion } from '../../data-samples/region-content.ts';
import { polygonsArea } from '../../data-samples/zones/polygons.ts';
import { crsEquivalent } from '../../pipeline/formats/crs.ts';
import { planarArea, polygonsOf } from '../../pipeline/formats/geometry.ts';
import { openRaster } from '../../pipeline/formats/raster-read.ts';
import { readVector } from '../../pipeline/formats/vector-read.ts';
import { readLandAreas, readRateTargets } from '../../pipeline/inputs/zone-attributes.ts';
import { readStationPlaces, readStationRain } from '../../pipeline/tasks/station-rain.ts';

const region = makeRegion(400, 3);
const files = regionFiles(region);
const folder = mkdtempSync(join(tmpdir(), 'shuibao-sample-'));
const at = (path: string): string => join(folder, path);
beforeAll(() => writeRegionFiles(folder, files));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(rasterFiles(region).map((file) => ({ path: file.path, file })))('$path', ({ path, file }) => {
  it('holds its cells, place, nodata and units as other programs read them', async () => {
    const raster = openRaster(at(path));
    try {
      const { grid } = file;
      expect(raster.geotransform).toEqual([
        grid.originX,
        grid.cellSizeMetres,
        0,
        grid.originY,
        0,
        -grid.cellSizeMetres,
      ]);
      expect(crsEquivalent(raster.crs!, 'EPSG:4544')).toBe(true);
      expect(raster.bands).toHaveLength(file.bands.length);
      for (const [n, band] of file.bands.entries()) {
        expect(raster.bands[n]).toMatchObject({ nodata: band.nodata, description: band.description });
        const read = await raster.read(n + 1);
        expect(Buffer.from(read.buffer).equals(Buffer.from(band.data.buffer))).toBe(true);
      }
    } finally {
      raster.close();
    }
  });
});

it('writes the same bytes twice', async () => {
  const again = mkdtempSync(join(tmpdir(), 'shuibao-sample-'));
  try {
    await writeRegionFiles(again, regionFiles(makeRegion(400, 3)));
    const digest = (directory: string) =>
      files.map(({ path }) =>
        createHash('sha256')
          .update(readFileSync(join(directory, path)))
          .digest('hex'),
      );
    expect(digest(again)).toEqual(digest(folder));
  } finally {
    rmSync(again, { recursive: true });
  }
});

describe('polygon layers', () => {
  const layers = [
    { path: 'zones/counties.shp', features: region.zones.counties },
    { path: 'projects/project-boundaries.shp', features: region.projects.boundaries },
    { path: 'zones/townships.geojson', features: region.zones.townships },
    { path: 'zones/watersheds.geojson', features: region.zones.watersheds },
    { path: 'zones/rotation-zones.geojson', features: region.zones.rotationZones },
    { path: 'engineering-measures.geojson', features: region.measures },
    { path: 'projects/disturbance-patches.geojson', features: region.projects.patches },
    { path: 'truth/disturbance-verdicts.geojson', features: region.projects.truth },
  ] as const;

  it.each(layers)('$path is read back whole and valid', async ({ path, features }) => {
    const layer = await readVector(at(path));
    expect(crsEquivalent(layer.crs!, 'EPSG:4544')).toBe(true);
    expect(layer.repairs).toEqual([]);
    expect(layer.features).toHaveLength(features.length);
    layer.features.forEach(({ properties, geometry }, n) => {
      const stated = Object.entries(features[n]!.properties).map(([name, value]) => [
        name,
        value === '' ? null : value,
      ]);
      const read = Object.entries(properties).map(([name, value]) => [name, value === '' ? null : value]);
      expect(Object.fromEntries(read)).toEqual(Object.fromEntries(stated));
      const points = polygonsOf(geometry!).flat(2);
      expect(points).toHaveLength(features[n]!.geometry.coordinates.flat(2).length);
      expect(planarArea(geometry!)).toBeCloseTo(polygonsArea(features[n]!.geometry.coordinates), 3);
    });
  });

  it('counties are a GBK Shapefile that says so, project boundaries one that only its table does', async () => {
    expect((await readVector(at('zones/counties.shp'))).encoding).toBe('GB18030');
    expect((await readVector(at('projects/project-boundaries.shp'))).encoding).toBe('GB18030');
    expect(files.some(({ path }) => path === 'projects/project-boundaries.cpg')).toBe(false);
  });
});

describe('tables', () => {
  it('of gauges and their rain are read as the run reads them', async () => {
    const rain = await readStationRain(at('rain/station-rain.csv'), 'station-rain.csv', 'auto', [2023, 2024], 1);
    const places = await readStationPlaces(at('rain/stations.csv'), 'stations.csv');
    expect(rain.map(({ station }) => station)).toEqual(places.map(({ station }) => station));
    const days = [...region.stationDays[2023], ...region.stationDays[2024]];
    for (const { station, series } of rain) {
      const stated = days.filter((day) => day.station.code === station).map(({ rainMm }) => rainMm ?? Number.NaN);
      expect([...series]).toEqual(stated);
    }
    expect(rain.filter(({ series }) => series.some(Number.isNaN)).map(({ station }) => station)).toEqual(['529808']);
  });

  it('of areas and targets name every county', async () => {
    const areas = await readLandAreas(at('tables/land-areas.csv'), 'land-areas.csv');
    const targets = await readRateTargets(at('tables/rate-targets.csv'), 'rate-targets.csv', 2024);
    const codes = region.zones.counties.map(({ properties }) => properties.XZQDM);
    expect([...areas.byCode.keys()]).toEqual(codes);
    expect([...areas.byCode.values()]).toEqual(region.officialAreas.map(({ landAreaKm2 }) => landAreaKm2));
    expect([...targets.byCode.keys()]).toEqual(codes);
    const near = region.rateTargets.filter(({ targetYear }) => targetYear === 2025);
    expect([...targets.byCode.values()]).toEqual(near.map(({ targetRatePercent }) => targetRatePercent));
  });
});
