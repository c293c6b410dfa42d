import { type CellWindow, type GridSpec, windowGrid } from '../../models/grid/grid-spec.ts';
import type { AnnualKernels } from '../../models/kernels/annual-kernels.ts';
import { placementOf } from './align.ts';
import { type BandValues, BilinearRow, bandValues, type RowMemory } from './bilinear-row.ts';
import { NearestRow } from './nearest-row.ts';
import { type PixelMap, pixelMap, type SourcePlacement } from './pixel-map.ts';
import { type OpenRaster, openRaster } from './raster-read.ts';
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
  const raster = openRaster(path);
  let place: SourcePlacement;
  try {
    place = placementOf(raster, reading.crs ?? undefined);
  } catch (error) {
    raster.close();
    throw error;
  }
  const under = (window: CellWindow) => sourceWindow(windowGrid(grid, window), place);
  const { bands } = reading;
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
      const values = await readBands(raster, reading, source, memory);
      if (reading.resampling === 'nearest') return nearestRows(values, pixelMap(target, place, 'centres'));
      const corners = pixelMap(target, place, 'corners');
      if (!isInterpolation(corners)) return areaRows(values, pixelMap(target, place, 'centres'), corners, reading);
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

async function readBands(
  raster: OpenRaster,
  reading: LayerReading,
  source: CellWindow,
  memory: readonly Float32Array[],
): Promise<BandValues[]> {
  const { nodata, range, scale, offset } = reading;
  const isClass = reading.resampling === 'nearest';
  const valid = { low: range[0], high: range[1], scale: isClass ? 1 : scale, offset: isClass ? 0 : offset };
  const options = { ...(nodata === null ? {} : { nodata }), valid };
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
