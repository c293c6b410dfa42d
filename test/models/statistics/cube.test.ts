import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cubeCells, emptyCube } from '../../../models/statistics/cube.ts';
import { decodeCube, encodeCube } from '../../../models/statistics/encode-cube.ts';
import { mergeCubes } from '../../../models/statistics/merge-cubes.ts';
import { tileCube } from '../../../models/statistics/tile-cube.ts';
import { randomLayers, seededRandom, sliceLayers } from './random-layers.ts';

describe('statistics cube', () => {
  it('tiles of any split, in any order and grouping, merge to the bytes of the whole', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1 << 30 }),
        fc.integer({ min: 1, max: 600 }),
        fc.nat(3),
        (seed, length, sets) => {
          const layers = randomLayers(seed, length, [7, 30, 5].slice(0, sets));
          const random = seededRandom(seed + 1);
          const tiles = [];
          for (let from = 0; from < length; ) {
            const to = Math.min(length, from + 1 + Math.floor(random() * 120));
            tiles.push(tileCube(sliceLayers(layers, from, to)));
            from = to;
          }
          tiles.sort(() => random() - 0.5);
          const cut = Math.floor(random() * tiles.length);
          const left = tiles.slice(0, cut);
          const right = tiles.slice(cut);
          const grouped = mergeCubes([...(left.length > 0 ? [mergeCubes(left)] : []), mergeCubes(right)]);
          const whole = encodeCube(tileCube(layers));
          expect(encodeCube(grouped)).toEqual(whole);
          expect(encodeCube(decodeCube(whole))).toEqual(whole);
        },
      ),
      { seed: 190, numRuns: 40 },
    );
  });

  it('counts what a plain count of the cells counts', () => {
    const layers = randomLayers(3, 5000, [7, 30]);
    const cube = tileCube(layers);
    expect(cubeCells(cube)).toBe(5000);
    const counts = new Map<string, { cells: number; loss: number }>();
    for (let i = 0; i < 5000; i++) {
      const slope = layers.slopeDegrees[i]!;
      const band = Number.isNaN(slope) ? 0 : slope <= 2 ? 1 : slope <= 6 ? 2 : slope <= 15 ? 3 : slope <= 25 ? 4 : 5;
      const key = [
        ...layers.zones.map((z) => z[i]),
        layers.landUse[i],
        band,
        layers.intensity[i],
        layers.cause[i],
      ].join();
      const entry = counts.get(key) ?? { cells: 0, loss: 0 };
      entry.cells++;
      if (layers.intensity[i]! > 0) entry.loss += Math.round(layers.modulus[i]! * 1000);
      counts.set(key, entry);
    }
    expect(cube.rowCount).toBe(counts.size);
    for (let row = 0; row < cube.rowCount; row++) {
      const key = [
        ...cube.zones.slice(row * 2, row * 2 + 2),
        cube.landUse[row],
        cube.slopeBand[row],
        cube.intensity[row],
        cube.cause[row],
      ].join();
      expect({ cells: cube.cells[row], loss: Number(cube.modulusThousandths[row]) }).toEqual(counts.get(key));
    }
  });

  it('holds more zone tuples than its first allocation', () => {
    const length = 4000;
    const layers = { ...randomLayers(5, length, []), zones: [Uint32Array.from({ length }, (_, i) => i * 1_000_003)] };
    const cube = tileCube(layers);
    expect(cube.rowCount).toBe(length);
    expect(cube.zones[length - 1]).toBe((length - 1) * 1_000_003);
    expect(decodeCube(encodeCube(cube))).toEqual(cube);
  });

  it('carries sums beyond 2^53 through merging and encoding', () => {
    const one = tileCube({ ...randomLayers(1, 1, []), intensity: Uint8Array.of(6), modulus: Float32Array.of(8e12) });
    let cube = one;
    for (let i = 0; i < 9; i++) cube = mergeCubes([cube, cube]);
    expect(cube.modulusThousandths[0]).toBe(one.modulusThousandths[0]! * 512n);
    expect(decodeCube(encodeCube(cube))).toEqual(cube);
    for (let i = 0; i < 1; i++) cube = mergeCubes([cube, cube]);
    expect(() => mergeCubes([cube, cube, cube])).toThrow(RangeError);
  });

  it('refuses cells that break the rule of values and causes', () => {
    const layers = randomLayers(2, 3, [2]);
    const with_ = (change: object) => () => tileCube({ ...layers, ...change });
    expect(with_({ intensity: Uint8Array.of(0, 0, 0), cause: Uint8Array.of(1, 0, 1) })).toThrow(/cell 1/);
    const valid = { intensity: Uint8Array.of(1, 1, 1), cause: new Uint8Array(3) };
    expect(with_({ ...valid, modulus: Float32Array.of(1, Number.NaN, 1) })).toThrow(/cell 1/);
    expect(with_({ ...valid, modulus: Float32Array.of(1, 1, -1) })).toThrow(/cell 2/);
    expect(with_({ ...valid, intensity: Uint8Array.of(7, 1, 1) })).toThrow(/cell 0/);
    expect(with_({ landUse: new Uint8Array(2) })).toThrow(/landUse/);
  });

  it('refuses damaged bytes and mixed zone sets', () => {
    const bytes = encodeCube(tileCube(randomLayers(4, 200, [3])));
    expect(() => decodeCube(bytes.slice(1))).toThrow(RangeError);
    for (let cut = 9; cut < bytes.length; cut += 7) expect(() => decodeCube(bytes.slice(0, cut))).toThrow(RangeError);
    expect(() => decodeCube(Uint8Array.of(...bytes, 0))).toThrow(RangeError);
    expect(() => mergeCubes([emptyCube(1), emptyCube(2)])).toThrow(RangeError);
    expect(() => mergeCubes([])).toThrow(RangeError);
  });
});
