import type { CellWindow, GridSpec } from '../../models/grid/grid-spec.ts';
import { nameBands, nameItem } from './band-names.ts';
import { pixelsAtOnce } from './band-pixels.ts';
import { byBlocks, layerByBlocks } from './block-writer.ts';
import { crsForFile } from './crs.ts';
import { gdal, hasZstd } from './gdal.ts';
import { type PixelArray, type PixelType, pixelTypeOf } from './pixel-type.ts';
import type { GeoTransform } from './raster-read.ts';
import { type RowLayer, wholeLayer } from './row-layer.ts';

/** Red, green, blue, 0–255. */
export type Colour = readonly [number, number, number];

/** What a band says about itself in the file. */
export interface BandDescription {
  /** Written into the file; NaN for floats as a rule. */
  readonly nodata?: number;
  readonly description?: string;
  readonly unit?: string;
  readonly scale?: number;
  readonly offset?: number;
  /** Colours by value, for 8- and 16-bit class rasters. */
  readonly colourTable?: Readonly<Record<number, Colour>>;
  /** Names by value, stored as band metadata `category_<value>`. */
  readonly categories?: Readonly<Record<number, string>>;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface BandContent extends BandDescription {
  /** Row-major values, row 0 in the north. All bands of a file have the same type. */
  readonly data: PixelArray;
}

/** A band that lies in rows of a larger array. */
export interface BandRows extends BandDescription {
  readonly data: RowLayer;
}

/** A raster that lies anywhere: pixel size and position as a geotransform. */
export interface PlacedRaster {
  readonly crs: string | null;
  readonly geotransform: GeoTransform;
  readonly width: number;
  readonly height: number;
}

/**
 * `working`: quick to write and read, for the store. `working-unpacked`: the values as they are, quicker yet, for what is read soon and
 * seldom kept; blocks without data take no room. `deliverable`: DEFLATE, readable by every GIS. `deliverable-zstd`: smaller and
 * quicker, readable by GDAL since 2.3.
 */
export type Codec = 'working' | 'working-unpacked' | 'deliverable' | 'deliverable-zstd';

export interface RasterLayout {
  readonly grid: GridSpec | PlacedRaster;
  readonly codec: Codec;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Side of a file block in pixels, a multiple of 16; 512 by default. */
  readonly blockSize?: number;
  /** Side of a file block whatever the size of the raster, for blocks that are put together later. */
  readonly exactBlockSize?: number;
  /** Blocks that are never written take no room. */
  readonly sparse?: boolean;
}

/**
 * Pixels up to which encoding does not leave the thread: what codecs of deliverables take for less is worth the waking of
 * another one, and several files are encoded at once then.
 */
const encodedAtOnce: Readonly<Record<Codec, number>> = {
  working: pixelsAtOnce,
  'working-unpacked': pixelsAtOnce,
  deliverable: pixelsAtOnce / 16,
  'deliverable-zstd': pixelsAtOnce / 16,
};

const isFloat = (type: PixelType): boolean => type === 'Float32' || type === 'Float64';

/** Creation options of GDAL's GTiff driver for a codec. */
export function codecOptions(codec: Codec, type: PixelType): string[] {
  if (codec === 'working-unpacked') return ['COMPRESS=NONE', 'SPARSE_OK=TRUE'];
  // Differencing pays for floats and wide integers; bytes decode three times slower with it.
  const predictor = type === 'Byte' ? 1 : codec !== 'working' && isFloat(type) ? 3 : 2;
  const compression =
    codec === 'deliverable'
      ? ['COMPRESS=DEFLATE', 'ZLEVEL=6']
      : codec === 'deliverable-zstd'
        ? ['COMPRESS=ZSTD', 'ZSTD_LEVEL=9']
        : hasZstd
          ? ['COMPRESS=ZSTD', 'ZSTD_LEVEL=1']
          : ['COMPRESS=DEFLATE', 'ZLEVEL=1'];
  return [...compression, `PREDICTOR=${predictor}`];
}

/** Geotransform of a grid or placed raster. */
export function geotransformOf(grid: GridSpec | PlacedRaster): GeoTransform {
  if ('geotransform' in grid) return grid.geotransform;
  const { originX, originY, cellSizeMetres } = grid;
  return [originX, cellSizeMetres, 0, originY, 0, -cellSizeMetres];
}

const sortedEntries = (record: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Band metadata with the category names folded in. */
export function bandMetadata(band: BandDescription): Record<string, string> {
  const names = Object.entries(band.categories ?? {}).map(([value, name]) => [`category_${value}`, name]);
  return sortedEntries({ ...band.metadata, ...Object.fromEntries(names) });
}

export interface RasterWriter {
  /** Writes one window of one band (numbered from 1). */
  write(band: number, window: CellWindow, data: PixelArray): Promise<void>;
  /** Writes one whole band from the rows of a larger array. */
  writeLayer(band: number, layer: RowLayer): Promise<void>;
  /** Finishes the file; it is complete only afterwards. */
  close(): void;
}

type Band = ReturnType<ReturnType<typeof gdal.open>['bands']['get']>;

function applyDescription(band: Band, content: BandDescription): void {
  if (content.nodata !== undefined) band.noDataValue = content.nodata;
  if (content.unit !== undefined) band.unitType = content.unit;
  if (content.scale !== undefined) band.scale = content.scale;
  if (content.offset !== undefined) band.offset = content.offset;
  if (content.colourTable !== undefined) {
    const table = new gdal.ColorTable('RGB');
    for (const [value, [c1, c2, c3]] of Object.entries(content.colourTable))
      table.set(Number(value), { c1, c2, c3, c4: 255 });
    band.colorTable = table;
  }
  const name = content.description === undefined ? {} : nameItem(content.description);
  const metadata = { ...bandMetadata(content), ...name };
  if (Object.keys(metadata).length > 0) band.setMetadata(metadata);
}

function blockSizeFor(layout: RasterLayout): number {
  if (layout.exactBlockSize !== undefined) return layout.exactBlockSize;
  const wanted = layout.blockSize ?? 512;
  const side = Math.max(layout.grid.width, layout.grid.height);
  return Math.max(16, Math.min(wanted, Math.ceil(side / 16) * 16));
}

/** Creates a tiled GeoTIFF to be filled window by window, for rasters that do not fit in memory. */
export function createRaster(
  path: string,
  layout: RasterLayout,
  type: PixelType,
  bands: readonly BandDescription[],
): RasterWriter {
  const { width, height, crs } = layout.grid;
  const block = blockSizeFor(layout);
  const options = [
    'TILED=YES',
    `BLOCKXSIZE=${block}`,
    `BLOCKYSIZE=${block}`,
    'INTERLEAVE=BAND',
    'BIGTIFF=IF_SAFER',
    ...(layout.sparse ? ['SPARSE_OK=TRUE'] : []),
    ...codecOptions(layout.codec, type),
  ];
  const dataset = gdal.drivers.get('GTiff').create(path, width, height, bands.length, type, options);
  if (crs !== null) dataset.srs = crsForFile(crs);
  dataset.geoTransform = [...geotransformOf(layout.grid)];
  if (layout.metadata !== undefined) dataset.setMetadata(sortedEntries(layout.metadata));
  const opened = bands.map((content, index) => {
    const band = dataset.bands.get(index + 1);
    applyDescription(band, content);
    return band.pixels;
  });
  const atOnce = encodedAtOnce[layout.codec];
  // The binding marks the array object it is given; a second view of the same memory keeps the caller's clean.
  const write: RasterWriter['write'] = async (number, { x0, y0, width, height }, data) => {
    const view = data.subarray() as never;
    if (width * height <= atOnce) opened[number - 1]!.write(x0, y0, width, height, view);
    else await opened[number - 1]!.writeAsync(x0, y0, width, height, view);
  };
  const writeBlock = (number: number, column: number, row: number, data: PixelArray): Promise<void> | undefined => {
    const view = data as never;
    if (data.length > atOnce) return opened[number - 1]!.writeBlockAsync(column, row, view);
    opened[number - 1]!.writeBlock(column, row, view);
    return undefined;
  };
  return {
    writeLayer: (number, layer) => layerByBlocks({ writeBlock }, number, layer, block),
    write: layout.exactBlockSize === undefined ? write : byBlocks({ write, writeBlock }, width, height, block),
    close: () => {
      dataset.close();
      if (bands.some((content) => content.description !== undefined)) nameBands(path);
    },
  };
}

/**
 * Writes whole bands as one tiled GeoTIFF with CRS, nodata, units and names inside the file.
 *
 * The same input gives the same bytes (for one GDAL version). Raises a `RangeError` when a band's length is not
 * width × height, a `TypeError` when the bands' types differ.
 */
export async function writeRaster(
  path: string,
  raster: RasterLayout & { bands: readonly (BandContent | BandRows)[] },
): Promise<void> {
  const { width, height } = raster.grid;
  if (raster.bands.length === 0) throw new RangeError('a raster needs at least one band');
  const layers = raster.bands.map(({ data }) => ('cells' in data ? data : bandLayer(data, width, height)));
  const type = pixelTypeOf(layers[0]!.cells);
  for (const layer of layers) {
    if (layer.width !== width || layer.height !== height)
      throw new RangeError(`band has ${layer.width} × ${layer.height} cells, the grid ${width} × ${height}`);
    if (pixelTypeOf(layer.cells) !== type) throw new TypeError('all bands of a file have one type');
  }
  const writer = createRaster(path, raster, type, raster.bands);
  try {
    for (const [index, layer] of layers.entries()) await writer.writeLayer(index + 1, layer);
  } finally {
    writer.close();
  }
}

function bandLayer(data: PixelArray, width: number, height: number): RowLayer {
  if (data.length !== width * height)
    throw new RangeError(`band has ${data.length} cells, the grid ${width} × ${height}`);
  return wholeLayer(data, width, height);
}
