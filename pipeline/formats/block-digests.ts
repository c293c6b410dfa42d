import { createHash, type Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, type FileHandle, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CellWindow } from '../../models/grid/grid-spec.ts';
import { cachedByFile, type FileCache } from './file-cache.ts';
import { gdal } from './gdal.ts';
import { type TiffDirectory, TiffReader } from './inspect/tiff-tags.ts';
import { unreadable } from './raster-read.ts';

/** Content of a raster file, block by block as stored. */
export interface BlockDigestTable {
  readonly kind: 'blocks';
  /** Everything but the stored bytes of the blocks: size, type, position, nodata, compression tables, side files. */
  readonly header: string;
  readonly blockWidth: number;
  readonly blockHeight: number;
  readonly columns: number;
  readonly rows: number;
  /** True when bands lie in blocks of their own. */
  readonly planar: boolean;
  /** SHA-256 of each block's stored bytes, row by row, plane by plane. */
  readonly digests: readonly string[];
}

/** Content of a file whose blocks cannot be told apart. */
export interface WholeDigest {
  readonly kind: 'whole';
  readonly header: string;
}

export type BlockDigests = BlockDigestTable | WholeDigest;

const tag = {
  width: 256,
  height: 257,
  compression: 259,
  stripOffsets: 273,
  rowsPerStrip: 278,
  stripBytes: 279,
  planar: 284,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileBytes: 325,
  subfileType: 254,
} as const;

// Where blocks lie, who wrote the file and when say nothing about its content.
const notContent = new Set<number>([tag.stripOffsets, tag.stripBytes, tag.tileOffsets, tag.tileBytes, 305, 306]);

const chunkBytes = 4 * 1024 * 1024;

async function hashRange(hash: Hash, file: FileHandle, offset: number, length: number): Promise<void> {
  const buffer = new Uint8Array(Math.min(length, chunkBytes));
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, length - done), offset + done);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    done += bytesRead;
  }
}

async function fileDigest(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const hash = createHash('sha256');
    await hashRange(hash, file, 0, Number((await file.stat()).size));
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}

/** Files beside a TIFF that change what GDAL reads from it, whether they exist or not. */
function sideFiles(path: string): string[] {
  const base = path.replace(/\.[^./]*$/, '');
  const besides = ['tfw', 'tifw', 'wld', 'tab', 'TFW', 'TAB'].map((end) => `${base}.${end}`);
  return [`${path}.aux.xml`, `${path}.msk`, `${path}w`, ...besides];
}

async function sideDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for (const [index, side] of sideFiles(path).entries())
    if (existsSync(side)) hash.update(`${index} ${await fileDigest(side)}\n`);
  return hash.digest('hex');
}

interface Layout extends Omit<BlockDigestTable, 'kind' | 'header' | 'digests'> {
  readonly offsets: Float64Array;
  readonly lengths: Float64Array;
}

function layoutOf(reader: TiffReader, directory: TiffDirectory): Layout | undefined {
  const number = (wanted: number, otherwise: number): number => reader.number(directory, wanted) ?? otherwise;
  const width = number(tag.width, 0);
  const height = number(tag.height, 0);
  const tiled = directory.entries.has(tag.tileOffsets);
  const blockWidth = tiled ? number(tag.tileWidth, 0) : width;
  const blockHeight = tiled ? number(tag.tileHeight, 0) : Math.min(height, number(tag.rowsPerStrip, height));
  const offsets = reader.numbers(directory, tiled ? tag.tileOffsets : tag.stripOffsets);
  const lengths = reader.numbers(directory, tiled ? tag.tileBytes : tag.stripBytes);
  if (!(blockWidth > 0 && blockHeight > 0) || offsets === undefined || lengths?.length !== offsets.length)
    return undefined;
  const columns = Math.ceil(width / blockWidth);
  const rows = Math.ceil(height / blockHeight);
  const planes = offsets.length / (columns * rows);
  if (!Number.isInteger(planes) || planes < 1) return undefined;
  return { blockWidth, blockHeight, columns, rows, planar: number(tag.planar, 1) === 2, offsets, lengths };
}

function hashTags(hash: Hash, reader: TiffReader, directory: TiffDirectory): void {
  const sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];
  const entries = [...directory.entries.values()].sort((a, b) => a.tag - b.tag);
  for (const entry of entries) {
    if (notContent.has(entry.tag)) continue;
    hash.update(`${entry.tag} ${entry.type} ${entry.count}\n`);
    const bytes = reader.bytes(entry.offset, Math.min(entry.count * sizes[entry.type]!, 64 * 1024 * 1024));
    hash.update(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }
}

