import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinRuns, runCells, runsByLabel } from '../../../models/disturbance/cell-runs.ts';
import { type Connectivity, labelComponents } from '../../../models/disturbance/component-labels.ts';
import { tiledLabels } from '../../../models/disturbance/tiled-labels.ts';
import { type TileFrame, type TileId, tileFrames, tileLayout } from '../../../models/grid/tile-layout.ts';
import { decodeBoundary, encodeBoundary } from '../../../models/terrain/tiled/boundary-bytes.ts';
import { floodLabels, type RandomCells, randomCells, wholeWindow } from './random-cells.ts';

const cut = ({ values, width }: RandomCells, frame: TileFrame): Uint8Array => {
  const out = new Uint8Array(frame.width * frame.height);
  for (let row = 0; row < frame.height; row++) {
    const start = (frame.y0 + row) * width + frame.x0;
    out.set(values.subarray(start, start + frame.width), row * frame.width);
  }
  return out;
};

/** Labels tile by tile, boundaries and corrections as bytes, and the runs the tiles have for each label. */
function labelsByTiles(cells: RandomCells, connectivity: Connectivity, tileSize: number) {
  const method = tiledLabels(connectivity);
  const layout = tileLayout(cells.width, cells.height, tileSize);
  const frames = tileFrames(layout).reverse();
  const tiles = new Map(frames.map((frame) => [frame.id, method.tile(cut(cells, frame), frame)]));
  const boundaries = new Map<TileId, ReturnType<typeof method.tile>['boundary']>(
    frames.map(({ id }) => [id, decodeBoundary(encodeBoundary(tiles.get(id)!.boundary))]),
  );
  const corrections = method.reduce(boundaries, layout);
  const labels = new Uint32Array(cells.values.length);
  const runs = new Map<number, number[][]>();
  for (const frame of frames) {
    const part = method.finalise(cut(cells, frame), tiles.get(frame.id)!.partial, corrections.get(frame.id)!, frame);
    for (const [label, list] of runsByLabel(part, frame)) runs.set(label, [...(runs.get(label) ?? []), list]);
    for (let row = 0; row < frame.height; row++)
      labels.set(part.subarray(row * frame.width, (row + 1) * frame.width), (frame.y0 + row) * cells.width + frame.x0);
  }
  return { labels, runs };
}

describe.each([4, 8] as const)('components across %d neighbours', (connectivity) => {
  test('are those found by flooding, numbered in reading order', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const cells = randomCells(seed, 7 + (seed % 31), 5 + (seed % 23), 0.3 + (seed % 6) / 10);
      const { labels, count } = labelComponents(cells.values, cells.width, connectivity);
      const flooded = floodLabels(cells, connectivity);
      expect(labels).toEqual(flooded);
      expect(count).toBe(flooded.reduce((most, label) => Math.max(most, label), 0));
    }
  });

  test.each([1, 2, 3, 5, 8, 64])('are the same in tiles of %d cells, and so are their runs', (tileSize) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        (seed, width, height) => {
          const cells = randomCells(seed, width, height);
          const tiled = labelsByTiles(cells, connectivity, tileSize);
          const whole = labelComponents(cells.values, width, connectivity).labels;
          expect(tiled.labels).toEqual(whole);
          const wholeRuns = runsByLabel(whole, wholeWindow(cells));
          for (const [label, parts] of tiled.runs) expect(joinRuns(parts)).toEqual(joinRuns([wholeRuns.get(label)!]));
          expect(tiled.runs.size).toBe(wholeRuns.size);
        },
      ),
      { seed: 20240912, numRuns: 60 },
    );
  });
});

test('runs hold every cell of their label once', () => {
  const cells = randomCells(5, 40, 30);
  const { labels } = labelComponents(cells.values, cells.width, 8);
  for (const [label, list] of runsByLabel(labels, wholeWindow(cells)))
    expect(runCells(joinRuns([list]))).toBe(labels.filter((each) => each === label).length);
});
