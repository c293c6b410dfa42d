import type { CellWindow } from '../../models/grid/grid-spec.ts';
import { type AlignedLayer, type LoadedLayer, openLayer, SharedGeometry } from '../formats/aligned-layer.ts';
import { type OpenRaster, openRaster } from '../formats/raster-read.ts';
import type { ErosionTileParameters } from './erosion-parameters.ts';
import { tileCodes, tileLayers } from './tile-layers.ts';

/** Local paths of the inputs of an erosion task, by input name. */
export type InputPaths = (name: string) => Promise<string>;

/** Name of the raster metadata item that lists the codes of a polygon tile. */
export const codesItem = 'SHUIBAO_CODES';

/** Codes of polygons over some cells: each cell an index into a list counted from 1, 0 = no polygon. */
export interface CodedCells {
  readonly codes: readonly string[];
  readonly index: Uint16Array;
}

/** A raster under some cells, with the memory its rows are brought into. */
export class LayerRows {
  private readonly source: LoadedLayer;
  private readonly width: number;
  private readonly bands: Float32Array[];

  constructor(source: LoadedLayer, bands: Float32Array[], width: number) {
    this.source = source;
    this.bands = bands;
    this.width = width;
  }

  /** Values of rows, one array per band; they hold until the layer is read again. */
  read(first: number, count: number): Float32Array[] {
    this.source.rows(first, count, this.bands);
    return this.bands.map((band) => band.subarray(0, count * this.width));
  }

  /** The same of the first band, into an array of the caller. */
  readInto(first: number, count: number, out: Float32Array): void {
    this.source.rows(first, count, [out]);
  }
}

/** What the annual pass reads under a strip of a tile. */
export interface StripInputs {
  /** The strip, in cells of the grid. */
  readonly window: CellWindow;
  /** Rows that fit the memory of the layers at a time. */
  readonly rowsAtOnce: number;
  readonly slopeDegrees: Float32Array;
  readonly slopeLengthFactor: Float32Array;
  readonly slopeSteepnessFactor: Float32Array;
  readonly zones: readonly Uint16Array[];
  readonly codes: ReadonlyMap<string, CodedCells>;
  readonly layers: ReadonlyMap<string, LayerRows>;
}

/** Some rows of a strip. */
export interface RowPlace {
  readonly strip: StripInputs;
  readonly first: number;
  readonly count: number;
}

/** Cells whose 24 cover and 24 erosivity values are at hand at once: they stay in the processor's cache. */
const cellsAtOnce = 1 << 13;

/** The inputs of a tile, open until `close`. */
export class TileInputs {
  private readonly parameters: ErosionTileParameters;
  private readonly tile: CellWindow;
  private readonly geometry = new SharedGeometry();
  private readonly layers = new Map<string, AlignedLayer>();
  private readonly rasters = new Map<string, OpenRaster>();
  private readonly scratch = new Map<string, Float32Array[]>();

  private constructor(parameters: ErosionTileParameters, tile: CellWindow) {
    this.parameters = parameters;
    this.tile = tile;
  }

  /**
   * Opens the inputs of a tile.
   * @param tile cells of the grid that the tile inputs (terrain, zones, polygon codes) cover
   * @throws UserError for files that cannot be read or placed
   */
  static async open(parameters: ErosionTileParameters, tile: CellWindow, paths: InputPaths): Promise<TileInputs> {
    const inputs = new TileInputs(parameters, tile);
    try {
      for (const { name, layer, resampling } of tileLayers(parameters)) {
        const reading = { ...layer, resampling };
        inputs.layers.set(name, openLayer(await paths(name), reading, parameters.grid, inputs.geometry));
      }
      const zones = parameters.zoneSets.map((id) => `zones-${id}`);
      for (const name of ['terrain', ...zones, ...tileCodes(parameters)])
        inputs.rasters.set(name, openRaster(await paths(name)));
      return inputs;
    } catch (error) {
      inputs.close();
      throw error;
    }
  }

  /** Pixels that all layers hold under a window, to choose strips that fit in memory. */
  sourcePixels(window: CellWindow): number {
    let pixels = 0;
    for (const layer of this.layers.values()) pixels += layer.sourcePixels(window);
    return pixels;
  }

  /** Reads everything under a strip. The strip read before must be done with: the layers share their memory. */
  async load(window: CellWindow): Promise<StripInputs> {
    this.geometry.clear();
    const { width, height } = window;
    const rowsAtOnce = Math.max(1, Math.min(height, Math.floor(cellsAtOnce / width)));
    const inTile = { x0: window.x0 - this.tile.x0, y0: window.y0 - this.tile.y0, width, height };
    const layers = new Map<string, LayerRows>();
    for (const [name, layer] of this.layers) {
      const bands = this.memoryOf(name, layer.bandCount, rowsAtOnce * width);
      layers.set(name, new LayerRows(await layer.load(window), bands, width));
    }
    const read = async (name: string, band: number) => this.rasters.get(name)!.read(band, inTile);
    const codes = new Map<string, CodedCells>();
    for (const name of tileCodes(this.parameters)) {
      const list = JSON.parse(this.rasters.get(name)!.metadata[codesItem] ?? '[]') as string[];
      codes.set(name, { codes: list, index: asIndices(await read(name, 1)) });
    }
    const zones: Uint16Array[] = [];
    for (const id of this.parameters.zoneSets) zones.push(asIndices(await read(`zones-${id}`, 1)));
    return {
      window,
      rowsAtOnce,
      slopeDegrees: (await read('terrain', 1)) as Float32Array,
      slopeLengthFactor: (await read('terrain', 3)) as Float32Array,
      slopeSteepnessFactor: (await read('terrain', 4)) as Float32Array,
      zones,
      codes,
      layers,
    };
  }

  close(): void {
    for (const layer of this.layers.values()) layer.close();
    for (const raster of this.rasters.values()) raster.close();
  }

  private memoryOf(name: string, bands: number, cells: number): Float32Array[] {
    const held = this.scratch.get(name);
    if (held && held[0]!.length >= cells) return held;
    const made = Array.from({ length: bands }, () => new Float32Array(cells));
    this.scratch.set(name, made);
    return made;
  }
}

const asIndices = (values: ArrayLike<number>): Uint16Array =>
  values instanceof Uint16Array ? values : Uint16Array.from(values);
