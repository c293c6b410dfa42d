import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { transitionTable } from '../../models/disturbance/transition-table.ts';
import { countTransitions, mergeTransitions, type TransitionCounts } from '../../models/disturbance/transitions.ts';
import type { GridSpec } from '../../models/grid/grid-spec.ts';
import { tileFrames, tileLayout } from '../../models/grid/tile-layout.ts';
import type { Geometry } from '../../pipeline/formats/geometry.ts';
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

describe.skipIf(!hasSharedData)('change of New Guinea, 28 million cells', () => {
  let truth: Truth;
  let rasters: readonly [OpenRaster, OpenRaster];
  let regions: readonly { geometry: Geometry | null; value: number }[];
  let grid: GridSpec;

  beforeAll(async () => {
    truth = JSON.parse(readFileSync(sharedData(folder, 'TRUTH_change.json'), 'utf8'));
    rasters = [
      openRaster(sharedData(folder, 'raster', 'landcover2001.tif')),
      openRaster(sharedData(folder, 'raster', 'landcover2015.tif')),
    ];
    const [originX, cellSizeMetres, , originY] = rasters[0].geotransform!;
    const { crs, width, height } = rasters[0];
    grid = { crs: crs!, cellSizeMetres, originX, originY, width, height };
    const ecoregions = await readVector(sharedData(folder, 'vector', 'ecoregions.gpkg'), { targetCrs: crs! });
    regions = ecoregions.features.map(({ geometry, fid }) => ({ geometry, value: fid }));
  }, 60_000);
  afterAll(() => {
    for (const raster of rasters ?? []) raster.close();
  });

  // The files' nodata is 255 and no class is 0, which is nodata here.
  const classesOf = (values: Uint8Array): Uint8Array => values.map((code) => (code === 255 ? 0 : code));

  async function counts(tileSize: number): Promise<TransitionCounts> {
    let all: TransitionCounts | undefined;
    for (const frame of tileFrames(tileLayout(grid.width, grid.height, tileSize))) {
      const [before, now] = [await rasters[0].read(1, frame), await rasters[1].read(1, frame)];
      const zones = rasterizeFeatures(regions, grid, frame);
      const part = countTransitions(classesOf(before as Uint8Array), classesOf(now as Uint8Array), zones);
      all = all === undefined ? part : mergeTransitions([all, part]);
    }
    return all!;
  }

  test('matrix and every region equal the published counts, for any tile size', async () => {
    const first = await counts(1024);
    const table = transitionTable(first);
    const size = table.classes.length;
    const crosstab: Record<string, number> = {};
    table.cells.forEach((cells, at) => {
      if (cells > 0) crosstab[`${table.classes[Math.floor(at / size)]}->${table.classes[at % size]}`] = cells;
    });
    expect(crosstab).toEqual(truth.crosstab_2001_2015);
    expect(table.valid).toBe(truth.valid_both);
    expect(truth.by_ecoregion_pixel_centre).toHaveLength(22);
    for (const region of truth.by_ecoregion_pixel_centre) {
      const own = transitionTable(first, region.fid);
      const kept = own.classes.reduce((sum, _, at) => sum + own.cells[at * own.classes.length + at]!, 0);
      expect([own.valid, own.valid - kept]).toEqual([region.valid_px_both, region.changed_px]);
    }
    for (const tileSize of [700, 8192]) expect(await counts(tileSize)).toEqual(first);
  }, 120_000);
});
