import { type CellWindow, windowGrid } from '../../../models/grid/grid-spec.ts';
import { type OpenRaster, openRaster } from '../../formats/raster-read.ts';
import type { LandUseParameters } from '../erosion-parameters.ts';
import { readClasses } from '../read-layer.ts';
import { openSource } from '../source-file.ts';
import type { ResolvedTask, TaskContext } from '../task.ts';
import type { ChangeTileParameters } from './change-parameters.ts';

/** Names of the years in the inputs of a change task. */
export const years = ['previous', 'current'] as const;

/** Two years under a strip of a tile. */
export interface TwoYearStrip {
  /** Cells of the tile. */
  readonly window: CellWindow;
  readonly landUse: readonly [Uint8Array, Uint8Array];
  readonly intensity: readonly [Uint8Array, Uint8Array];
  readonly modulus: readonly [Float32Array, Float32Array];
  /** Zones by set, in the order of the parameters. */
  readonly zones: readonly Uint16Array[];
}

/** Cells read at once, so that all layers of both years stay below 100 MB. */
const cellsPerStrip = 1 << 20;

/** The inputs of a change task, open until `close`. */
export class TwoYears {
  private readonly task: ResolvedTask;
  private readonly context: TaskContext;
  private readonly parameters: ChangeTileParameters;
  private readonly open = new Map<string, OpenRaster>();

  constructor(task: ResolvedTask, context: TaskContext) {
    this.task = task;
    this.context = context;
    this.parameters = task.parameters as unknown as ChangeTileParameters;
  }

  /** Strips of the tile from north to south. */
  *windows(): Generator<CellWindow> {
    const { width, height } = this.parameters.window;
    const rows = Math.max(1, Math.floor(cellsPerStrip / width));
    for (let y0 = 0; y0 < height; y0 += rows) {
      this.context.signal.throwIfAborted();
      yield { x0: 0, y0, width, height: Math.min(rows, height - y0) };
    }
  }

  /** Stored numbers of an input that the store holds. */
  async read<A>(name: string, window: CellWindow, band = 1): Promise<A> {
    let raster = this.open.get(name);
    if (raster === undefined) {
      raster = openRaster(await this.context.inputPath(name));
      this.open.set(name, raster);
    }
    return (await raster.read(band, window)) as A;
  }

  async strip(window: CellWindow): Promise<TwoYearStrip> {
    const both = async <A>(layer: string) =>
      [await this.read<A>(`previous-${layer}`, window), await this.read<A>(`current-${layer}`, window)] as const;
    const zones: Uint16Array[] = [];
    for (const set of this.parameters.zoneSets) zones.push(await this.read<Uint16Array>(`zones-${set}`, window));
    return {
      window,
      landUse: [await this.landUse(0, window), await this.landUse(1, window)],
      intensity: await both<Uint8Array>('intensity'),
      modulus: await both<Float32Array>('modulus'),
      zones,
    };
  }

  close(): void {
    for (const raster of this.open.values()) raster.close();
    this.open.clear();
  }

  /** Land use of the later year under a window of the grid that may reach beyond the tile. */
  async surroundingLandUse(inGrid: CellWindow): Promise<Uint8Array> {
    return this.codes('surrounding-landUse', 1, inGrid);
  }

  private async landUse(year: 0 | 1, window: CellWindow): Promise<Uint8Array> {
    const { window: tile } = this.parameters;
    const inGrid = { ...window, x0: tile.x0 + window.x0, y0: tile.y0 + window.y0 };
    return this.codes(`${years[year]}-landUse`, year, inGrid);
  }

  private async codes(input: string, year: 0 | 1, inGrid: CellWindow): Promise<Uint8Array> {
    const { grid, landUse } = this.parameters;
    const path = await openSource(this.task.inputs[input]!);
    return monitoringCodes(await readClasses(path, landUse[year], windowGrid(grid, inGrid)), landUse[year]);
  }
}

/** Codes of the monitoring for codes of a file; 0 for nodata and codes without counterpart. */
function monitoringCodes(stored: Float32Array, { codes }: LandUseParameters): Uint8Array {
  const known = new Map(Object.entries(codes).map(([from, to]) => [Number(from), to]));
  return Uint8Array.from(stored, (code) => known.get(code) ?? 0);
}
