import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { detectionRules2024 } from '../../../models/disturbance/rules/detection-2024.ts';
import { type CellWindow, type GridSpec, windowGrid } from '../../../models/grid/grid-spec.ts';
import type { PixelArray } from '../../../pipeline/formats/pixel-type.ts';
import { writeRaster } from '../../../pipeline/formats/raster-write.ts';
import type { PatchTileParameters } from '../../../pipeline/tasks/change/change-parameters.ts';
import type { PatchPart } from '../../../pipeline/tasks/change/patch-parts.ts';
import { patchTile } from '../../../pipeline/tasks/change/patch-tile.ts';
import type { LandUseParameters } from '../../../pipeline/tasks/erosion-parameters.ts';
import { sourceFile } from '../../../pipeline/tasks/source-file.ts';
import type { ResolvedTask, TaskContext } from '../../../pipeline/tasks/task.ts';
import { boundaryOutput } from '../../../pipeline/tasks/terrain/boundary-artifact.ts';
import { randomNumbers } from '../../support/kernel-cases.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'shuibao-patch-tile-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const grid: GridSpec = {
  crs: 'EPSG:4546',
  originX: 500_000,
  originY: 4_000_000,
  cellSizeMetres: 10,
  width: 9,
  height: 7,
};
/** A tile inside the grid; the tile of terrain over it begins at (2, 1). */
const tile: CellWindow = { x0: 4, y0: 3, width: 4, height: 3 };
const random = randomNumbers(11);
const slopes = Float32Array.from({ length: grid.width * grid.height }, () => 50 * random());
/** One patch of a row and a half. */
const labels = Uint32Array.of(0, 1, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0);

const slopesOf = ({ x0, y0, width, height }: CellWindow): Float32Array =>
  Float32Array.from({ length: width * height }, (_, cell) => {
    const [column, row] = [x0 + (cell % width), y0 + Math.floor(cell / width)];
    return slopes[row * grid.width + column]!;
  });

/** Parts of the tile's patches, with a raster of terrain of a window of the grid. */
async function partsWith(terrain: CellWindow): Promise<PatchPart[]> {
  const path = (name: string) => join(directory, `${name}-${terrain.x0}.tif`);
  const write = (name: string, data: PixelArray, window = tile) =>
    writeRaster(path(name), { grid: windowGrid(grid, window), codec: 'working', bands: [{ data }] });
  const ofTile = labels.length;
  await write('labels', labels);
  await write('rule', Uint8Array.from(labels));
  await write('terrain', slopesOf(terrain), terrain);
  await write('zones-county', new Uint16Array(ofTile).fill(3));
  for (const year of ['previous', 'current']) {
    await write(`${year}-modulus`, new Float32Array(ofTile).fill(1000));
    await write(`${year}-intensity`, new Uint8Array(ofTile).fill(2));
    await write(`${year}-landUse`, new Uint8Array(slopes.length).fill(13), { x0: 0, y0: 0, ...grid });
  }
  const source = { source: await sourceFile(path('current-landUse'), 'land-use.tif') };
  const landUse: LandUseParameters = {
    ...{ bands: [1], crs: null, nodata: null, scale: 1, offset: 0, range: [0, 255] },
    codes: { 13: 13 },
  };
  const parameters: PatchTileParameters = {
    ...{ grid, window: tile, landUse: [landUse, landUse], zoneSets: ['county'], factors: [], equalRain: false },
    rules: detectionRules2024,
    terrainCorner: { x0: terrain.x0, y0: terrain.y0 },
  };
  const correction = boundaryOutput({ number: Uint32Array.of(7) }) as { bytes: Uint8Array };
  const context = {
    signal: new AbortController().signal,
    inputPath: async (name: string) => path(name),
    inputBytes: async () => correction.bytes,
  } as unknown as TaskContext;
  const inputs = { 'previous-landUse': source, 'current-landUse': source, 'surrounding-landUse': source };
  const { outputs } = await patchTile.run({ parameters, inputs } as unknown as ResolvedTask, context);
  return JSON.parse(Buffer.from((outputs.parts as { bytes: Uint8Array }).bytes).toString()) as PatchPart[];
}

test('a patch has the slopes of its own cells, however far the tile of terrain over it reaches', async () => {
  const alone = await partsWith(tile);
  expect(alone).toEqual(await partsWith({ x0: 2, y0: 1, width: 7, height: 6 }));
  const own = slopesOf(tile).filter((_, cell) => labels[cell] === 1);
  const [{ label, tally }] = alone as [PatchPart];
  expect([label, tally.cells, tally.slopeCells]).toEqual([7, 6, 6]);
  expect(tally.slopeThousandths).toBe(own.reduce((sum, slope) => sum + Math.round(slope * 1000), 0));
  expect(tally.steepCells).toBe(own.filter((slope) => slope > 25).length);
});
