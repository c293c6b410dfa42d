import { appendFileSync, copyFileSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Inspection, InspectionRequest } from '../../../pipeline/formats/inspect/inspection.ts';
import { keptInspection } from '../../../pipeline/inputs/kept-inspection.ts';

let folder: string;
let path: string;
let looks: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-inspection-'));
  path = join(folder, 'cover.2024.tif');
  writeFileSync(path, 'pixels');
  looks = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const described = { kind: 'raster', statistics: [{ band: 1, mean: Number.NaN, minimum: -0 }] } as unknown as Inspection;

function look(request: Partial<InspectionRequest> = {}, inspection = described): Promise<Inspection> {
  return keptInspection({ path, ...request }, { cacheDirectory: join(folder, 'kept') }, async () => {
    looks++;
    return inspection;
  });
}

describe('descriptions of unchanged files', () => {
  it('are given back as they were, without a second look', async () => {
    expect(await look()).toEqual(described);
    expect(await look()).toEqual(described);
    expect(looks).toBe(1);
  });

  const changes: Readonly<Record<string, () => void>> = {
    grows: () => appendFileSync(path, '!'),
    'is written again with the same content': () => writeFileSync(path, 'pixels'),
    'is replaced by one of the same size and time': () => {
      const other = join(folder, 'other.tif');
      writeFileSync(other, 'pixelz');
      utimesSync(other, new Date(1000), new Date(1000));
      renameSync(other, path);
      utimesSync(path, new Date(1000), new Date(1000));
    },
    'gets a part beside it': () => writeFileSync(join(folder, 'cover.2024.tif.aux.xml'), '<PAMDataset/>'),
    'gets a part in other letters': () => writeFileSync(join(folder, 'COVER.2024.TFW'), '10'),
  };
  it.each(Object.entries(changes))('end when a file %s', async (_, change) => {
    utimesSync(path, new Date(1000), new Date(1000));
    await look();
    change();
    await look();
    expect(looks).toBe(2);
  });

  it('end when a part beside the file goes', async () => {
    writeFileSync(join(folder, 'cover.2024.prj'), 'PROJCS');
    await look();
    rmSync(join(folder, 'cover.2024.prj'));
    await look();
    expect(looks).toBe(2);
  });

  it('answer only what was asked', async () => {
    await look();
    await look({ nodata: 255 });
    const area = (x: number) => ({ areaRings: { coordinates: Float64Array.of(0, 0, x, 0, 1, 1), ends: [6] } });
    await look({ nodata: 255, ...area(1) });
    await look({ nodata: 255, ...area(2) });
    expect(looks).toBe(4);
    await look({ nodata: 255, ...area(2) });
    expect(looks).toBe(4);
  });

  it('are not kept of files that could not be read, of virtual rasters and of missing files', async () => {
    const unreadable = { kind: 'unreadable' } as Inspection;
    expect(await look({}, unreadable)).toEqual(unreadable);
    expect(await look()).toEqual(described);
    expect(looks).toBe(2);
    copyFileSync(path, join(folder, 'mosaic.vrt'));
    for (const name of ['mosaic.vrt', 'missing.tif'])
      for (let time = 0; time < 2; time++) await look({ path: join(folder, name) });
    expect(looks).toBe(6);
  });

  it('are not kept of a file that changes meanwhile', async () => {
    const inspectWhileWritten = () =>
      keptInspection({ path }, { cacheDirectory: join(folder, 'kept') }, async () => {
        looks++;
        appendFileSync(path, '!');
        return described;
      });
    await inspectWhileWritten();
    await look();
    expect(looks).toBe(2);
  });
});
