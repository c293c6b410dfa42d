import { type CellWindow, type GridSpec, windowGrid } from '../../models/grid/grid-spec.ts';
import { copiedPixels } from './pixel-copy.ts';
import { type PixelMap, pixelMap, type SourcePlacement } from './pixel-map.ts';
import { isInterpolation } from './samplers.ts';
import { pixelsUnder } from './source-window.ts';

/** Where the cells of a window of a grid lie among the pixels of a raster; each answer is worked out once. */
export class WindowPlace {
  private readonly target: GridSpec;
  private readonly place: SourcePlacement;
  private readonly answers = new Map<string, unknown>();

  constructor(target: GridSpec, place: SourcePlacement) {
    this.target = target;
    this.place = place;
  }

  get centres(): PixelMap {
    return this.once('centres', () => pixelMap(this.target, this.place, 'centres'));
  }

  get corners(): PixelMap {
    return this.once('corners', () => pixelMap(this.target, this.place, 'corners'));
  }

  /** The pixels that the cells depend on; undefined when they do not meet. */
  get source(): CellWindow | undefined {
    return this.once('source', () => pixelsUnder(this.corners, this.place));
  }

  /** True where values of cells are interpolated between pixels; elsewhere they are means of pixels. */
  get isInterpolated(): boolean {
    return this.once('interpolated', () => isInterpolation(this.corners));
  }

  /** The pixels that the cells are, one for one, as {@link copiedPixels} has it. */
  copied(isAtCentres: boolean): CellWindow | undefined {
    return this.once(`copied ${isAtCentres}`, () => copiedPixels(this.centres, this.place, isAtCentres));
  }

  private once<Answer>(name: string, ask: () => Answer): Answer {
    if (!this.answers.has(name)) this.answers.set(name, ask());
    return this.answers.get(name) as Answer;
  }
}

/** The places of windows of a grid, shared by rasters with pixels in the same places. */
export class GridPlaces {
  private readonly grid: GridSpec;
  private readonly held = new Map<string, WindowPlace>();

  constructor(grid: GridSpec) {
    this.grid = grid;
  }

  /** Where windows of the grid lie on a raster. */
  on(place: SourcePlacement): (window: CellWindow) => WindowPlace {
    const raster = JSON.stringify(place);
    return (window) => {
      const { x0, y0, width, height } = window;
      const key = `${raster} ${x0} ${y0} ${width} ${height}`;
      let found = this.held.get(key);
      if (found === undefined) {
        found = new WindowPlace(windowGrid(this.grid, window), place);
        this.held.set(key, found);
      }
      return found;
    };
  }
}
