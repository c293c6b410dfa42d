import type { CellWindow } from '../../models/grid/grid-spec.ts';
import type { ByteLayers } from '../../models/kernels/byte-layers.ts';
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

  constructor(source: LoadedLayer, bands: readonly Float32Array[], width: number) {
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
