import type { CellWindow } from '../../models/grid/grid-spec.ts';
import type { AnnualKernels } from '../../models/kernels/annual-kernels.ts';
import { type ByteLayers, decodeBytes } from '../../models/kernels/byte-layers.ts';
import type { LineRows } from '../../models/kernels/line-rows.ts';
import { placementOf } from './align.ts';
import { type BandValues, BilinearRows, bandValues, type RowMemory } from './bilinear-rows.ts';
import { NearestRow } from './nearest-row.ts';
import type { PixelMap } from './pixel-map.ts';
import { pixelBytes } from './pixel-type.ts';
import { borrowRaster } from './raster-pool.ts';
import type { BandInfo, OpenRaster, ValueOptions } from './raster-read.ts';
import { sampleArea } from './samplers.ts';
import type { GridPlaces, WindowPlace } from './window-place.ts';

/** How the numbers of a raster become values on a grid. */
export interface LayerReading {
  /** Band numbers, from 1. */
  readonly bands: readonly number[];
  /** `area` for continuous values, `nearest` for classes, which are neither scaled nor shifted. */
  readonly resampling: 'area' | 'nearest';
  /** Take the place of what the file says; null = as the file says. */
  readonly crs: string | null;
  readonly nodata: number | null;
  /** Result = value × scale + offset. */
  readonly scale: number;
  readonly offset: number;
  /** Lowest and highest result that a source pixel may have; pixels outside count as nodata. */
  readonly range: readonly [number, number];
}

/**
 * A raster held open to be brought onto one strip of a grid after another, with the values of {@link alignRaster}. GDAL
 * keeps decoded blocks while a file is open, so strips that share blocks decode them once.
 */
export interface AlignedLayer {
  readonly bandCount: number;
  /** Source pixels of one band under a window of the grid, and those of a row of it. */
  sourcePixels(window: CellWindow): number;
  pixelsOfRow(window: CellWindow): number;
  /** Bytes of all blocks of the file that are read for a window of the grid, decoded. */
  blockBytes(window: CellWindow): number;
  /**
   * Reads the source under a window of the grid.
   * @param memory one array per band with room for the source pixels; holds them until the loaded layer is done with
   * @param line room for lines of rows, by `linesLength`; not needed for classes
   */
  load(
    window: CellWindow,
    geometry: StripGeometry,
    memory: readonly Float32Array[],
    line: Float64Array,
  ): Promise<LoadedLayer>;
  close(): void;
}

/** The source values under a window of the grid. */
export interface LoadedLayer {
  /**
   * Values of some rows of the window, one array per band, NaN for nodata.
   * @param first row of the window
   * @param out arrays of at least `count` × width cells
   */
  rows(first: number, count: number, out: readonly Float32Array[]): void;
  /**
   * Lines of some rows of the window, where they are interpolated and all pixels among them have values; they hold until the
   * layer is asked again. No more rows than there is memory for.
   */
  plainLines?(first: number, count: number): LineRows | undefined;
  /** The same whatever pixels have values: NaN where cells have none. */
  allLines?(first: number, count: number): LineRows;
  /** The stored bytes of the window and their values, where its cells are the pixels of a byte raster. */
  readonly bytes?: ByteLayers;
  /** The values of the window, one array per band, where its cells are the pixels of another raster: not to be written to. */
  readonly values?: readonly Float32Array[];
}

/** Memory and geometry of the layers under one strip. */
export class StripGeometry {
  readonly kernels: AnnualKernels;
  private readonly memory: readonly RowMemory[];
  private readonly rows = new Map<WindowPlace, BilinearRows>();

  /** @param memory of rows, for as many geometries as there are layers */
  constructor(kernels: AnnualKernels, memory: readonly RowMemory[]) {
    this.kernels = kernels;
    this.memory = memory;
  }

  /** Rows of a window, worked out once for layers with pixels in the same places. */
  bilinear(place: WindowPlace): BilinearRows {
    let found = this.rows.get(place);
    if (found === undefined) {
      found = new BilinearRows(place.centres, place.source!, this.memory[this.rows.size]!, this.kernels);
      this.rows.set(place, found);
    }
    return found;
  }
}

