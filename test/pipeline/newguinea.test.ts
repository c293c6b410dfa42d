import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { GridSpec } from '../../models/grid/grid-spec.ts';
import { tileFrames, tileLayout } from '../../models/grid/tile-layout.ts';
import type { Cube } from '../../models/statistics/cube.ts';
import { mergeCubes } from '../../models/statistics/merge-cubes.ts';
import { tileCube } from '../../models/statistics/tile-cube.ts';
import { type OpenRaster, openRaster } from '../../pipeline/formats/raster-read.ts';
import { rasterizeFeatures } from '../../pipeline/formats/rasterize.ts';
import { readVector } from '../../pipeline/formats/vector-read.ts';
import { hasSharedData, sharedData } from '../support/shared-data.ts';

interface Truth {
  readonly valid_both: number;
  readonly changed: number;
  readonly crosstab_2001_2015: Readonly<Record<string, number>>;
  readonly by_ecoregion_pixel_centre: readonly { fid: number; valid_px_both: number; changed_px: number }[];
}

const folder = 'landcover_2001_2015_newguinea';
const inRaster = (name: string): string => sharedData(folder, 'raster', `${name}.tif`);

/** Cube of the land both years cover: zone sets ecoregion and class of 2001, land use the class of 2015. */
async function changeCube(): Promise<Cube> {
  const [before, after] = [openRaster(inRaster('landcover2001')), openRaster(inRaster('landcover2015'))];
  try {
    const grid = gridOf(before);
    const ecoregions = await readVector(sharedData(folder, 'vector', 'ecoregions.gpkg'), { targetCrs: grid.crs });
    const features = ecoregions.features.map(({ geometry, fid }) => ({ geometry, value: fid }));
    const cubes: Cube[] = [];
    for (const frame of tileFrames(tileLayout(grid.width, grid.height, 1024))) {
      const layers = layersOf(await before.readValues(1, frame), await after.readValues(1, frame));
      const zones = [rasterizeFeatures(features, grid, frame), layers.before];
      cubes.push(tileCube({ ...layers, zones, landUse: layers.after }));
    }
    return mergeCubes(cubes);
  } finally {
    before.close();
    after.close();
  }
}

/** Classes of both years where both have one, as the layers of a cube; everything else is without a class. */
function layersOf(from: ArrayLike<number>, to: ArrayLike<number>) {
  const cells = from.length;
  const [before, after, intensity, cause] = Array.from({ length: 4 }, () => new Uint8Array(cells));
  for (let cell = 0; cell < cells; cell++) {
    const both = !Number.isNaN(from[cell]!) && !Number.isNaN(to[cell]!);
    intensity![cell] = both ? 1 : 0;
    cause![cell] = both ? 0 : 1;
    if (!both) continue;
    before![cell] = from[cell]!;
    after![cell] = to[cell]!;
  }
  const zero = new Float32Array(cells);
  return { before: before!, after: after!, intensity: intensity!, cause: cause!, slopeDegrees: zero, modulus: zero };
}

function gridOf(raster: OpenRaster): GridSpec {
  const [originX, cellSizeMetres, , originY] = raster.geotransform!;
  return { crs: raster.crs!, cellSizeMetres, originX, originY, width: raster.width, height: raster.height };
}

/** Cells with values by a key of the row; rows whose key is undefined are left out. */
function sums(cube: Cube, key: (ecoregion: number, before: number, after: number) => string | undefined) {
  const counts: Record<string, number> = {};
  for (let row = 0; row < cube.rowCount; row++) {
    if (cube.intensity[row] === 0) continue;
    const name = key(cube.zones[row * 2]!, cube.zones[row * 2 + 1]!, cube.landUse[row]!);
    if (name !== undefined) counts[name] = (counts[name] ?? 0) + cube.cells[row]!;
  }
  return counts;
}

/** Row sums (place 0) or column sums (place 1) of the published crosstab. */
function marginal(crosstab: Readonly<Record<string, number>>, place: 0 | 1): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const [pair, cells] of Object.entries(crosstab)) {
    const name = pair.split('->')[place]!;
    totals[name] = (totals[name] ?? 0) + cells;
  }
  return totals;
}

describe.skipIf(!hasSharedData)('land cover of New Guinea, 28 million cells', () => {
  let truth: Truth;
  let cube: Cube;
  beforeAll(async () => {
    truth = JSON.parse(readFileSync(sharedData(folder, 'TRUTH_change.json'), 'utf8'));
    cube = await changeCube();
  }, 120_000);

  test('cells per class of each year are the row and column sums of the crosstab', () => {
    const crosstab = truth.crosstab_2001_2015;
    expect(sums(cube, (_, before) => String(before))).toEqual(marginal(crosstab, 0));
    expect(sums(cube, (_, __, after) => String(after))).toEqual(marginal(crosstab, 1));
  });

  test('every transition has its published number of cells', () => {
    expect(sums(cube, (_, before, after) => `${before}->${after}`)).toEqual(truth.crosstab_2001_2015);
    expect(sums(cube, () => 'all')).toEqual({ all: truth.valid_both });
    expect(sums(cube, (_, before, after) => (before === after ? undefined : 'all'))).toEqual({ all: truth.changed });
  });

  test('every ecoregion has its published number of valid and of changed cells', () => {
    const published = (name: 'valid_px_both' | 'changed_px'): Record<string, number> =>
      Object.fromEntries(
        truth.by_ecoregion_pixel_centre.filter((row) => row[name] > 0).map((row) => [row.fid, row[name]]),
      );
    const named = (fid: number): string | undefined => (fid === 0 ? undefined : String(fid));
    expect(truth.by_ecoregion_pixel_centre).toHaveLength(22);
    expect(sums(cube, named)).toEqual(published('valid_px_both'));
    expect(sums(cube, (fid, before, after) => (before === after ? undefined : named(fid)))).toEqual(
      published('changed_px'),
    );
  });
});
