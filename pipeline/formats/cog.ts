import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { GridSpec } from '../../models/grid/grid-spec.ts';
import { blockSize, type PyramidLevel } from '../../models/grid/pyramid.ts';
import { writePieces } from '../store/write-pieces.ts';
import type { PixelType } from './pixel-type.ts';
import { type BandDescription, type Codec, createRaster, type PlacedRaster } from './raster-write.ts';
import { type TiffBlocks, tiffBlocks } from './tiff-blocks.ts';
import { directoryBytes, encodeDirectory, numberTag, readTags, type TiffTag, tiffType } from './tiff-directory.ts';

/** A compressed block: which of the blocks of which file. */
export interface BlockSource {
  readonly path: string;
  readonly index: number;
}

export interface CogOptions {
  readonly grid: GridSpec | PlacedRaster;
  readonly type: PixelType;
  /** Codec all blocks were written with. */
  readonly codec: Codec;
  readonly band: BandDescription;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Level 0 and its overviews. */
  readonly levels: readonly PyramidLevel[];
  /** The block of a level at a column and row. */
  block(level: PyramidLevel, column: number, row: number): BlockSource;
}

const tag = { subfileType: 254, width: 256, height: 257, tileOffsets: 324, tileBytes: 325 } as const;

/** Tags of the main image that its overviews repeat: how samples are stored, colours, nodata. */
const overviewTags = new Set([258, 259, 262, 277, 284, 317, 320, 322, 323, 338, 339, 42113]);

/** Each block stands between its size and its last four bytes once more, so that a reader needs one request for it. */
const [leaderBytes, trailerBytes] = [4, 4];
/** What readers look for to know this, and that directories come before the data. */
const structure = [
  'LAYOUT=IFDS_BEFORE_DATA',
  'BLOCK_ORDER=ROW_MAJOR',
  'BLOCK_LEADER=SIZE_AS_UINT4',
  'BLOCK_TRAILER=LAST_4_BYTES_REPEATED',
  'KNOWN_INCOMPATIBLE_EDITION=NO',
  ' ',
].join('\n');
const ghost = `GDAL_STRUCTURAL_METADATA_SIZE=${String(structure.length).padStart(6, '0')} bytes\n${structure}`;

/** Bytes of blocks after which other work of the process has its turn: to read one takes less than to have another thread do it. */
const batchBytes = 1 << 20;

/** Beyond this a file needs 64-bit offsets. */
const classicBytes = 0xffff_0000;

interface Level {
  readonly tags: readonly TiffTag[];
  readonly blocks: readonly { readonly source: BlockSource; readonly at: number; readonly bytes: number }[];
  readonly lengths: Float64Array;
}

/**
 * Joins compressed blocks into one Cloud-Optimized GeoTIFF without decoding them: directories first, then the overviews from
 * coarse to fine, then the raster. GDAL writes the tags (coordinate system, nodata, names, colours) into an empty file of the
 * same shape, from which they are taken over.
 *
 * The bytes depend on the blocks and the options alone. Memory holds the places of the blocks, never the blocks.
 */
export async function assembleCog(path: string, options: CogOptions): Promise<void> {
  const template = `${path}.${randomUUID()}.tif`;
  try {
    const { grid, codec, band, metadata } = options;
    createRaster(
      template,
      { grid, codec, exactBlockSize: blockSize, sparse: true, ...(metadata ? { metadata } : {}) },
      options.type,
      [band],
    ).close();
    const mainTags = readTags(template).filter((each) => each.tag !== tag.tileOffsets && each.tag !== tag.tileBytes);
    const places = new Map<string, TiffBlocks>();
    const levels = options.levels.map((level) => describeLevel(level, mainTags, options, places));
    await writeLevels(path, levels);
  } finally {
    await rm(template, { force: true });
  }
}

