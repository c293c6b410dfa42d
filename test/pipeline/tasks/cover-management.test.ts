import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CellFactorMethod } from '../../../models/factors/factor-method.ts';
import { factorMethod } from '../../../models/factors/registry.ts';
import { heapAllocator } from '../../../models/kernels/allocator.ts';
import { referenceKernels } from '../../../models/kernels/reference-kernels.ts';
import { openLayer, StripGeometry } from '../../../pipeline/formats/aligned-layer.ts';
import { linesLength, rowMemory } from '../../../pipeline/formats/bilinear-rows.ts';
import { writeRaster } from '../../../pipeline/formats/raster-write.ts';
import { GridPlaces } from '../../../pipeline/formats/window-place.ts';
import type { CoverParameters } from '../../../pipeline/tasks/erosion-parameters.ts';
import { type PracticePlace, partMemory } from '../../../pipeline/tasks/practice-reader.ts';
import { practiceParts } from '../../../pipeline/tasks/practice-rows.ts';
import { LayerRows } from '../../../pipeline/tasks/strip-inputs.ts';

const grid = { crs: 'EPSG:4544', cellSizeMetres: 10, originX: 400_000, originY: 3_800_000, width: 16, height: 16 };
const cells = grid.width * grid.height;
/** NDVI of each half-month, alike everywhere: low in winter, high in July. */
const ndvi = Array.from({ length: 24 }, (_, k) => (k === 12 || k === 13 ? 0.75 : 0.2 + k / 100));
const bands = ndvi.map((_, k) => k + 1);

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shuibao-cover-'));
  await writeRaster(join(folder, 'ndvi.tif'), {
    grid,
    codec: 'working',
    bands: ndvi.map((value) => ({ data: new Float32Array(cells).fill(value) })),
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

const layer = { bands, crs: null, nodata: null, scale: 1, offset: 0, range: [-1, 1] } as const;
const fromNdvi: CoverParameters = { kind: 'ndvi', layer, soil: 0.05, vegetation: 0.9 };
const coverPercent = (value: number): number => ((value - 0.05) / 0.85) * 100;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

async function coverManagement(method: string, cover: CoverParameters): Promise<number> {
  const reading = { ...cover.layer, resampling: 'area' } as const;
  const open = openLayer(join(folder, 'ndvi.tif'), reading, new GridPlaces(grid));
  const scratch = bands.map(() => new Float32Array(cells));
  const room = {
    place: new Int32Array(grid.width),
    share: new Float64Array(grid.width),
    line: new Float64Array(linesLength(grid.height, grid.width, grid.width, bands.length)),
  };
  const loaded = await open.load(
    { x0: 0, y0: 0, width: grid.width, height: grid.height },
    new StripGeometry(referenceKernels, [rowMemory(heapAllocator, grid.width, grid.height)]),
    bands.map(() => new Float32Array(cells)),
    room.line,
  );
  const place = {
    strip: { layers: new Map([['cover', new LayerRows(loaded, scratch, grid.width, room)]]) },
    first: 0,
    count: grid.height,
  } as unknown as PracticePlace;
  const [part] = practiceParts({
    model: 'RUSLE',
    coverManagement: { kind: 'cover', method, cover },
    supportPractice: { kind: 'one' },
  });
  const memory = partMemory(heapAllocator, part!, cells, 0);
  const { values } = part!.reader(referenceKernels, memory)(place, new Float32Array(cells));
  open.close();
  return values[0]!;
}

const evaluate = (id: string, value: number): number =>
  (factorMethod('coverManagement', id) as CellFactorMethod).evaluate(value);

test.each([
  ['cai2000', coverPercent(mean(ndvi)), 'the mean cover of the year in percent'],
  ['bu1993-linear', coverPercent(0.75), 'the cover of July in percent'],
  ['van-der-knijff2000', mean(ndvi), 'the mean NDVI itself'],
])('C by %s reads %d, %s', async (method, value) => {
  expect(await coverManagement(method, fromNdvi)).toBeCloseTo(evaluate(method, value), 5);
});
