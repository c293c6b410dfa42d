import type { CellWindow } from '../../models/grid/grid-spec.ts';
import type { PixelMap } from './pixel-map.ts';
import type { SourceValues } from './samplers.ts';

/** The pixels that hold the centres of one row of cells, worked out once for all bands of a layer. */
export class NearestRow {
  private readonly centres: PixelMap;
  private readonly window: CellWindow;
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  /* Index of each cell's pixel in the window, −1 outside. */
  private readonly at: Int32Array;
  /* Where the cells are pixels of one row, one after another: index of the first; else −1. */
  private start = -1;

  constructor(centres: PixelMap, window: CellWindow) {
    this.centres = centres;
    this.window = window;
    this.x = new Float64Array(centres.width);
    this.y = new Float64Array(centres.width);
    this.at = new Int32Array(centres.width);
  }

  /** Moves to a row of the target. */
  moveTo(row: number): void {
    const { x, y, at } = this;
    const { x0, y0, width, height } = this.window;
    this.centres.row(row, x, y);
    let isRun = true;
    for (let c = 0; c < at.length; c++) {
      const i = Math.floor(x[c]!) - x0;
      const j = Math.floor(y[c]!) - y0;
      const pixel = i >= 0 && j >= 0 && i < width && j < height ? j * width + i : -1;
      at[c] = pixel;
      if (pixel !== at[0]! + c) isRun = false;
    }
    this.start = isRun ? at[0]! : -1;
  }

  /** Values of the row's cells from index `index` of `out` on, NaN outside the source. */
  sample({ values }: SourceValues, out: Float32Array, index: number): void {
    const { at, start } = this;
    if (start >= 0) out.set(values.subarray(start, start + at.length), index);
    else for (let c = 0; c < at.length; c++) out[index + c] = at[c]! < 0 ? Number.NaN : values[at[c]!]!;
  }
}