async function blockDigests(file: FileHandle, layout: Layout): Promise<string[]> {
  const digests: string[] = [];
  for (const [index, offset] of layout.offsets.entries()) {
    const hash = createHash('sha256');
    if (offset > 0) await hashRange(hash, file, offset, layout.lengths[index]!);
    digests.push(hash.digest('hex'));
  }
  return digests;
}

const isMask = (reader: TiffReader, directory: TiffDirectory): boolean =>
  ((reader.number(directory, tag.subfileType) ?? 0) & 4) !== 0;

async function digestTiff(path: string, reader: TiffReader): Promise<BlockDigestTable | undefined> {
  const [main, ...others] = reader.directories;
  const layout = layoutOf(reader, main!);
  if (layout === undefined) return undefined;
  const header = createHash('sha256').update(`${reader.littleEndian ? 'II' : 'MM'}\n`);
  hashTags(header, reader, main!);
  header.update(await sideDigest(path));
  const file = await open(path, 'r');
  try {
    for (const mask of others.filter((directory) => isMask(reader, directory))) {
      const maskLayout = layoutOf(reader, mask);
      if (maskLayout === undefined) return undefined;
      hashTags(header, reader, mask);
      header.update((await blockDigests(file, maskLayout)).join());
    }
    const digests = await blockDigests(file, layout);
    const { blockWidth, blockHeight, columns, rows, planar } = layout;
    return { kind: 'blocks', header: header.digest('hex'), blockWidth, blockHeight, columns, rows, planar, digests };
  } finally {
    await file.close();
  }
}

/** All files that a data set is made of; a virtual raster names its sources, which may be virtual in turn. */
export function filesOf(path: string): string[] {
  const found = new Set<string>();
  const visit = (each: string): void => {
    const file = resolve(each);
    if (found.has(file) || !existsSync(file)) return;
    found.add(file);
    if (file !== resolve(path) && !/\.vrt$/i.test(file)) return;
    try {
      const dataset = gdal.open(file, 'r');
      dataset.getFileList().forEach(visit);
      dataset.close();
    } catch {
      // Not a raster on its own; its bytes count all the same.
    }
  };
  visit(path);
  return [...found].sort();
}

async function digestWhole(path: string): Promise<WholeDigest> {
  const hash = createHash('sha256');
  for (const file of filesOf(path)) hash.update(`${await fileDigest(file)}\n`);
  return { kind: 'whole', header: hash.digest('hex') };
}

async function digestFile(path: string): Promise<BlockDigests> {
  let reader: TiffReader;
  try {
    reader = TiffReader.open(path);
  } catch {
    return digestWhole(path);
  }
  try {
    return (await digestTiff(path, reader)) ?? (await digestWhole(path));
  } catch {
    return digestWhole(path);
  } finally {
    reader.close();
  }
}

/**
 * Digests a raster block by block, without decoding it; each byte is read once, a few megabytes at a time.
 *
 * Files that are not TIFFs or whose layout is odd get one digest over all files they are made of. With a cache directory
 * the result is kept there under the file's identity (path, size, times, inode) and that of its side files. Raises a
 * `UserError` (`raster-unreadable`) when the file cannot be read.
 */
export async function digestBlocks(path: string, cache: FileCache = {}): Promise<BlockDigests> {
  try {
    await access(path);
    return await cachedByFile(
      path,
      () => [...filesOf(path), ...sideFiles(path)],
      cache,
      () => digestFile(path),
    );
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * One digest of everything under a window of pixels: the header and the stored blocks of the given bands.
 *
 * It changes exactly when one of those blocks or the header does; an empty window depends on the header alone.
 */
export function windowDigest(blocks: BlockDigests, window: CellWindow, bands: readonly number[]): string {
  const hash = createHash('sha256').update(`${blocks.header}\n`);
  if (blocks.kind === 'whole') return hash.digest('hex');
  const { blockWidth, blockHeight, columns, rows, planar, digests } = blocks;
  const planes = planar ? bands.map((band) => band - 1) : [0];
  if (window.width <= 0 || window.height <= 0) return hash.digest('hex');
  const firstColumn = Math.max(0, Math.floor(window.x0 / blockWidth));
  const lastColumn = Math.min(columns - 1, Math.floor((window.x0 + window.width - 1) / blockWidth));
  const firstRow = Math.max(0, Math.floor(window.y0 / blockHeight));
  const lastRow = Math.min(rows - 1, Math.floor((window.y0 + window.height - 1) / blockHeight));
  for (const plane of planes)
    for (let row = firstRow; row <= lastRow; row++)
      for (let column = firstColumn; column <= lastColumn; column++)
        hash.update(`${plane} ${column} ${row} ${digests[(plane * rows + row) * columns + column] ?? 'none'}\n`);
  return hash.digest('hex');
}
