import { basename } from 'node:path';
import type { CellWindow } from '../../models/grid/grid-spec.ts';
import { keepFloats, type ValidRange } from '../../models/kernels/keep-floats.ts';
import type { Text } from '../messages/text.ts';
import { userError } from '../messages/user-error.ts';
import { BandPixels, hasBlocksOfOneBand } from './band-pixels.ts';
import { crsFromSpatialReference } from './crs.ts';
import { gdal } from './gdal.ts';
import { missingFile } from './missing-file.ts';
import { nodataTest, type PixelArray, pixelArray } from './pixel-type.ts';

type Dataset = ReturnType<typeof gdal.open>;
type Band = ReturnType<Dataset['bands']['get']>;

/** Six numbers: x = g0 + column·g1 + row·g2; y = g3 + column·g4 + row·g5, at the outer corner of a pixel. */
export type GeoTransform = readonly [number, number, number, number, number, number];

export interface BandInfo {
  /** Band number, from 1. */
  readonly band: number;
  /** GDAL's name of the pixel type, such as `Float32`. */
  readonly dataType: string;
  /** Declared nodata value; null when none is declared. */
  readonly nodata: number | null;
  readonly scale: number;
  readonly offset: number;
  readonly unit: string;
  readonly description: string;
  readonly blockWidth: number;
  readonly blockHeight: number;
  /** True when a mask or alpha band says which pixels are valid. */
  readonly hasMask: boolean;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What a raster file says about itself. */
export interface RasterDescription {
  readonly path: string;
  readonly driver: string;
  readonly width: number;
  readonly height: number;
  readonly bands: readonly BandInfo[];
  /** Null when the file has no affine position (no georeferencing, or ground control points only). */
  readonly geotransform: GeoTransform | null;
  /** `EPSG:nnnn` or a PROJ string; null when there is none or it names no known projection. */
  readonly crs: string | null;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface ValueOptions {
  /** Takes the place of the declared nodata value. */
  readonly nodata?: number | readonly number[];
  /** Applies the scale and offset stored in the file. */
  readonly applyFileScale?: boolean;
  /** Receives the values of bands without wider numbers than floats, at least as many as the window has pixels. */
  readonly into?: Float32Array;
  /** Pixels whose value × scale + offset lies outside low … high count as nodata. */
  readonly valid?: ValidRange;
  /** Does for plain floats what `keepFloats` of models/kernels does. */
  readonly keepFloats?: typeof keepFloats;
}

export interface OpenRaster extends RasterDescription {
  /**
   * Stored numbers of a window (the whole raster by default), optionally into the beginning of an array of the band's type,
   * whose rest may change.
   */
  read(band: number, window?: CellWindow, into?: PixelArray): Promise<PixelArray>;
  /**
   * Values of a window with NaN for nodata: doubles for 32-bit integers and doubles, floats for the rest, so that no
   * stored number changes.
   */
  readValues(band: number, window?: CellWindow, options?: ValueOptions): Promise<Float32Array | Float64Array>;
  /**
   * The value of each byte that `read` may give, as `readValues` gives it; undefined where a band holds other numbers than
   * bytes or has a mask.
   */
  byteValues(band: number, options?: ValueOptions): Float32Array | undefined;
  close(): void;
}

/** Why a raster cannot be read: GDAL's own words only where they say more than that. */
function reason(path: string, error: unknown): Text {
  const words = (error instanceof Error ? error.message : String(error))
    .split('\n')[0]!
    .replaceAll(path, basename(path));
  if (/not recognized as/.test(words))
    return { zh: '不是栅格文件，或文件已损坏', en: 'it is no raster file, or damaged' };
  return { zh: `无法读取栅格（${words}）`, en: `the raster cannot be read (${words})` };
}

export function unreadable(path: string, error: unknown): Error {
  const missing = missingFile(path);
  return userError(
    'raster-unreadable',
    path,
    missing?.reason ?? reason(path, error),
    { zh: '应为完整的 GeoTIFF 等栅格文件', en: 'expected a complete GeoTIFF or other raster file' },
    missing?.cure ?? { zh: '请检查文件是否完整或重新导出', en: 'check that the file is complete, or export it again' },
  );
}

function strings(metadata: unknown): Record<string, string> {
  return metadata !== null && typeof metadata === 'object'
    ? Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, String(value)]))
    : {};
}

