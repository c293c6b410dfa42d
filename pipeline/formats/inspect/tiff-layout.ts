import type { CellType } from './inspection.ts';
import { InspectionError } from './inspection-error.ts';
import type { TiffReader } from './tiff-tags.ts';

const tags = {
  subfileType: 254,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  samples: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  planar: 284,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileBytes: 325,
  sampleFormat: 339,
} as const;

const compressions: Readonly<Record<number, string>> = {
  1: 'none',
  2: 'CCITT RLE',
  3: 'CCITT fax 3',
  4: 'CCITT fax 4',
  5: 'LZW',
  6: 'old JPEG',
  7: 'JPEG',
  8: 'deflate',
  32773: 'PackBits',
  32946: 'deflate',
  34712: 'JPEG 2000',
  34887: 'LERC',
  34925: 'LZMA',
  50000: 'ZSTD',
  50001: 'WebP',
  50002: 'JPEG XL',
};

/** More bands than a year has days are never rasters of this program's kind; decoders spend memory per band. */
export const maximumBands = 1024;
/** China at 1 m has some 2e13 cells; nothing this program reads is larger. */
const maximumCells = 2 ** 44;
const maximumSide = 2 ** 31 - 1;
/** A compressed block is decoded whole; larger ones are refused. */
export const maximumBlockBytes = 128 * 1024 * 1024;

/** How the cells of a TIFF are laid out, checked against the length of the file. */
export interface TiffLayout {
  readonly width: number;
  readonly height: number;
  readonly bandCount: number;
  readonly bitsPerCell: number;
  readonly cellType: CellType;
  readonly compression: string;
  readonly tiled: boolean;
  readonly pixelInterleaved: boolean;
  readonly blockWidth: number;
  readonly blockHeight: number;
  readonly blocksAcross: number;
  readonly blocksDown: number;
  /** Blocks of all bands. */
  readonly blocks: number;
  readonly emptyBlocks: number;
  /** Blocks whose bytes lie wholly or partly behind the end of the file. */
  readonly cutBlocks: number;
  /** Where the last of the declared bytes would end. */
  readonly declaredEnd: number;
  readonly decodedBytes: number;
  readonly overviews: number;
  /** True when block (index within one band's plane) holds bytes. */
  readonly hasBlock: (index: number) => boolean;
}

function cellTypeOf(bits: number, format: number): CellType {
  if (format === 5 || format === 6) return 'complex';
  if (format === 3) return bits === 16 ? 'float16' : bits === 64 ? 'float64' : bits === 32 ? 'float32' : 'bits';
  const signed = format === 2;
  if (bits === 8) return signed ? 'int8' : 'uint8';
  if (bits === 16) return signed ? 'int16' : 'uint16';
  if (bits === 32) return signed ? 'int32' : 'uint32';
  if (bits === 64) return signed ? 'int64' : 'uint64';
  return 'bits';
}

function refuse(code: string, zh: string, en: string): InspectionError {
  return new InspectionError(code, { zh, en }, { zh: '请重新导出该文件', en: 'export the file again' });
}

/**
 * Layout of the main directory of a TIFF.
 * Throws an InspectionError when the numbers cannot be true of a file of this length or would need absurd memory.
 */
