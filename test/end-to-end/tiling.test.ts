import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { readTile } from '../../pipeline/formats/raster-read.ts';
import { ensureBuilt } from '../workers/support/engine.ts';
import { type SampleYear, sampleYear, shuibao } from './support/sample-year.ts';

interface Output {
  readonly file: string;
  readonly sha256: string;
}

const terrainLayers = ['filledElevation', 'flowDirection', 'flowAccumulation', 'slopeLength', 'edgeContamination'];

describe('a year', () => {
  let year: SampleYear;
  beforeAll(async () => {
    ensureBuilt();
    year = await sampleYear({ size: 560, tileSize: 512 });
  }, 120_000);
  afterAll(() => year?.remove());

  /** Digests of all files of a run with another tile size and number of processes. */
  const digests = async (tileSize: number, workers: number, grid?: object): Promise<Record<string, string>> => {
    const name = `${grid ? 'strip' : 'tiles'}-${tileSize}`;
    const path = year.withWorkspace(name);
    const document = parseDocument(readFileSync(path, 'utf8'));
    document.set('grid', { ...grid, tileSize });
    document.setIn(['outputs', 'terrain'], terrainLayers);
    writeFileSync(path, String(document));
    expect(await shuibao(['run', '--workers', String(workers), path])).toMatchObject({ code: 0 });
    const { outputs } = JSON.parse(year.manifest(name)) as { outputs: Output[] };
    return Object.fromEntries(outputs.map(({ file, sha256 }) => [file, sha256]));
  };

  const explained = (tileSize: number, at: string) =>
    shuibao(['explain', join(year.directory, `strip-${tileSize}.yaml`), '--at', at]);

  it('has the same bytes whatever the tiles and the processes', async () => {
    const expected = await digests(512, 2);
    expect(Object.keys(expected).length).toBeGreaterThan(20);
    expect(await digests(1024, 1)).toEqual(expected);
    expect(await digests(300, 3)).toEqual(expected);
  }, 240_000);

  it('has the same bytes where tiles of terrain hold several of the annual pass', async () => {
    const { geotransform } = await readTile(year.path('elevation.tif'));
    const [west, , , north] = geotransform!;
    // Cells half as wide: 1120 from west to east, across the middle of the region.
    const [east, top] = [west + 5600, north - 2400];
    const grid = { cellSizeMetres: 5, extent: { west, east, north: top, south: top - 600 } };
    expect(await digests(2048, 2, grid)).toEqual(await digests(512, 2, grid));
    // Cells of the east and the west are told of alike, too; one in the east depends on land outside, unlike that 1024 cells before.
    const marks = (await readTile(join(year.directory, 'strip-512-results', 'edgeContamination_2024.tif'))).data[0]!;
    const marked = marks.findIndex((mark, cell) => cell % 1120 >= 1024 && mark === 2 && marks[cell - 1024] === 0);
    expect(marked).toBeGreaterThan(0);
    const cells = [60 + 40 * 1120, 1060 + 40 * 1120, marked];
    for (const cell of cells) {
      const at = `${west + 5 * ((cell % 1120) + 0.5)},${top - 5 * (Math.floor(cell / 1120) + 0.5)}`;
      const [large, small] = [await explained(2048, at), await explained(512, at)];
      expect(large).toMatchObject({ code: 0 });
      expect(large.stdout).toBe(small.stdout);
      if (cell === marked) expect(large.stdout).toContain('上游可能伸出高程数据范围');
    }
  }, 240_000);

  it('hands over terrain in which all water leaves the data', async () => {
    const band = async (name: string) =>
      (await readTile(join(year.directory, 'tiles-512-results', `${name}_2024.tif`))).data[0]!;
    const direction = await band('flowDirection');
    const accumulation = await band('flowAccumulation');
    const contamination = await band('edgeContamination');
    const filled = await band('filledElevation');
    let [cells, drained, independent, disagreeing] = [0, 0, 0, 0];
    for (const [cell, code] of direction.entries()) {
      if ((code === 255) !== (accumulation[cell] === 0)) disagreeing++;
      if ((code === 255) !== Number.isNaN(filled[cell])) disagreeing++;
      if ((code === 255) !== (contamination[cell] === 255)) disagreeing++;
      if (code === 255) continue;
      cells++;
      if (code === 0) drained += accumulation[cell]!;
      if (contamination[cell] === 0) independent++;
    }
    expect(disagreeing).toBe(0);
    expect(cells).toBeGreaterThan(100_000);
    expect(drained).toBe(cells);
    // Some cells can be reached from beyond the data, most of a hilly country cannot.
    expect(independent / cells).toBeGreaterThan(0.5);
    expect(independent).toBeLessThan(cells);
  });

  it('that is finished is handed over again without a queue, also where its results were lost', async () => {
    const results = join(year.directory, 'tiles-512-results');
    const before = year.manifest('tiles-512');
    rmSync(join(results, 'QD_2024.tif'));
    const again = await shuibao(['run', join(year.directory, 'tiles-512.yaml')]);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).toContain('没有需要重算的部分');
    expect(existsSync(join(results, 'QD_2024.tif'))).toBe(true);
    expect(year.manifest('tiles-512')).toBe(before);
  }, 60_000);
});
