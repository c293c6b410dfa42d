import { gdal } from './gdal.ts';
import { describeMosaic } from './mosaic.ts';
import type { BandDescription } from './raster-write.ts';

export interface CogOptions {
  /** How smaller versions are made: `mode` or `nearest` for classes, `average` for measured values. */
  readonly overviews: 'mode' | 'nearest' | 'average';
  /** What the band says about itself; tiles say too little to be asked. */
  readonly band: BandDescription;
  readonly metadata?: Readonly<Record<string, string>>;
}

const predictors: Readonly<Record<string, string>> = {
  Byte: 'NO',
  Float32: 'FLOATING_POINT',
  Float64: 'FLOATING_POINT',
};

/**
 * Joins tiles into one Cloud-Optimized GeoTIFF (DEFLATE, 512-pixel blocks, overviews).
 *
 * Memory does not grow with the raster: GDAL streams blocks through its cache. The bytes depend on the cell values and
 * the options, not on how the region was cut into tiles. Raises a `UserError` when the tiles do not fit together.
 */
export async function assembleCog(path: string, tilePaths: readonly string[], options: CogOptions): Promise<void> {
  const mosaic = describeMosaic(tilePaths, [options.band], options.metadata);
  const source = gdal.open(mosaic.xml, 'r');
  try {
    const result = await gdal.drivers
      .get('COG')
      .createCopyAsync(path, source, [
        'COMPRESS=DEFLATE',
        'LEVEL=6',
        `PREDICTOR=${predictors[mosaic.dataType] ?? 'STANDARD'}`,
        'BLOCKSIZE=512',
        'BIGTIFF=IF_SAFER',
        'OVERVIEWS=IGNORE_EXISTING',
        `OVERVIEW_RESAMPLING=${options.overviews.toUpperCase()}`,
        'NUM_THREADS=1',
      ]);
    result.close();
  } finally {
    source.close();
  }
}
