import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Geometry } from '../../../pipeline/formats/geometry.ts';
import { visitVector } from '../../../pipeline/formats/vector-read.ts';
import { writeVector } from '../../../pipeline/formats/vector-write.ts';

const squareAt = (x: number): Geometry => ({
  type: 'Polygon',
  coordinates: [
    [
      [x, 0],
      [x + 1, 0],
      [x + 1, 1],
      [x, 0],
    ],
  ],
});

test('many features are read in turns with everything else: what decoders hand over is freed in between', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shuibao-turns-'));
  try {
    const path = join(folder, 'many.geojson');
    const features = Array.from({ length: 6000 }, (_, at) => ({ geometry: squareAt(at), properties: { at } }));
    writeVector(path, { crs: 'EPSG:4544', fields: [{ name: 'at', type: 'whole' }], features });
    let turn = 0;
    const turning = setInterval(() => turn++, 0);
    const turns = new Set<number>();
    const seen: unknown[] = [];
    await visitVector(path, {}, ({ properties, fid }) => {
      turns.add(turn);
      seen.push(properties.at);
      expect(fid).toBe(seen.length - 1);
    });
    clearInterval(turning);
    expect(seen).toEqual(features.map(({ properties }) => properties.at));
    expect(turns.size).toBeGreaterThan(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what the caller does wrong with a feature is not laid at the door of the file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shuibao-fault-'));
  try {
    const path = join(folder, 'one.geojson');
    const features = [{ geometry: squareAt(0), properties: { at: 0 } }];
    writeVector(path, { crs: 'EPSG:4544', fields: [{ name: 'at', type: 'whole' }], features });
    const fault = new TypeError('a slip');
    const visit = () => {
      throw fault;
    };
    await expect(visitVector(path, {}, visit)).rejects.toBe(fault);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
