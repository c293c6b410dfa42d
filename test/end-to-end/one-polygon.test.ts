import { describe, expect, it } from 'vitest';
import { readTile } from '../../pipeline/formats/raster-read.ts';
import { writeRaster } from '../../pipeline/formats/raster-write.ts';
import { loadRunFile } from '../../pipeline/inputs/run-file.ts';
import { planAnnualRun } from '../../pipeline/plan/annual-run.ts';
import { openEngine } from '../../workers/engine.ts';
import type { RunReport } from '../../workers/run-events.ts';
import { yearOfSuite } from './support/sample-year.ts';

const size = 512;
const tileSize = 128;

describe('changing one land-use polygon', () => {
  const year = yearOfSuite({ size, tileSize });

  const run = async (): Promise<RunReport> => {
    const loaded = await loadRunFile(year().runFile);
    const workspace = loaded.resolve(loaded.run.workspace);
    const { plan } = await planAnnualRun(loaded, `${workspace}/digests`);
    const engine = await openEngine({ workspace, durable: false, environment: {} });
    try {
      return await (await engine.submit({ runId: 'year', name: 'year', plan })).finished;
    } finally {
      await engine.close();
    }
  };

  /** Writes the land use with a rectangle of cells as construction land, in blocks of the tiles' size. */
  const writeLandUse = async (edit?: { x0: number; y0: number; width: number; height: number }) => {
    const path = year().path('land-use-2024.tif');
    const { data, crs, geotransform } = await readTile(path);
    const cells = Uint8Array.from(data[0]!);
    for (let y = 0; edit && y < edit.height; y++)
      for (let x = 0; x < edit.width; x++) cells[(edit.y0 + y) * size + edit.x0 + x] = 53;
    const [originX, cellSizeMetres, , originY] = geotransform!;
    await writeRaster(path, {
      grid: { crs: crs!, cellSizeMetres, originX, originY, width: size, height: size },
      bands: [{ data: cells, nodata: 0 }],
      codec: 'working',
      blockSize: tileSize,
    });
  };

  it('recomputes the tiles it touches and what follows from them, and nothing else', async () => {
    await writeLandUse();
    const first = await run();
    expect(first.state).toBe('finished');
    const tiles = (size / tileSize) ** 2;
    expect(first.countsByKind['erosion-tile']).toMatchObject({ total: tiles, done: tiles });
    // Overviews of the classes, of what follows the land use, and of what does not, are made apart.
    expect(first.countsByKind['pyramid-block']).toMatchObject({ total: 3 });
    expect(first.countsByKind['deliver-raster']).toMatchObject({ total: 11 });

    // Across the border between the second and third tile of the second row.
    await writeLandUse({ x0: 250, y0: 150, width: 20, height: 20 });
    const second = await run();
    expect(second.state).toBe('finished');
    const doneByKind = Object.fromEntries(
      Object.entries(second.countsByKind)
        .filter(([, { done }]) => done > 0)
        .map(([kind, { done }]) => [kind, done]),
    );
    // Of the delivered layers A, QD, B and T follow the land use; R, K, L, S, E and the causes of nodata do not.
    expect(doneByKind).toEqual({
      'erosion-tile': 2,
      'merge-statistics': 1,
      // Those of the classes and those of what is measured.
      'pyramid-block': 2,
      'deliver-raster': 4,
      report: 1,
      'report-chart': 1,
      'report-map': 1,
    });

    expect((await run()).counts).toMatchObject({ done: 0 });
  }, 180_000);
});
