import { type PixelArray, type PixelType, pixelArray } from '../../../../pipeline/formats/pixel-type.ts';
import { openRaster } from '../../../../pipeline/formats/raster-read.ts';
import { createRaster } from '../../../../pipeline/formats/raster-write.ts';
import { type Mirror, mirroredCells, mirroredGrid } from './mirror.ts';

const blockSize = 256;

/** Changes a row of a raster in place. */
export type RowChange = (cells: PixelArray, row: number, nodata: number | null) => void;

/** Lays a raster of the piece over the large region, a band of the piece and a row of blocks in memory at a time. */
export async function layRaster(mirror: Mirror, from: string, to: string, change?: RowChange): Promise<void> {
  const raster = openRaster(from);
  const [originX, cellSizeMetres] = raster.geotransform!;
  const grid = mirroredGrid(mirror, { cellSizeMetres, originX });
  const { width, height } = grid;
  const cells = mirroredCells(mirror, cellSizeMetres, mirror.piece.grid.originX - originX, width);
  const { dataType, nodata } = raster.bands[0]!;
  const bands = raster.bands.map(({ nodata, unit, description, metadata }) => ({
    ...(nodata === null ? {} : { nodata }),
    unit,
    description,
    metadata,
  }));
  const layout = { grid, codec: 'deliverable', metadata: raster.metadata, blockSize } as const;
  const writer = createRaster(to, layout, dataType as PixelType, bands);
  const rows = pixelArray(dataType, width * blockSize);
  for (const { band } of raster.bands) {
    const piece = await raster.read(band);
    for (let y0 = 0; y0 < height; y0 += blockSize) {
      const count = Math.min(blockSize, height - y0);
      for (let row = 0; row < count; row++) {
        const start = cells[y0 + row]! * raster.width;
        const into = rows.subarray(row * width, (row + 1) * width);
        for (let x = 0; x < width; x++) into[x] = piece[start + cells[x]!]!;
        change?.(into, y0 + row, nodata);
      }
      await writer.write(band, { x0: 0, y0, width, height: count }, rows.subarray(0, count * width));
    }
  }
  writer.close();
  raster.close();
}
