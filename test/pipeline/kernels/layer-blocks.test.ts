import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeRaster } from '../../../pipeline/formats/raster-write.ts';
import { layerCells, type RowLayer } from '../../../pipeline/formats/row-layer.ts';
import { compiledVisits, terrainOfTile } from '../../../pipeline/kernels/terrain/terrain-kernels.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'layer-blocks-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Fills all of a layer's array, what lies around its rows too, with numbers that tell where they stand. */
function numbered<Layer extends RowLayer>(layer: Layer): Layer {
  for (let i = 0; i < layer.cells.length; i++) layer.cells[i] = (i * 2654435761) % 251;
  return layer;
}

test.skipIf(compiledVisits() === undefined)(
  'rasters written from the rows of the kernels are those written from arrays of their own',
  async () => {
    // One block, several, and blocks that the raster fills in part.
    for (const [width, height] of [
      [30, 20],
      [512, 512],
      [1100, 530],
    ] as const) {
      const { elevation, direction } = terrainOfTile({ width, height });
      for (const layer of [numbered<RowLayer>(elevation), numbered<RowLayer>(direction)]) {
        expect(layer.square).toBeDefined();
        const grid = { crs: null, geotransform: [0, 10, 0, 0, 0, -10] as const, width, height };
        const write = async (name: string, data: RowLayer | RowLayer['cells']) => {
          const path = join(directory, name);
          await writeRaster(path, { grid, codec: 'working', bands: [{ data }] as never });
          return readFileSync(path);
        };
        const [rows, array] = [await write('rows.tif', layer), await write('array.tif', layerCells(layer))];
        expect(rows.equals(array)).toBe(true);
      }
    }
  },
);
