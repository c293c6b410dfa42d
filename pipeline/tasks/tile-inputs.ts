import { type CellWindow, windowFrom } from '../../models/grid/grid-spec.ts';
import type { AnnualKernels } from '../../models/kernels/annual-kernels.ts';
import type { LineRoom } from '../../models/kernels/line-rows.ts';
import { type AlignedLayer, openLayer, StripGeometry } from '../formats/aligned-layer.ts';
import { pixelArray } from '../formats/pixel-type.ts';
import { openStored, type StoredRaster } from '../formats/stored-raster.ts';
import { GridPlaces } from '../formats/window-place.ts';
import { returnKernels, takeKernels } from '../kernels/kernel-set.ts';
import type { KernelSet } from '../kernels/wasm-kernels.ts';
import type { ErosionTileParameters } from './erosion-parameters.ts';
import { type CodedCells, LayerRows, type StripInputs } from './strip-inputs.ts';
import { indexInputs, tileCodes, tileLayers, zoneInput } from './tile-layers.ts';
import { rowsAtOnce, type StripMemory, type TileMemory, tileMemory } from './tile-memory.ts';
import { partsOf } from './tile-strips.ts';

/** Local paths of the inputs of an erosion task, by input name. */
export type InputPaths = (name: string) => Promise<string>;

/** Name of the raster metadata item that lists the codes of a polygon tile. */
export const codesItem = 'SHUIBAO_CODES';

/* Classes are not interpolated. */
const noLines: LineRoom = { place: new Int32Array(), share: new Float64Array(), line: new Float64Array() };

/** The inputs of a tile, open until `close`, and the memory the annual pass works in. */
export class TileInputs {
  /** Strips to be computed one after another. */
  readonly strips: readonly CellWindow[];
  readonly memory: TileMemory;
  readonly kernels: AnnualKernels;
  private readonly parameters: ErosionTileParameters;
  private readonly tile: CellWindow;
  private readonly layers: ReadonlyMap<string, AlignedLayer>;
  private readonly rasters: ReadonlyMap<string, StoredRaster>;
  private readonly set: KernelSet;
  /* Codes of the polygons of the tile, by input. */
  private readonly codes: ReadonlyMap<string, readonly string[]>;

  private constructor(
    parameters: ErosionTileParameters,
    tile: CellWindow,
    window: CellWindow,
    layers: ReadonlyMap<string, AlignedLayer>,
    rasters: ReadonlyMap<string, StoredRaster>,
  ) {
    this.parameters = parameters;
    this.tile = tile;
    this.layers = layers;
    this.rasters = rasters;
    this.strips = partsOf(window, layers);
    this.codes = new Map(
      tileCodes(parameters).map((name) => [
        name,
        JSON.parse(rasters.get(name)!.metadata[codesItem] ?? '[]') as string[],
      ]),
    );
    this.set = takeKernels();
    this.kernels = this.set.kernels;
    this.memory = this.set.layOut((allocator) => tileMemory(allocator, parameters, this.strips, layers, this.codes));
  }

  /**
   * Opens the inputs of a tile.
   * @param tile cells of the grid that the tile inputs (zones, polygon codes) cover
   * @param window cells of the grid to be computed, inside the tile
   * @throws UserError for files that cannot be read or placed
   */
  static async open(
    parameters: ErosionTileParameters,
    tile: CellWindow,
    window: CellWindow,
    paths: InputPaths,
  ): Promise<TileInputs> {
    const layers = new Map<string, AlignedLayer>();
    const rasters = new Map<string, StoredRaster>();
    try {
      const places = new GridPlaces(parameters.grid);
      for (const { name, layer, resampling } of tileLayers(parameters))
        layers.set(name, openLayer(await paths(name), { ...layer, resampling }, places));
      for (const name of ['terrain', ...indexInputs(parameters)]) rasters.set(name, openStored(await paths(name)));
      return new TileInputs(parameters, tile, window, layers, rasters);
    } catch (error) {
      closeAll(layers, rasters);
      throw error;
    }
  }

  /** Reads everything under a strip. The strip but one before must be done with: the two take turns in memory. */
  async load(at: number): Promise<StripInputs> {
    const window = this.strips[at]!;
    const memory = this.memory.strips[at % this.memory.strips.length]!;
    const inTile = windowFrom(this.tile, window);
    const geometry = new StripGeometry(this.kernels, memory.places);
    const layers = new Map<string, LayerRows>();
    for (const [name, layer] of this.layers) {
      const lines = this.memory.lines.get(name) ?? noLines;
      const loaded = await layer.load(window, geometry, memory.sources.get(name)!, lines.line);
      layers.set(name, new LayerRows(loaded, this.memory.rows.get(name)!, window.width, lines));
    }
    const zones: Uint16Array[] = [];
    for (const id of this.parameters.zoneSets) zones.push(await this.indices(zoneInput(id), inTile, memory));
    const codes = new Map<string, CodedCells>();
    for (const [name, list] of this.codes)
      codes.set(name, { codes: list, index: await this.indices(name, inTile, memory) });
    const terrain = await this.terrain(windowFrom(this.parameters.terrainCorner, window), memory);
    return { window, rowsAtOnce: rowsAtOnce(this.strips[0]!), ...terrain, zones, codes, layers };
  }

  close(): void {
    closeAll(this.layers, this.rasters);
    returnKernels(this.set);
  }

  private async terrain(window: CellWindow, memory: StripMemory) {
    const raster = this.rasters.get('terrain')!;
    for (const [at, band] of memory.terrain.entries()) await raster.read(at + 1, window, band);
    const bands = memory.terrain.map((band) => band.subarray(0, window.width * window.height));
    const [slopeDegrees, slopeLengthFactor, slopeSteepnessFactor] = bands as [Float32Array, Float32Array, Float32Array];
    return { slopeDegrees, slopeLengthFactor, slopeSteepnessFactor };
  }

  private async indices(name: string, window: CellWindow, memory: StripMemory): Promise<Uint16Array> {
    const raster = this.rasters.get(name)!;
    const room = memory.indices.get(name)!;
    const indices = room.subarray(0, window.width * window.height);
    if (raster.dataType === 'UInt16') await raster.read(1, window, room);
    else {
      const values = pixelArray(raster.dataType, indices.length);
      await raster.read(1, window, values);
      indices.set(values);
    }
    return indices;
  }
}

function closeAll(layers: ReadonlyMap<string, AlignedLayer>, rasters: ReadonlyMap<string, StoredRaster>): void {
  for (const layer of layers.values()) layer.close();
  for (const raster of rasters.values()) raster.close();
}
