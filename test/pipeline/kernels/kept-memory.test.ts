import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fillLayer } from '../../../pipeline/formats/row-layer.ts';
import { returnKernels, takeKernels } from '../../../pipeline/kernels/kernel-set.ts';
import { terrainOfTile } from '../../../pipeline/kernels/terrain/terrain-kernels.ts';
import { fractalTerrain } from '../../support/terrains.ts';

const { elevation, width, height } = fractalTerrain(32, 24, 7);
const extent = { row: 0, column: 0, width, height, gridWidth: width, gridHeight: height };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pause = () => vi.advanceTimersByTime(60_000);

test('memory of terrain is kept from tile to tile, and let go when no tile comes for a while', () => {
  const memoryOfTile = () => terrainOfTile(extent).elevation.cells.buffer;
  const first = memoryOfTile();
  vi.advanceTimersByTime(1_000);
  expect(memoryOfTile()).toBe(first);
  pause();
  expect(memoryOfTile()).not.toBe(first);
});

test('a tile that has its memory for long is not disturbed', () => {
  const terrain = terrainOfTile(extent);
  fillLayer(terrain.elevation, elevation);
  pause();
  const other = terrainOfTile(extent);
  fillLayer(other.elevation, new Float32Array(width * height));
  const window = { x0: 0, y0: 0, width, height };
  const square = terrain.elevation.square!(window, 32)!;
  expect([...square.subarray(0, width * height)]).toEqual([...elevation]);
  fillLayer(other.elevation, elevation);
  expect(terrain.fill()).toEqual(other.fill());
});

test('memory of the annual pass is kept from tile to tile, and let go when none comes for a while', () => {
  const set = takeKernels();
  returnKernels(set);
  vi.advanceTimersByTime(1_000);
  const again = takeKernels();
  expect(again).toBe(set);
  pause();
  returnKernels(again);
  expect(takeKernels(), 'in hand all the while').toBe(set);
  returnKernels(set);
  pause();
  expect(takeKernels()).not.toBe(set);
});