function declaredNodata(band: Band): number | null {
  try {
    const value = band.noDataValue;
    return value === null || value === undefined ? null : Number(value);
  } catch {
    return null;
  }
}

// GMF_PER_DATASET and GMF_ALPHA: a mask that is not derived from the nodata value.
const ownMaskFlags = 2 | 4;

function bandInfo(band: Band, number: number): BandInfo {
  const structure = strings(band.getMetadata('IMAGE_STRUCTURE'));
  const signed = structure.PIXELTYPE === 'SIGNEDBYTE';
  const isAlpha = band.colorInterpretation === 'Alpha';
  return {
    band: number,
    dataType: signed ? 'Int8' : (band.dataType ?? 'Unknown'),
    nodata: declaredNodata(band),
    scale: band.scale ?? 1,
    offset: band.offset ?? 0,
    unit: band.unitType ?? '',
    description: band.description ?? '',
    blockWidth: band.blockSize.x,
    blockHeight: band.blockSize.y,
    hasMask: !isAlpha && (band.getMaskFlags() & ownMaskFlags) !== 0,
    metadata: strings(band.getMetadata()),
  };
}

function describe(path: string, dataset: Dataset, bands: readonly Band[]): RasterDescription {
  const geotransform = dataset.geoTransform;
  return {
    path,
    driver: dataset.driver.description,
    width: dataset.rasterSize.x,
    height: dataset.rasterSize.y,
    bands: bands.map((band, index) => bandInfo(band, index + 1)),
    geotransform: geotransform === null ? null : (geotransform as unknown as GeoTransform),
    crs: crsFromSpatialReference(dataset.srs),
    metadata: strings(dataset.getMetadata()),
  };
}

function declaredNodataOf(info: BandInfo, { nodata }: ValueOptions): readonly number[] {
  const declared = nodata ?? (info.nodata === null ? [] : [info.nodata]);
  return typeof declared === 'number' ? [declared] : declared;
}

const isScaled = (info: BandInfo, { applyFileScale }: ValueOptions): boolean =>
  applyFileScale === true && (info.scale !== 1 || info.offset !== 0);

/** What a stored number of a band means; `wide` where the values are kept as doubles. */
function valueRule(info: BandInfo, options: ValueOptions, wide: boolean): (stored: number) => number {
  const isNodata = nodataTest(info.dataType, declaredNodataOf(info, options));
  const scaled = isScaled(info, options);
  const range = options.valid;
  return (stored) => {
    if (isNodata(stored)) return Number.NaN;
    const value = scaled ? stored * info.scale + info.offset : stored;
    if (range === undefined) return value;
    const result = (wide ? value : Math.fround(value)) * range.scale + range.offset;
    return result >= range.low && result <= range.high ? value : Number.NaN;
  };
}

function byteTable({ dataType }: BandInfo, valueFrom: (stored: number) => number): Float32Array {
  const signShift = dataType === 'Int8' ? 24 : 0;
  return Float32Array.from({ length: 256 }, (_, code) => valueFrom((code << signShift) >> signShift));
}

/**
 * Opens a raster for reading.
 *
 * GDAL is the single place where PixelIsPoint files get their half-pixel shift; the geotransform given here is always
 * that of pixel corners. Raises a `UserError` (`raster-unreadable`) when the file cannot be opened, and from `read` when
 * a part of it cannot be decoded.
 */
