import type { CellWindow } from '../../models/grid/grid-spec.ts';
import type { ByteLayers } from '../../models/kernels/byte-layers.ts';
import { type LineRoom, type LineRows, linesOfValues } from '../../models/kernels/line-rows.ts';
import type { LoadedLayer } from '../formats/aligned-layer.ts';

/** Codes of polygons over some cells: each cell an index into a list counted from 1, 0 = no polygon. */
export interface CodedCells {
  readonly codes: readonly string[];
  readonly index: Uint16Array;
}

/** A raster under a strip, with the memory its rows are brought into. */
export class LayerRows {
  private readonly source: LoadedLayer;
  private readonly width: number;
  private readonly bands: readonly Float32Array[];
  private readonly lineRoom: LineRoom;

  constructor(source: LoadedLayer, bands: readonly Float32Array[], width: number, lineRoom: LineRoom) {
    this.source = source;
    this.bands = bands;
    this.width = width;
    this.lineRoom = lineRoom;
  }

  get bandCount(): number {
    return this.bands.length;
  }

  /** Values of all rows of a layer of one band, not to be written to, where they lie in memory as they are. */
  get whole(): Float32Array | undefined {
    const { values } = this.source;
    return values?.length === 1 ? values[0] : undefined;
  }

  /** Values of rows, one array per band; they hold until the layer is read again. */
  read(first: number, count: number): Float32Array[] {
    this.source.rows(first, count, this.bands);
    return this.bands.map((band) => band.subarray(0, count * this.width));
  }

  /** The same, not to be written to. */
  values(first: number, count: number): Float32Array[] {
    const { values } = this.source;
    if (values === undefined) return this.read(first, count);
    return values.map((band) => band.subarray(first * this.width, (first + count) * this.width));
  }

  /** The same of the first band, into an array of the caller; nothing is to be done where that is part of {@link whole}. */
  readInto(first: number, count: number, out: Float32Array): void {
    if (this.whole === undefined || out.buffer !== this.whole.buffer || out.byteOffset !== this.addressOf(first))
      this.source.rows(first, count, [out]);
  }

  /* Address of the first cell of a row of `whole`. */
  private addressOf(row: number): number {
    return this.whole!.byteOffset + row * this.width * Float32Array.BYTES_PER_ELEMENT;
  }

  /** Lines of rows, where the layer is interpolated between pixels that all have values. */
  plainLines(first: number, count: number): LineRows | undefined {
    return this.source.plainLines?.(first, count);
  }

  /** Lines of rows, whatever cells have values; they hold until the layer is read again. */
  allLines(first: number, count: number): LineRows {
    if (this.source.allLines !== undefined) return this.source.allLines(first, count);
    return linesOfValues(this.values(first, count), this.width, this.lineRoom);
  }

  /** The bytes that rows hold in the file, where the cells of the strip are the pixels of a byte raster. */
  readBytes(first: number, count: number): ByteLayers | undefined {
    const { bytes } = this.source;
    if (bytes === undefined) return undefined;
    const [from, to] = [first * this.width, (first + count) * this.width];
    return { bands: bytes.bands.map((band) => band.subarray(from, to)), values: bytes.values };
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
