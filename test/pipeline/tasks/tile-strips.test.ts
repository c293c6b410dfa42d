import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellWindow } from '../../../models/grid/grid-spec.ts';
import type { AlignedLayer } from '../../../pipeline/formats/aligned-layer.ts';
import { partsOf } from '../../../pipeline/tasks/tile-strips.ts';

/** A layer whose pixels are the cells, in blocks of a width; rows of blocks of one pixel where they span the raster. */
const layer = (bandCount: number, blockBytes: (window: CellWindow) => number): AlignedLayer => ({
  bandCount,
  sourcePixels: ({ width, height }) => width * height,
  pixelsOfRow: ({ width }) => width,
  blockBytes,
  load: () => Promise.reject(new Error('not asked for')),
  close: () => {},
});
const inBlocks = layer(1, ({ width, height }) => 4 * width * height);
const inLongRows = layer(1, ({ height }) => 4 * 60_000 * height);

const tiles = fc.record({
  x0: fc.integer({ min: 0, max: 9000 }),
  y0: fc.integer({ min: 0, max: 9000 }),
  width: fc.integer({ min: 1, max: 2600 }),
  height: fc.integer({ min: 1, max: 2600 }),
});

describe('parts of a tile', () => {
  it.each([
    ['blocks', [inBlocks]],
    ['rows as long as a province', [inBlocks, inLongRows]],
    ['hundreds of bands', [layer(300, () => 0)]],
  ])('hold every cell once, the first being the largest, and fit in memory: %s', (_, layers) => {
    const named = new Map(layers.map((each, at) => [String(at), each]));
    const bands = layers.reduce((sum, { bandCount }) => sum + bandCount, 0);
    fc.assert(
      fc.property(tiles, (tile) => {
        const parts = partsOf(tile, named);
        const cells = parts.map(({ width, height }) => width * height);
        expect(Math.max(...cells)).toBe(cells[0]);
        expect(cells.reduce((sum, count) => sum + count)).toBe(tile.width * tile.height);
        const [{ width, height }] = parts as [CellWindow];
        for (const part of parts) {
          // Corners of a lattice that starts at the tile's: no two parts share a cell.
          expect([(part.x0 - tile.x0) % width, (part.y0 - tile.y0) % height]).toEqual([0, 0]);
          // Pairs of rows and columns stay together, so that parts can be halved one by one.
          expect([(part.x0 - tile.x0) % 2, (part.y0 - tile.y0) % 2]).toEqual([0, 0]);
          expect(part.x0 + part.width).toBeLessThanOrEqual(tile.x0 + tile.width);
          expect(part.y0 + part.height).toBeLessThanOrEqual(tile.y0 + tile.height);
        }
        // Two rows are the least that can be halved, whatever they take.
        for (const part of parts)
          if (part.height > 2) expect(bands * part.width * part.height).toBeLessThanOrEqual(1 << 24);
        expect(new Set(parts.map(({ x0, y0 }) => `${x0} ${y0}`)).size).toBe(parts.length);
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it('are blocks of the tile, or whole rows where blocks of a layer would be decoded again for each column of parts', () => {
    const tile = { x0: 1000, y0: 0, width: 1300, height: 900 };
    const widths = (layers: AlignedLayer[]) =>
      new Set(partsOf(tile, new Map(layers.map((each, at) => [String(at), each]))).map(({ width }) => width));
    expect([...widths([inBlocks])]).toEqual([512, 276]);
    expect([...widths([inBlocks, inLongRows])]).toEqual([1300]);
  });
});
