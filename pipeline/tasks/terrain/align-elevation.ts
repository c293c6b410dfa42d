import type { CellWindow, GridSpec } from '../../../models/grid/grid-spec.ts';
import { openLayer, StripGeometry } from '../../formats/aligned-layer.ts';
import { linesLength, rowMemory } from '../../formats/bilinear-rows.ts';
import { fillWindow, type RowLayer } from '../../formats/row-layer.ts';
import { GridPlaces } from '../../formats/window-place.ts';
import { returnKernels, takeKernels } from '../../kernels/kernel-set.ts';
import { terrainOfTile } from '../../kernels/terrain/terrain-kernels.ts';
import { openSource } from '../source-file.ts';
import type { TaskHandler } from '../task.ts';
import { rowsAtOnce } from '../tile-memory.ts';
import { partsOf } from '../tile-strips.ts';
import { firstVisit } from './first-visit.ts';
import { layerOutput } from './terrain-rasters.ts';

export interface AlignElevationParameters {
  readonly target: GridSpec;
  readonly band: number;
  readonly crs: string | null;
  readonly nodata: number | null;
  /** Factor from stored numbers to metres. */
  readonly scale: number;
}

/** Lowest and highest land on Earth with a margin; anything else is a nodata value that was not declared. */
export const elevationRange = [-500, 9000] as const;

/**
 * Brings the elevation under one tile onto the run's grid, into the memory of the terrain kernels, and makes their first
 * visit to it there.
 *
 * Input: `elevation`, a file of the user's. Outputs: `elevation` (float32 cells in metres, row by row, NaN where there is
 * none) and those of {@link firstVisit}.
 */
export const alignElevation: TaskHandler = {
  kind: 'align-elevation',
  version: 6,
  async run(task, context) {
    const { target, ...reading } = task.parameters as unknown as AlignElevationParameters;
    const terrain = terrainOfTile(target);
    await readElevation(await openSource(task.inputs.elevation!), reading, target, terrain.elevation);
    const elevation = layerOutput(context, 'elevation', terrain.elevation);
    return { outputs: { elevation, ...firstVisit(terrain) } };
  },
};

async function readElevation(
  path: string,
  { band, ...reading }: Omit<AlignElevationParameters, 'target'>,
  target: GridSpec,
  elevation: RowLayer<Float32Array>,
): Promise<void> {
  const layer = openLayer(
    path,
    { ...reading, bands: [band], resampling: 'area', offset: 0, range: elevationRange },
    new GridPlaces(target),
  );
  const set = takeKernels();
  try {
    const { width, height } = target;
    const whole: CellWindow = { x0: 0, y0: 0, width, height };
    const parts = partsOf(whole, new Map([['elevation', layer]]));
    const [largest] = parts as [CellWindow];
    const rows = rowsAtOnce(largest);
    const pixelsOfRow = Math.max(...parts.map((part) => layer.pixelsOfRow(part)));
    const memory = set.layOut((allocator) => ({
      source: [allocator.float32(Math.max(...parts.map((part) => layer.sourcePixels(part))))],
      places: [rowMemory(allocator, largest.width, rows)],
      line: allocator.float64(linesLength(rows, largest.width, pixelsOfRow, 1)),
      cells: [allocator.float32(largest.width * largest.height)],
    }));
    for (const part of parts) {
      const geometry = new StripGeometry(set.kernels, memory.places);
      const loaded = await layer.load(part, geometry, memory.source, memory.line);
      if (loaded.values === undefined) loaded.rows(0, part.height, memory.cells);
      fillWindow(elevation, part, (loaded.values ?? memory.cells)[0]!);
    }
  } finally {
    layer.close();
    returnKernels(set);
  }
}
