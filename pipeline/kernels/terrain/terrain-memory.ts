import type { CellWindow } from '../../../models/grid/grid-spec.ts';
import { blockSize } from '../../../models/grid/pyramid.ts';
import { haloCells } from '../../../models/terrain/tiled/halo.ts';
import { perimeterCells } from '../../../models/terrain/tiled/tile-perimeter.ts';
import type { TileExtent } from '../../../models/terrain/tiled/tiled-reduction.ts';
import type { RowLayer } from '../../formats/row-layer.ts';
import type { WasmMemory } from '../web-assembly.ts';
import type { TerrainExports } from './terrain-exports.ts';

const pageBytes = 1 << 16;
const align = (bytes: number): number => Math.ceil(bytes / 64) * 64;

/** Bytes beyond either end of a layer that kernels may read. */
const slackBytes = 64;

/** Room for the table of passes, the histogram of their sort and the passes of a row, see assembly/terrain/passes.ts. */
const passTableBytes = (stride: number): number => 8192 * 12 + 2048 * 4 + 3 * 4 * stride;

type Floats = Float32Array;
export type CellArray = Float32Array | Uint32Array | Uint16Array | Uint8Array;

type ArrayOver<A> = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => A;

/** Room for the table of a formula. */
const tableFloats = 256;

/** Room for the segments whose L is known, see assembly/terrain/length-factor.ts. */
const knownLengthBytes = 8 << 14;

/** A layer of padded rows in the memory, by words or by bytes. */
export interface Layer<A extends CellArray> {
  readonly address: number;
  readonly cells: A;
}

/**
 * Memory of one tile shape: eight layers of words and four of bytes, shared by the visits, and small arrays by place on the
 * perimeter. Laid out before a tile's work and never grown while kernels run.
 */
export class TerrainMemory {
  readonly width: number;
  readonly height: number;
  /** Cells in a padded row, see assembly/terrain/layout.ts. */
  readonly stride: number;
  /** Layers of words; the kernels' numbers tell floats from whole ones. */
  readonly words: readonly (Layer<Uint32Array> & { readonly floats: Floats })[];
  readonly bytes: readonly Layer<Uint8Array>[];
  /** Records of two words for each cell, see assembly/terrain/paths.ts. They lie over the fifth and sixth layer of words. */
  readonly records: Layer<Uint32Array>;
  /** Half a word for each cell, over the seventh layer of words. */
  readonly flags: Layer<Uint16Array>;
  /** Most basins that a tile of this shape can have, 0 included: no two pits are neighbours. */
  readonly mostBasins: number;
  /** Arrays with an entry for every basin. */
  readonly basins: readonly (Layer<Uint32Array> & { readonly floats: Floats })[];
  /** Lists of as many passes as `passRoom`. They lie over the layers of words from the third on. */
  readonly passLists: readonly [number, number];
  readonly passRoom: number;
  readonly tables: number;
  /** Places of the perimeter cells, and arrays by place on the perimeter. */
  readonly perimeter: Layer<Uint32Array>;
  readonly rims: readonly Layer<Uint32Array>[];
  readonly ring: Uint32Array;
  /** Records of passes between labels, at most as many as perimeter cells. */
  readonly tree: Layer<Uint32Array> & { readonly floats: Floats };
  /** Tables of the formulas of L and S. */
  readonly exponents: { readonly address: number; readonly floats: Floats };
  readonly steepness: { readonly address: number; readonly floats: Floats };
  /** Table of known segments, and list of the cells of a row that wait for theirs. */
  readonly knownLengths: readonly [table: number, list: number];
  /** Room for a block of a file. */
  private readonly block: number;
  private readonly copyRows: TerrainExports['copyRows'];
  readonly byteLength: number;
  private readonly rowLayers = new Map<CellArray, RowLayer>();