function describeLevel(
  level: PyramidLevel,
  mainTags: readonly TiffTag[],
  options: CogOptions,
  places: Map<string, TiffBlocks>,
): Level {
  const blocks: Level['blocks'][number][] = [];
  for (let row = 0; row < level.rows; row++)
    for (let column = 0; column < level.columns; column++) {
      const source = options.block(level, column, row);
      let file = places.get(source.path);
      if (!file) places.set(source.path, (file = tiffBlocks(source.path)));
      if (file.blockWidth !== blockSize || file.blockHeight !== blockSize)
        throw new Error(`${source.path} has blocks of ${file.blockWidth} × ${file.blockHeight}`);
      blocks.push({ source, at: file.offsets[source.index]!, bytes: file.lengths[source.index]! });
    }
  const shape = [
    numberTag(tag.width, tiffType.long, [level.width]),
    numberTag(tag.height, tiffType.long, [level.height]),
  ];
  const isShape = (each: TiffTag) => each.tag === tag.width || each.tag === tag.height;
  const tags =
    level.level === 0
      ? mainTags.filter((each) => !isShape(each))
      : [numberTag(tag.subfileType, tiffType.long, [1]), ...mainTags.filter((each) => overviewTags.has(each.tag))];
  return { tags: [...tags, ...shape], blocks, lengths: Float64Array.from(blocks, ({ bytes }) => bytes) };
}

async function writeLevels(path: string, levels: readonly Level[]): Promise<void> {
  // Leader, trailer and the entries of both tables come to less than 32 bytes for each block.
  const bytes = levels.reduce((sum, { lengths }) => sum + lengths.reduce((a, b) => a + b + 32, 1 << 16), 0);
  const big = bytes > classicBytes;
  const offsetType = big ? tiffType.long8 : tiffType.long;
  const start = (big ? 16 : 8) + ghost.length + (((big ? 16 : 8) + ghost.length) % 2);

  // Sizes of directories do not depend on what their offsets say, so places can be settled before anything is written.
  const withPlaces = (level: Level, offsets: Float64Array): TiffTag[] => [
    ...level.tags,
    numberTag(tag.tileOffsets, offsetType, offsets),
    numberTag(tag.tileBytes, tiffType.long, level.lengths),
  ];
  const directoryOffsets: number[] = [];
  let at = start;
  for (const level of levels) {
    directoryOffsets.push(at);
    at += directoryBytes(withPlaces(level, new Float64Array(level.blocks.length)), big);
  }
  const blockOffsets = levels.map(({ blocks }) => new Float64Array(blocks.length));
  for (let index = levels.length - 1; index >= 0; index--)
    for (const [block, bytes] of levels[index]!.lengths.entries()) {
      blockOffsets[index]![block] = at + leaderBytes;
      at += leaderBytes + bytes + trailerBytes;
    }

  const out = await open(path, 'w');
  try {
    await out.write(header(big, directoryOffsets[0]!, start));
    for (const [index, level] of levels.entries())
      await out.write(
        encodeDirectory(
          withPlaces(level, blockOffsets[index]!),
          directoryOffsets[index]!,
          directoryOffsets[index + 1] ?? 0,
          big,
        ),
      );
    for (const level of levels.toReversed()) await copyBlocks(out.fd, level);
  } finally {
    await out.close();
  }
}

function header(big: boolean, firstDirectory: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x4949, true);
  view.setUint16(2, big ? 43 : 42, true);
  if (big) {
    view.setUint16(4, 8, true);
    view.setBigUint64(8, BigInt(firstDirectory), true);
  } else view.setUint32(4, firstDirectory, true);
  bytes.set(Buffer.from(ghost, 'latin1'), big ? 16 : 8);
  return bytes;
}

async function copyBlocks(out: number, { blocks }: Level): Promise<void> {
  let from: { readonly path: string; readonly file: number } | undefined;
  let batch = new Uint8Array(batchBytes);
  let filled = 0;
  try {
    for (const { source, at, bytes } of blocks) {
      if (from?.path !== source.path) {
        if (from) closeSync(from.file);
        from = undefined;
        from = { path: source.path, file: openSync(source.path, 'r') };
      }
      const whole = leaderBytes + bytes + trailerBytes;
      if (filled + whole > batch.length) {
        writePieces(out, batch.subarray(0, filled));
        await setImmediate();
        filled = 0;
        if (whole > batch.length) batch = new Uint8Array(whole);
      }
      const [start, end] = [filled + leaderBytes, filled + leaderBytes + bytes];
      if (readSync(from.file, batch, start, bytes, at) !== bytes || bytes < trailerBytes)
        throw new Error(`${source.path} ends inside a block`);
      new DataView(batch.buffer).setUint32(filled, bytes, true);
      batch.copyWithin(end, end - trailerBytes, end);
      filled += whole;
    }
    writePieces(out, batch.subarray(0, filled));
  } finally {
    if (from) closeSync(from.file);
  }
}
