import { describe, expect, test } from 'vitest';
import { decodeBoundary, encodeBoundary } from '../../../../models/terrain/tiled/boundary-bytes.ts';
import { perimeterCells, perimeterIndex, perimeterLength } from '../../../../models/terrain/tiled/tile-perimeter.ts';

describe('perimeters', () => {
  test.each([
    [1, 1],
    [1, 5],
    [5, 1],
    [2, 2],
    [2, 4],
    [4, 3],
  ])('of %d × %d cells hold each border cell once, at its index', (width, height) => {
    const cells = Array.from(perimeterCells(width, height));
    const border = Array.from({ length: width * height }, (_, i) => i).filter((i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      return x === 0 || y === 0 || x === width - 1 || y === height - 1;
    });
    expect(cells).toEqual(border);
    expect(perimeterLength(width, height)).toBe(border.length);
    cells.forEach((cell, i) => {
      expect(perimeterIndex(cell % width, Math.floor(cell / width), width, height)).toBe(i);
    });
  });
});

describe('boundaries as bytes', () => {
  const boundary = {
    levels: Float32Array.of(1.5, Number.NaN, Number.NEGATIVE_INFINITY),
    codes: Uint8Array.of(1, 255),
    counts: Uint32Array.of(4_294_967_295),
    growth: Float64Array.of(-1, 2 ** 40),
    none: new Float32Array(0),
  };

  test('come back as they were, and do not depend on the order of fields', () => {
    expect(decodeBoundary(encodeBoundary(boundary))).toEqual(boundary);
    const reversed = Object.fromEntries(Object.entries(boundary).reverse());
    expect(encodeBoundary(reversed)).toEqual(encodeBoundary(boundary));
  });

  test('that are cut short or foreign are refused', () => {
    const bytes = encodeBoundary(boundary);
    expect(() => decodeBoundary(bytes.subarray(0, bytes.length - 3))).toThrow(RangeError);
    expect(() => decodeBoundary(Uint8Array.of(1, 65, 77, 0, 0, 0, 0))).toThrow('unknown kind');
  });
});
