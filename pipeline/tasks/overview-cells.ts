import { halveByMaximum, halveByMean, halveByMode } from '../../models/grid/halve.ts';
import { blockSize } from '../../models/grid/pyramid.ts';
import { type Codec, writeRaster } from '../formats/raster-write.ts';

/** Measured values, codes, or counts. */
export type DeliveredType = 'Float32' | 'Byte' | 'UInt32';

export type DeliveredCells = Float32Array | Uint8Array | Uint32Array;

interface Extent {
  readonly width: number;
  readonly height: number;
}

/**
 * The next coarser level: measured values by their mean, codes by the most frequent one, counts by the largest.
 * @param nodata code that means no value; null for floats, where NaN does, for counts, where 0 does, and for codes that all
 *   are values
 */
export function halved(cells: DeliveredCells, { width, height }: Extent, nodata: number | null): DeliveredCells {
  if (cells instanceof Float32Array) return halveByMean(cells, width, height);
  if (cells instanceof Uint32Array) return halveByMaximum(cells, width, height);
  return halveByMode(cells, width, height, nodata ?? undefined);
}

/** Cells of the next coarser level. */
export const halfOf = ({ width, height }: Extent): Extent => ({
  width: Math.ceil(width / 2),
  height: Math.ceil(height / 2),
});

/** Writes cells in blocks as they are handed over. They have no place of their own: the file they end up in says it. */
export const writeBlocks = (path: string, data: DeliveredCells, extent: Extent, codec: Codec): Promise<void> =>
  writeRaster(path, {
    grid: { crs: null, geotransform: [0, 1, 0, 0, 0, -1], width: extent.width, height: extent.height },
    bands: [{ data }],
    codec,
    exactBlockSize: blockSize,
  });