export function openRaster(path: string): OpenRaster {
  let dataset: Dataset;
  let bands: Band[];
  let description: RasterDescription;
  let pixels: BandPixels[];
  try {
    dataset = gdal.open(path, 'r');
    bands = Array.from({ length: dataset.bands.count() }, (_, index) => dataset.bands.get(index + 1));
    description = describe(path, dataset, bands);
    const hasOwnBlocks = hasBlocksOfOneBand(dataset);
    pixels = bands.map((band) => new BandPixels(band, hasOwnBlocks));
  } catch (error) {
    throw unreadable(path, error);
  }
  if (bands.length === 0) throw unreadable(path, new Error('no raster bands'));
  const whole: CellWindow = { x0: 0, y0: 0, width: description.width, height: description.height };

  const read: OpenRaster['read'] = async (number, window = whole, into) => {
    const info = description.bands[number - 1];
    if (info === undefined) throw unreadable(path, new Error(`no band ${number}`));
    const type = info.dataType === 'Int8' ? 'Byte' : info.dataType;
    const data = into ?? pixelArray(type, window.width * window.height);
    try {
      await pixels[number - 1]!.read(window, data);
    } catch (error) {
      throw unreadable(path, error);
    }
    return data;
  };

  const mask = async (number: number, window: CellWindow): Promise<Uint8Array | undefined> => {
    if (!description.bands[number - 1]!.hasMask) return undefined;
    const data = new Uint8Array(window.width * window.height);
    try {
      await bands[number - 1]!.getMaskBand()!.pixels.readAsync(window.x0, window.y0, window.width, window.height, data);
    } catch (error) {
      throw unreadable(path, error);
    }
    return data;
  };

  const readValues: OpenRaster['readValues'] = async (number, window = whole, options = {}) => {
    const info = description.bands[number - 1]!;
    const cells = window.width * window.height;
    const into = options.into?.subarray(0, cells);
    const isFloat = info?.dataType === 'Float32';
    const stored = await read(number, window, isFloat ? options.into : undefined);
    const raw = isFloat && into ? into : stored;
    const declaredValues = declaredNodataOf(info, options);
    const valid = await mask(number, window);
    const wide = raw.BYTES_PER_ELEMENT > 2 && !(raw instanceof Float32Array);
    const scaled = isScaled(info, options);
    const range = options.valid;
    const valueFrom = valueRule(info, options, wide);
    const room = () => (wide ? new Float64Array(cells) : (into ?? new Float32Array(cells)));
    const values = raw instanceof Float32Array ? raw : room();
    if (raw instanceof Uint8Array) {
      const table = byteTable(info, valueFrom);
      for (let i = 0; i < raw.length; i++) values[i] = table[raw[i]!]!;
    } else if (raw instanceof Float32Array && !scaled && range !== undefined && declaredValues.length <= 1)
      (options.keepFloats ?? keepFloats)(raw, declaredValues[0] ?? Number.NaN, range);
    else for (let i = 0; i < raw.length; i++) values[i] = valueFrom(raw[i]!);
    if (valid !== undefined) for (let i = 0; i < raw.length; i++) if (valid[i] === 0) values[i] = Number.NaN;
    return values;
  };

  const byteValues: OpenRaster['byteValues'] = (number, options = {}) => {
    const info = description.bands[number - 1];
    if (info === undefined || info.hasMask || (info.dataType !== 'Byte' && info.dataType !== 'Int8')) return undefined;
    return byteTable(info, valueRule(info, options, false));
  };

  return { ...description, read, readValues, byteValues, close: () => dataset.close() };
}

/** Size, type, position and bands of a raster, without reading pixels. */
export function describeRaster(path: string): RasterDescription {
  const raster = openRaster(path);
  raster.close();
  const { read: _read, readValues: _readValues, byteValues: _byteValues, close: _close, ...description } = raster;
  return description;
}

/**
 * A byte band thinned out to a given size by taking the nearest cell, from the file's overviews where it has them.
 * @returns row-major, `width × height`
 */
export async function readThinned(path: string, band: number, width: number, height: number): Promise<Uint8Array> {
  const dataset = gdal.open(path, 'r');
  try {
    const { x, y } = dataset.rasterSize;
    const data = new Uint8Array(width * height);
    await dataset.bands.get(band).pixels.readAsync(0, 0, x, y, data, { buffer_width: width, buffer_height: height });
    return data;
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    dataset.close();
  }
}

export interface RasterTile extends RasterDescription {
  /** Stored numbers, one array per band asked for. */
  readonly data: readonly PixelArray[];
}

/** Reads whole bands of a small raster (a tile of the store); all bands by default. */
export async function readTile(path: string, bands?: readonly number[]): Promise<RasterTile> {
  const raster = openRaster(path);
  try {
    const wanted = bands ?? raster.bands.map((info) => info.band);
    const data: PixelArray[] = [];
    for (const band of wanted) data.push(await raster.read(band));
    const { read: _read, readValues: _readValues, byteValues: _byteValues, close: _close, ...description } = raster;
    return { ...description, data };
  } finally {
    raster.close();
  }
}
