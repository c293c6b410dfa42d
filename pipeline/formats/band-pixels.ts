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
   * Reads the stored numbers of a window into the beginning of an array. A window that is one block of the file, or all of one
   * that lies in the raster, is decoded where it is wanted if there is room for the block, whose rest is left behind the pixels;
   * others are copied out of the blocks that GDAL keeps.
   */
  async read(window: CellWindow, into: PixelArray): Promise<void> {
    const { x0, y0, width, height } = window;
    const blockPixels = this.blockWidth * this.blockHeight;
    const isBlock = into.length >= blockPixels && this.isBlock(window) && pixelTypeOf(into) === this.type;
    const pixels = isBlock ? blockPixels : width * height;
    // The binding marks the array object it is given; a second view of the same memory keeps the caller's clean.
    const view = into.subarray(0, pixels) as never;
    if (isBlock) {
      const block = [x0 / this.blockWidth, y0 / this.blockHeight, view] as const;
      if (pixels <= pixelsAtOnce) this.pixels.readBlock(...block);
      else await this.pixels.readBlockAsync(...block);
      if (width < this.blockWidth) closeRows(into, this.blockWidth, width, height);
    } else if (pixels <= pixelsAtOnce) this.pixels.read(x0, y0, width, height, view);
    else await this.pixels.readAsync(x0, y0, width, height, view);
  }

  /* True for a block of the file, and for the part of one that lies in the raster. */
  private isBlock({ x0, y0, width, height }: CellWindow): boolean {
    return (
      this.hasOwnBlocks &&
      x0 % this.blockWidth === 0 &&
      y0 % this.blockHeight === 0 &&
      width === Math.min(this.blockWidth, this.width - x0) &&
      height === Math.min(this.blockHeight, this.height - y0)
    );
  }
}

/** Moves rows that lie `stride` apart together. */
function closeRows(cells: PixelArray, stride: number, width: number, height: number): void {
  for (let row = 1; row < height; row++) cells.copyWithin(row * width, row * stride, row * stride + width);
}
