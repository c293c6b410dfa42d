import type { CellWindow } from '../../models/grid/grid-spec.ts';
import { BandPixels, hasBlocksOfOneBand } from './band-pixels.ts';
import { gdal } from './gdal.ts';
import type { PixelArray } from './pixel-type.ts';
import { unreadable } from './raster-read.ts';

/** A raster that this program wrote, held open for its pixels. */
export interface StoredRaster {
  readonly metadata: Readonly<Record<string, string>>;
  /** GDAL's name of the pixel type of all bands. */
  readonly dataType: string;
  /**
   * Stored numbers of a window.
   * @param into receives them at its beginning: an array of the type of the bands, of at least as many pixels, whose rest may
   *   change
   */
  read(band: number, window: CellWindow, into: PixelArray): Promise<void>;
  close(): void;
}

/**
 * Opens a raster of the store. Place, units and masks are not asked for: they are known, and GDAL takes 0.5 ms a band to tell.
 * @throws UserError (`raster-unreadable`), here and from `read`
 */
export function openStored(path: string): StoredRaster {
  try {
    const dataset = gdal.open(path, 'r');
    const hasOwnBlocks = hasBlocksOfOneBand(dataset);
    const bands = Array.from({ length: dataset.bands.count() }, (_, index) => dataset.bands.get(index + 1));
    const pixels = bands.map((band) => new BandPixels(band, hasOwnBlocks));
    return {
      metadata: { ...(dataset.getMetadata() as Record<string, string>) },
      dataType: bands[0]!.dataType!,
      read: async (band, window, into) => {
        try {
          await pixels[band - 1]!.read(window, into);
        } catch (error) {
          throw unreadable(path, error);
        }
      },
      close: () => dataset.close(),
    };
  } catch (error) {
    throw unreadable(path, error);
  }
}
