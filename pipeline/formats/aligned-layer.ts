import { type CellWindow, type GridSpec, windowGrid } from '../../models/grid/grid-spec.ts';
import type { AnnualKernels } from '../../models/kernels/annual-kernels.ts';
import { type ByteLayers, decodeBytes } from '../../models/kernels/byte-layers.ts';
import { placementOf } from './align.ts';
import { type BandValues, BilinearRow, bandValues, type RowMemory } from './bilinear-row.ts';
import { NearestRow } from './nearest-row.ts';
import { copiedPixels } from './pixel-copy.ts';
import { type PixelMap, pixelMap, type SourcePlacement } from './pixel-map.ts';
import { borrowRaster } from './raster-pool.ts';
import type { OpenRaster, ValueOptions } from './raster-read.ts';
import { isInterpolation, sampleArea } from './samplers.ts';
import { sourceWindow } from './source-window.ts';

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
  /** Source pixels of one band under a window of the grid. */
  sourcePixels(window: CellWindow): number;
  /**
   * Reads the source under a window of the grid.
   * @param memory one array per band with room for the source pixels; holds them until the loaded layer is done with
   */
  load(window: CellWindow, geometry: StripGeometry, memory: readonly Float32Array[]): Promise<LoadedLayer>;
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
  /** The stored bytes of the window and their values, where its cells are the pixels of a byte raster. */
  readonly bytes?: ByteLayers;
}

/** Memory and geometry of the layers under one strip. */
export class StripGeometry {
  readonly kernels: AnnualKernels;
  private readonly weights: readonly RowMemory[];
  private readonly rows = new Map<string, BilinearRow>();

  /** @param weights memory of row weights, for as many geometries as there are layers */
  constructor(kernels: AnnualKernels, weights: readonly RowMemory[]) {
    this.kernels = kernels;
    this.weights = weights;
  }

  /** Row weights for a window of a grid over a source window, worked out once for layers with pixels in the same places. */
  bilinear(target: GridSpec, place: SourcePlacement, source: CellWindow): BilinearRow {
    const key = JSON.stringify([target, place, source]);
    let found = this.rows.get(key);
    if (found === undefined) {
      const weights = this.weights[this.rows.size]!;
      found = new BilinearRow(pixelMap(target, place, 'centres'), source, weights, this.kernels);
      this.rows.set(key, found);
    }
    return found;
  }
}

/**
 * Opens a layer.
 * @param grid the grid that windows count in
 * @throws UserError for files that cannot be read or placed
 */
export function openLayer(path: string, reading: LayerReading, grid: GridSpec): AlignedLayer {
  const raster = borrowRaster(path);
  let place: SourcePlacement;
  try {
    place = placementOf(raster, reading.crs ?? undefined);
  } catch (error) {
    raster.close();
    throw error;
  }
  const under = (window: CellWindow) => sourceWindow(windowGrid(grid, window), place);
  const { bands } = reading;
  const byteValues = commonByteValues(raster, reading);
  return {
    bandCount: bands.length,
    sourcePixels: (window) => {
      const source = under(window);
      return source === undefined ? 0 : source.width * source.height;
    },
    load: async (window, geometry, memory) => {
      const source = under(window);
      if (source === undefined) return nothing;
      const target = windowGrid(grid, window);
      const isClass = reading.resampling === 'nearest';
      const corners = isClass ? undefined : pixelMap(target, place, 'corners');
      const isMean = corners !== undefined && !isInterpolation(corners);
      if (byteValues !== undefined && !isMean) {
        const pixels = copiedPixels(pixelMap(target, place, 'centres'), place, !isClass);
        if (pixels !== undefined) return copiedBytes(raster, bands, byteValues, pixels, memory);
      }
      const values = await readBands(raster, reading, source, memory, geometry.kernels);
      if (corners === undefined) return nearestRows(values, pixelMap(target, place, 'centres'));
      if (isMean) return areaRows(values, pixelMap(target, place, 'centres'), corners, reading);
      return bilinearRows(values, geometry.bilinear(target, place, source), window.width, reading);
    },
    close: () => raster.close(),
  };
}

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
    const { buffer, byteOffset } = memory[at]!;
    const bytes = new Uint8Array(buffer, byteOffset, width * height);
    await raster.read(band, pixels, bytes);
    stored.push(bytes);
  }
  return {
    rows: (first, count, out) => {
      for (const [b, bytes] of stored.entries())
        decodeBytes(bytes.subarray(first * width, (first + count) * width), values, out[b]!);
    },
    bytes: { bands: stored, values },
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

function bilinearRows(bands: BandValues[], row: BilinearRow, width: number, reading: LayerReading): LoadedLayer {
  return {
    rows: (first, count, out) => {
      for (let r = 0; r < count; r++) {
        row.moveTo(first + r);
        for (let b = 0; b < bands.length; b++) row.sample(bands[b]!, reading.scale, reading.offset, out[b]!, r * width);
      }
    },
  };
}

function areaRows(bands: BandValues[], centres: PixelMap, corners: PixelMap, reading: LayerReading): LoadedLayer {
  const { scale, offset } = reading;
  const isRescaled = scale !== 1 || offset !== 0;
  return {
    rows: (first, count, out) => {
      for (let b = 0; b < bands.length; b++) {
        const values = out[b]!;
        const receive = (index: number, value: number): void => {
          values[index] = isRescaled ? value * scale + offset : value;
        };
        sampleArea(bands[b]!, centres, corners, receive, first, count);
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