/**
 * Opens a layer.
 * @param places of the grid that windows count in
 * @throws UserError for files that cannot be read or placed
 */
export function openLayer(path: string, reading: LayerReading, places: GridPlaces): AlignedLayer {
  const raster = borrowRaster(path);
  let placeOf: (window: CellWindow) => WindowPlace;
  try {
    placeOf = places.on(placementOf(raster, reading.crs ?? undefined));
  } catch (error) {
    raster.close();
    throw error;
  }
  const { bands } = reading;
  const isClass = reading.resampling === 'nearest';
  // Without the margin that interpolation needs: with it a window of whole blocks touches those around it.
  const copiedBy = (place: WindowPlace): CellWindow | undefined =>
    place.source !== undefined && (isClass || place.isInterpolated) ? place.copied(!isClass) : undefined;
  const byteValues = commonByteValues(raster, reading);
  return {
    bandCount: bands.length,
    sourcePixels: (window) => {
      const { source } = placeOf(window);
      return source === undefined ? 0 : source.width * source.height;
    },
    pixelsOfRow: (window) => placeOf(window).source?.width ?? 0,
    blockBytes: (window) => {
      const place = placeOf(window);
      const read = copiedBy(place) ?? place.source;
      return read === undefined
        ? 0
        : bands.reduce((sum, band) => sum + bytesOfBlocks(raster.bands[band - 1]!, read), 0);
    },
    load: async (window, geometry, memory, line) => {
      const place = placeOf(window);
      const { source } = place;
      if (source === undefined) return nothing;
      const isMean = !isClass && !place.isInterpolated;
      const pixels = copiedBy(place);
      if (pixels !== undefined && byteValues !== undefined)
        return copiedBytes(raster, bands, byteValues, pixels, memory);
      if (pixels !== undefined && bands.every((band) => keepsFloats(raster.bands[band - 1]!)))
        return copiedFloats(raster, reading, pixels, memory, geometry.kernels);
      const values = await readBands(raster, reading, source, memory, geometry.kernels);
      if (isClass) return nearestRows(values, place.centres);
      if (isMean) return areaRows(values, place.centres, place.corners, reading);
      return bilinearRows(values, geometry.bilinear(place), reading, line);
    },
    close: () => raster.close(),
  };
}

/** Bytes of the blocks of a band that a window of its pixels touches. */
function bytesOfBlocks({ blockWidth, blockHeight, dataType }: BandInfo, { x0, y0, width, height }: CellWindow): number {
  const columns = Math.floor((x0 + width - 1) / blockWidth) - Math.floor(x0 / blockWidth) + 1;
  const rows = Math.floor((y0 + height - 1) / blockHeight) - Math.floor(y0 / blockHeight) + 1;
  return columns * rows * blockWidth * blockHeight * pixelBytes(dataType);
}

/** True where floats hold every number of a band. */
const keepsFloats = ({ dataType }: BandInfo): boolean => dataType === 'Float32' || pixelBytes(dataType) < 4;

const nothing: LoadedLayer = {
  rows: (_first, _count, out) => {
    for (const values of out) values.fill(Number.NaN);
  },
};

function valueOptions({ nodata, range, scale, offset, resampling }: LayerReading): ValueOptions {
  const isClass = resampling === 'nearest';
  const valid = { low: range[0], high: range[1], scale: isClass ? 1 : scale, offset: isClass ? 0 : offset };
  return { ...(nodata === null ? {} : { nodata }), valid };
}

/** The value on the grid of each byte of a raster of bytes; undefined for other rasters, and where bands differ. */
function commonByteValues(raster: OpenRaster, reading: LayerReading): Float32Array | undefined {
  const tables = reading.bands.map((band) => raster.byteValues(band, valueOptions(reading)));
  const [first] = tables;
  if (first === undefined) return undefined;
  if (!tables.every((table) => table?.every((value, code) => Object.is(value, first[code])))) return undefined;
  const { scale, offset, resampling } = reading;
  const isRescaled = resampling !== 'nearest' && (scale !== 1 || offset !== 0);
  return isRescaled ? first.map((value) => value * scale + offset) : first;
}

