import type { CellWindow } from '../../models/grid/grid-spec.ts';
import type { gdal } from './gdal.ts';
import { type PixelArray, pixelTypeOf } from './pixel-type.ts';

type Dataset = ReturnType<typeof gdal.open>;
type Band = ReturnType<Dataset['bands']['get']>;

/** Windows up to this size are read and written without leaving the thread: waking another one costs more than a few blocks. */
export const pixelsAtOnce = 1 << 18;

/** True where GDAL decodes and encodes each block of each band by itself. */
export const hasBlocksOfOneBand = (dataset: Dataset): boolean => {
  if (dataset.driver.description !== 'GTiff') return false;
  const structure = dataset.getMetadata('IMAGE_STRUCTURE') as Readonly<Record<string, unknown>> | null;
  return structure?.INTERLEAVE === 'BAND';
};

/** Pixels of a band that is held open. */
export class BandPixels {
  // Asking a dataset for its bands while a read is under way would wait for the read.
  private readonly pixels: Band['pixels'];
  private readonly blockWidth: number;
  private readonly blockHeight: number;
  private readonly width: number;
  private readonly height: number;
  private readonly type: string | null;
  private readonly hasOwnBlocks: boolean;

  /** @param hasOwnBlocks as {@link hasBlocksOfOneBand} says of its dataset */
  constructor(band: Band, hasOwnBlocks: boolean) {
    this.pixels = band.pixels;
    const { x, y } = band.blockSize;
    [this.blockWidth, this.blockHeight] = [x, y];
    [this.width, this.height] = [band.size.x, band.size.y];
    this.type = band.dataType;
    this.hasOwnBlocks = hasOwnBlocks;
  }

  /**
   * Reads the stored numbers of a window. A window that is one block of the file is decoded where it is wanted; others are
   * copied out of the blocks that GDAL keeps.
   */
  async read(window: CellWindow, into: PixelArray): Promise<void> {
    const { x0, y0, width, height } = window;
    // The binding marks the array object it is given; a second view of the same memory keeps the caller's clean.
    const view = into.subarray(0, width * height) as never;
    const isSmall = width * height <= pixelsAtOnce;
    if (this.isBlock(window) && pixelTypeOf(into) === this.type) {
      const block = [x0 / this.blockWidth, y0 / this.blockHeight, view] as const;
      if (isSmall) this.pixels.readBlock(...block);
      else await this.pixels.readBlockAsync(...block);
    } else if (isSmall) this.pixels.read(x0, y0, width, height, view);
    else await this.pixels.readAsync(x0, y0, width, height, view);
  }

  private isBlock({ x0, y0, width, height }: CellWindow): boolean {
    return (
      this.hasOwnBlocks &&
      width === this.blockWidth &&
      height === this.blockHeight &&
      x0 % width === 0 &&
      y0 % height === 0 &&
      x0 + width <= this.width &&
      y0 + height <= this.height
    );
  }
}
