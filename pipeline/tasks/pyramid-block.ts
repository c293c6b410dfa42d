import { join } from 'node:path';
import type { CellWindow } from '../../models/grid/grid-spec.ts';
import { intersection } from '../../models/grid/pyramid.ts';
import type { Codec } from '../formats/raster-write.ts';
import { openStored } from '../formats/stored-raster.ts';
import { allDone } from './all-done.ts';
import { type DeliveredCells, type DeliveredType, halfOf, halved, writeBlocks } from './overview-cells.ts';
import type { TaskHandler, TaskOutput } from './task.ts';

/** A layer of which blocks are made. */
export interface PyramidLayer {
  readonly id: string;
  readonly type: DeliveredType;
  /** Code that means no value; null for floats, where NaN does, for counts, where 0 does, and for codes that all are values. */
  readonly nodata: number | null;
}

/** A raster that holds part of the source window. */
export interface PyramidPart extends CellWindow {
  /** Inputs are named `<layer>@<part>`. */
  readonly id: string;
}

export interface PyramidBlockParameters {
  readonly layers: readonly PyramidLayer[];
  /** Cells of the level below, or of the same level where the raster is only cut anew. */
  readonly source: CellWindow;
  /** True: two by two source cells become one. */
  readonly halve: boolean;
  readonly parts: readonly PyramidPart[];
  readonly codec: Codec;
}

/**
 * One block of the delivered rasters, compressed as it will be handed over: of an overview, or of the raster itself where
 * tiles and blocks do not match. All layers at once; measured values by their mean, codes by the most frequent one, counts by
 * the largest.
 *
 * Outputs: one single-block raster for each layer.
 */
export const pyramidBlock: TaskHandler = {
  kind: 'pyramid-block',
  version: 1,
  async run(task, context) {
    const { layers, source, halve, parts, codec } = task.parameters as unknown as PyramidBlockParameters;
    const block = async (layer: PyramidLayer): Promise<[string, TaskOutput]> => {
      const cells = emptyCells[layer.type](source.width * source.height);
      for (const part of parts)
        await readPart(await context.inputPath(`${layer.id}@${part.id}`), layer.type, part, source, cells);
      const data = halve ? halved(cells, source, layer.nodata) : cells;
      const path = join(context.temporaryDirectory, `${layer.id}.tif`);
      await writeBlocks(path, data, halve ? halfOf(source) : source, codec);
      return [layer.id, { path, mediaType: 'image/tiff' }];
    };
    return { outputs: Object.fromEntries(await allDone(layers.map(block))) };
  },
};

const emptyCells: Readonly<Record<DeliveredType, (length: number) => DeliveredCells>> = {
  Float32: (length) => new Float32Array(length).fill(Number.NaN),
  Byte: (length) => new Uint8Array(length),
  UInt32: (length) => new Uint32Array(length),
};

async function readPart(
  path: string,
  type: DeliveredType,
  part: PyramidPart,
  source: CellWindow,
  cells: DeliveredCells,
): Promise<void> {
  const common = intersection(part, source);
  if (!common) return;
  const raster = openStored(path);
  try {
    const { x0, y0, width, height } = common;
    const data = emptyCells[type](width * height);
    await raster.read(1, { x0: x0 - part.x0, y0: y0 - part.y0, width, height }, data);
    for (let row = 0; row < height; row++)
      cells.set(
        data.subarray(row * width, (row + 1) * width) as DeliveredCells & Float32Array & Uint8Array & Uint32Array,
        (y0 - source.y0 + row) * source.width + x0 - source.x0,
      );
  } finally {
    raster.close();
  }
}
