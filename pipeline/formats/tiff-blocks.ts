import { TiffReader } from './inspect/tiff-tags.ts';

/** The compressed blocks of a tiled, one-band TIFF, row by row from the north-west. */
export interface TiffBlocks {
  readonly path: string;
  readonly blockWidth: number;
  readonly blockHeight: number;
  readonly offsets: Float64Array;
  readonly lengths: Float64Array;
}

const tag = { tileWidth: 322, tileHeight: 323, tileOffsets: 324, tileBytes: 325 } as const;

/** Where the blocks of a file of the store lie; throws when it is not tiled. */
export function tiffBlocks(path: string): TiffBlocks {
  const reader = TiffReader.open(path);
  try {
    const main = reader.directories[0]!;
    const offsets = reader.numbers(main, tag.tileOffsets);
    const lengths = reader.numbers(main, tag.tileBytes);
    if (offsets === undefined || lengths === undefined) throw new Error(`${path} is not a tiled TIFF`);
    return {
      path,
      blockWidth: reader.number(main, tag.tileWidth)!,
      blockHeight: reader.number(main, tag.tileHeight)!,
      offsets,
      lengths,
    };
  } finally {
    reader.close();
  }
}