async function copiedBytes(
  raster: OpenRaster,
  bands: readonly number[],
  values: Float32Array,
  pixels: CellWindow,
  memory: readonly Float32Array[],
): Promise<LoadedLayer> {
  const { width, height } = pixels;
  const stored: Uint8Array[] = [];
  for (const [at, band] of bands.entries()) {
    const { buffer, byteOffset, byteLength } = memory[at]!;
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    await raster.read(band, pixels, bytes);
    stored.push(bytes.subarray(0, width * height));
  }
  return {
    rows: (first, count, out) => {
      for (const [b, bytes] of stored.entries())
        decodeBytes(bytes.subarray(first * width, (first + count) * width), values, out[b]!);
    },
    bytes: { bands: stored, values },
  };
}

async function copiedFloats(
  raster: OpenRaster,
  { bands, scale, offset, ...reading }: LayerReading,
  pixels: CellWindow,
  memory: readonly Float32Array[],
  { keepFloats }: AnnualKernels,
): Promise<LoadedLayer> {
  const options = { ...valueOptions({ bands, scale, offset, ...reading }), keepFloats };
  const isRescaled = reading.resampling !== 'nearest' && (scale !== 1 || offset !== 0);
  const values: Float32Array[] = [];
  for (const [at, band] of bands.entries()) {
    const floats = (await raster.readValues(band, pixels, { ...options, into: memory[at]! })) as Float32Array;
    if (isRescaled) for (let i = 0; i < floats.length; i++) floats[i] = floats[i]! * scale + offset;
    values.push(floats);
  }
  const { width } = pixels;
  return {
    rows: (first, count, out) => {
      for (const [b, floats] of values.entries()) out[b]!.set(floats.subarray(first * width, (first + count) * width));
    },
    values,
  };
}

async function readBands(
  raster: OpenRaster,
  reading: LayerReading,
  source: CellWindow,
  memory: readonly Float32Array[],
  { keepFloats }: AnnualKernels,
): Promise<BandValues[]> {
  const options = { ...valueOptions(reading), keepFloats };
  const all: BandValues[] = [];
  for (const [at, band] of reading.bands.entries()) {
    const values = await raster.readValues(band, source, { ...options, into: memory[at]! });
    all.push(bandValues({ ...source, values }));
  }
  return all;
}

function bilinearRows(
  bands: BandValues[],
  rows: BilinearRows,
  { scale, offset: shift }: LayerReading,
  line: Float64Array,
): LoadedLayer {
  const rescaling = { scale, shift };
  return {
    rows: (first, count, out) => rows.sample(bands, rescaling, first, count, line, out),
    plainLines: (first, count) => rows.plainLines(bands, rescaling, first, count, line),
    allLines: (first, count) => rows.allLines(bands, rescaling, first, count, line),
  };
}

function areaRows(
  bands: BandValues[],
  centres: PixelMap,
  corners: PixelMap,
  { scale, offset: shift }: LayerReading,
): LoadedLayer {
  return {
    rows: (first, count, out) => {
      for (let b = 0; b < bands.length; b++) {
        const values = out[b]!;
        const receive = (index: number, value: number): void => {
          values[index] = value;
        };
        sampleArea(bands[b]!, centres, corners, receive, { scale, shift }, first, count);
      }
    },
  };
}

function nearestRows(bands: BandValues[], centres: PixelMap): LoadedLayer {
  const row = new NearestRow(centres, bands[0]!);
  return {
    rows: (first, count, out) => {
      for (let r = 0; r < count; r++) {
        row.moveTo(first + r);
        for (let b = 0; b < bands.length; b++) row.sample(bands[b]!, out[b]!, r * centres.width);
      }
    },
  };
}