export function readTiffLayout(reader: TiffReader): TiffLayout {
  const directory = reader.directories[0]!;
  const number = (tag: number, otherwise: number): number => reader.number(directory, tag) ?? otherwise;
  const width = number(tags.width, 0);
  const height = number(tags.height, 0);
  if (!(width > 0) || !(height > 0))
    throw refuse('raster-empty', `栅格尺寸为 ${width} × ${height}`, `the raster is ${width} × ${height} cells`);
  if (width > maximumSide || height > maximumSide || width * height > maximumCells)
    throw refuse(
      'raster-absurd-size',
      `声称有 ${width} × ${height} 像元，文件只有 ${reader.fileBytes} 字节`,
      `claims ${width} × ${height} cells, but the file has ${reader.fileBytes} bytes`,
    );
  const bandCount = number(tags.samples, 1);
  const formats = reader.numbers(directory, tags.sampleFormat);
  const bitsList = reader.numbers(directory, tags.bits);
  const bits = bitsList?.[0] ?? 1;
  if (bandCount < 1 || bandCount > maximumBands)
    throw refuse(
      'raster-too-many-bands',
      `波段数为 ${bandCount}，超过上限 ${maximumBands}`,
      `${bandCount} bands, more than ${maximumBands}`,
    );
  if (bits < 1 || bits > 128)
    throw refuse('tiff-bits', `每像元 ${bits} 位，无法识别`, `${bits} bits per cell make no sense`);
  const tiled = directory.entries.has(tags.tileOffsets) || directory.entries.has(tags.tileWidth);
  const blockWidth = tiled ? number(tags.tileWidth, 0) : width;
  const blockHeight = tiled ? number(tags.tileHeight, 0) : Math.min(number(tags.rowsPerStrip, height), height);
  if (!(blockWidth > 0) || !(blockHeight > 0))
    throw refuse(
      'tiff-block-zero',
      `分块尺寸为 ${blockWidth} × ${blockHeight}`,
      `its blocks are ${blockWidth} × ${blockHeight} cells`,
    );
  const pixelInterleaved = number(tags.planar, 1) !== 2;
  const planes = pixelInterleaved ? 1 : bandCount;
  const blocksAcross = Math.ceil(width / blockWidth);
  const blocksDown = Math.ceil(height / blockHeight);
  const compressionCode = number(tags.compression, 1);
  const cellBits = bits * (pixelInterleaved ? bandCount : 1);
  const blockBytes = Math.ceil((blockWidth * cellBits) / 8) * blockHeight;
  const decodedBytes = Math.ceil((width * bits * bandCount) / 8) * height;
  if (compressionCode !== 1 && blockBytes > maximumBlockBytes)
    throw new InspectionError(
      'tiff-block-too-large',
      {
        zh: `单个压缩块解压后为 ${Math.round(blockBytes / 1e6)} MB，超过上限 ${maximumBlockBytes / 1048576} MB`,
        en: `one compressed block decodes to ${Math.round(blockBytes / 1e6)} MB, above the limit of ${maximumBlockBytes / 1048576} MB`,
      },
      { zh: '用 gdal_translate -co TILED=YES 重新分块', en: 'rewrite it in tiles: gdal_translate -co TILED=YES' },
    );
  const offsets = reader.numbers(directory, tiled ? tags.tileOffsets : tags.stripOffsets);
  const bytes = reader.numbers(directory, tiled ? tags.tileBytes : tags.stripBytes);
  if (!offsets || offsets.length === 0)
    throw refuse(
      'tiff-no-data',
      '文件中没有像元数据的位置（缺少 StripOffsets/TileOffsets）',
      'the file does not say where its cells are (no StripOffsets or TileOffsets)',
    );
  const blocks = blocksAcross * blocksDown * planes;
  // Old writers leave the byte counts out of uncompressed files; the block size stands in.
  const bytesOf = (index: number): number => bytes?.[index] ?? (compressionCode === 1 ? blockBytes : 0);
  const offsetOf = (index: number): number => offsets[index] ?? 0;
  let emptyBlocks = 0;
  let cutBlocks = 0;
  let declaredEnd = 0;
  for (let index = 0; index < Math.min(blocks, offsets.length); index++) {
    const length = bytesOf(index);
    if (offsetOf(index) === 0 || length === 0) {
      emptyBlocks++;
      continue;
    }
    const end = offsetOf(index) + length;
    declaredEnd = Math.max(declaredEnd, end);
    if (end > reader.fileBytes) cutBlocks++;
  }
  emptyBlocks += Math.max(0, blocks - offsets.length);
  const filled = blocks - emptyBlocks;
  if (compressionCode === 1 && filled > 0) {
    const needed = Math.min(filled * blockBytes, decodedBytes) * (filled / blocks);
    // Some whole blocks make it a cut-off file, which is told as damage; none at all make it a false head.
    if (needed > reader.fileBytes * 4 && needed > 1e6 && cutBlocks >= filled)
      throw refuse(
        'tiff-size-impossible',
        `声称 ${width} × ${height} 像元（${Math.round(needed / 1e6)} MB），文件只有 ${reader.fileBytes} 字节`,
        `claims ${width} × ${height} cells (${Math.round(needed / 1e6)} MB), but the file has ${reader.fileBytes} bytes`,
      );
  }
  if (filled === 0 && blocks <= 1)
    throw refuse('tiff-no-data', '文件中没有任何像元数据', 'the file holds no cell data at all');
  const overviews = reader.directories
    .slice(1)
    .filter((other) => ((reader.number(other, tags.subfileType) ?? 0) & 5) === 1).length;
  return {
    width,
    height,
    bandCount,
    bitsPerCell: bits,
    cellType: cellTypeOf(bits, formats?.[0] ?? 1),
    compression: compressions[compressionCode] ?? `unknown (${compressionCode})`,
    tiled,
    pixelInterleaved,
    blockWidth,
    blockHeight,
    blocksAcross,
    blocksDown,
    blocks,
    emptyBlocks,
    cutBlocks,
    declaredEnd,
    decodedBytes,
    overviews,
    hasBlock: (index) => offsetOf(index) !== 0 && bytesOf(index) !== 0,
  };
}