  /**
   * @param memoryOf gives a memory of at least so many pages
   * @param copyRows kernel on that memory
   */
  constructor(
    { width, height }: TileExtent,
    memoryOf: (pages: number) => WasmMemory,
    copyRows: TerrainExports['copyRows'],
  ) {
    this.width = width;
    this.height = height;
    this.copyRows = copyRows;
    this.stride = Math.ceil((width + 8) / 16) * 16;
    const cells = this.stride * (height + 2);
    const perimeter = perimeterCells(width, height);
    this.mostBasins = Math.ceil(width / 2) * Math.ceil(height / 2) + 2;
    this.passRoom = 2 * this.mostBasins + 1024;

    // The first page is the module's own.
    let top = pageBytes;
    const take = (bytes: number): number => {
      const address = top + slackBytes;
      top = address + align(bytes) + slackBytes;
      return address;
    };
    const wordLayers = Array.from({ length: 8 }, () => take(4 * cells + slackBytes));
    const [, , overlay, , records, , flags] = wordLayers;
    const listBytes = align(12 * this.passRoom);
    top = Math.max(top, overlay! + 2 * listBytes + slackBytes);
    const byteLayers = Array.from({ length: 4 }, () => take(cells));
    const basinArrays = Array.from({ length: 6 }, () => take(4 * this.mostBasins));
    this.tables = take(passTableBytes(this.stride));
    const perimeterAddress = take(4 * perimeter.length);
    const rims = Array.from({ length: 3 }, () => take(4 * perimeter.length));
    const tree = take(12 * perimeter.length);
    const exponents = take(4 * tableFloats);
    const steepness = take(4 * tableFloats);
    this.knownLengths = [take(knownLengthBytes), take(4 * this.stride)];
    this.block = take(4 * blockSize ** 2);
    this.byteLength = top;
    const { buffer } = memoryOf(Math.ceil(top / pageBytes));
    const layer = (address: number, length: number) => ({
      address,
      cells: new Uint32Array(buffer, address, length),
      floats: new Float32Array(buffer, address, length),
    });
    this.words = wordLayers.map((address) => layer(address, cells));
    this.records = layer(records!, 2 * cells);
    this.flags = { address: flags!, cells: new Uint16Array(buffer, flags!, cells) };
    this.bytes = byteLayers.map((address) => ({ address, cells: new Uint8Array(buffer, address, cells) }));
    this.basins = basinArrays.map((address) => layer(address, this.mostBasins));
    this.passLists = [overlay!, overlay! + listBytes];
    this.perimeter = layer(perimeterAddress, perimeter.length);
    this.rims = rims.map((address) => layer(address, perimeter.length));
    this.tree = layer(tree, 3 * perimeter.length);
    this.exponents = { address: exponents, floats: new Float32Array(buffer, exponents, tableFloats) };
    this.steepness = { address: steepness, floats: new Float32Array(buffer, steepness, tableFloats) };
    this.perimeter.cells.set(perimeter.map((cell) => this.placeOf(Math.floor(cell / width), cell % width)));
    this.ring = haloCells(width, height).map((cell) =>
      this.placeOf(Math.floor(cell / (width + 2)) - 1, (cell % (width + 2)) - 1),
    );
  }

  /** The tile's rows in a layer. */
  rows<A extends CellArray>(layer: A): RowLayer<A> {
    const known = this.rowLayers.get(layer);
    if (known !== undefined) return known as RowLayer<A>;
    const { stride, width, height } = this;
    const square = (window: CellWindow, side: number) => this.square(layer, window, side);
    const rows = { cells: layer, first: this.placeOf(0, 0), stride, width, height, square };
    this.rowLayers.set(layer, rows);
    return rows;
  }

  /** The tile's cells of a layer row by row, without what surrounds them, written over another layer. */
  packed<A extends CellArray>(layer: A, { address }: Layer<CellArray>): A {
    const { width, height, stride } = this;
    const { BYTES_PER_ELEMENT: size, buffer, byteOffset } = layer;
    this.copyRows(byteOffset + this.placeOf(0, 0) * size, stride * size, width * size, height, address, width * size);
    return new (layer.constructor as ArrayOver<A>)(buffer, address, width * height);
  }

  private square<A extends CellArray>(layer: A, { x0, y0, width, height }: CellWindow, side: number): A | undefined {
    if (side > blockSize) return undefined;
    const { BYTES_PER_ELEMENT: size, buffer, byteOffset } = layer;
    const room = new (layer.constructor as ArrayOver<A>)(buffer, this.block, side * side);
    if (width < side || height < side) room.fill(0);
    const from = byteOffset + this.placeOf(y0, x0) * size;
    this.copyRows(from, this.stride * size, width * size, height, this.block, side * size);
    return room;
  }

  /** Sets the ring of a layer. */
  loadRing<A extends CellArray>(layer: A, values: A): void {
    for (let i = 0; i < this.ring.length; i++) layer[this.ring[i]!] = values[i]!;
  }

  /** Values of a layer at the perimeter cells. */
  rim<A extends CellArray>(layer: A): A {
    const places = this.perimeter.cells;
    const values = new (layer.constructor as new (length: number) => A)(places.length);
    for (let i = 0; i < values.length; i++) values[i] = layer[places[i]!]!;
    return values;
  }

  /** One word of the records at the perimeter cells. */
  rimOfRecords(word: number): Uint32Array {
    const { cells } = this.records;
    return this.perimeter.cells.map((place) => cells[2 * place + word]!);
  }

  private placeOf(row: number, column: number): number {
    return (row + 1) * this.stride + 4 + column;
  }
}
