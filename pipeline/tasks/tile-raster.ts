import { join } from 'node:path';
import type { CellWindow } from '../../models/grid/grid-spec.ts';
import { createRaster, type RasterLayout, type RasterWriter } from '../formats/raster-write.ts';
import { overviewOutput, type TileOutput } from './erosion-outputs.ts';
import { halfOf, halved, writeBlocks } from './overview-cells.ts';
import type { TaskOutput } from './task.ts';

/**
 * A raster of a tile, written part by part in blocks as they are handed over, and its overviews, made from the parts before
 * these are encoded.
 */
export class TileRaster {
  private readonly directory: string;
  private readonly layout: RasterLayout;
  private readonly output: TileOutput;
  private readonly overviews: number;
  private readonly writer: RasterWriter;
  /** The first overview. */
  private readonly half: Float32Array | Uint8Array;

  /** @param overviews how many levels of overviews */
  constructor(directory: string, layout: RasterLayout, output: TileOutput, overviews: number) {
    this.directory = directory;
    this.layout = layout;
    this.output = output;
    this.overviews = overviews;
    this.writer = createRaster(this.path(0), layout, output.type, [output.band]);
    const { width, height } = halfOf(layout.grid);
    const cells = overviews === 0 ? 0 : width * height;
    this.half = output.type === 'Float32' ? new Float32Array(cells) : new Uint8Array(cells);
  }

  /** @param part cells of the tile, from an even column and row on */
  async write(part: CellWindow, values: Float32Array | Uint8Array): Promise<void> {
    const written = this.writer.write(1, part, values);
    // GDAL encodes on a thread of its own meanwhile.
    if (this.overviews > 0) this.halve(part, values);
    await written;
  }

  /** @returns the files by the name of the output */
  async close(): Promise<[string, TaskOutput][]> {
    this.writer.close();
    const { codec } = this.layout;
    let extent = halfOf(this.layout.grid);
    let cells = this.half;
    for (let level = 1; level <= this.overviews; level++) {
      await writeBlocks(this.path(level), cells, extent, codec);
      if (level === this.overviews) break;
      cells = this.halved(cells, extent);
      extent = halfOf(extent);
    }
    return Array.from({ length: 1 + this.overviews }, (_, level) => [
      overviewOutput(this.output.name, level),
      { path: this.path(level), mediaType: 'image/tiff' },
    ]);
  }

  private halve(part: CellWindow, values: Float32Array | Uint8Array): void {
    const { width, height } = halfOf(part);
    const small = this.halved(values.subarray(0, part.width * part.height), part);
    const stride = halfOf(this.layout.grid).width;
    const first = (part.y0 / 2) * stride + part.x0 / 2;
    for (let row = 0; row < height; row++)
      this.half.set(small.subarray(row * width, (row + 1) * width), first + row * stride);
  }

  private halved(cells: Float32Array | Uint8Array, extent: Pick<CellWindow, 'width' | 'height'>) {
    return halved(cells, extent, this.output.band.nodata ?? null) as Float32Array | Uint8Array;
  }

  private path(level: number): string {
    return join(this.directory, `${overviewOutput(this.output.name, level)}.tif`);
  }
}
