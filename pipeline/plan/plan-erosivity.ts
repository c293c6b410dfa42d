import { erosivityPerUsUnit } from '../../models/erosion/units.ts';
import type { GridSpec } from '../../models/grid/grid-spec.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import type { RunFile } from '../inputs/run-file-schema.ts';
import { usedYears } from '../inputs/settings/rain-years.ts';
import type { LayerParameters } from '../tasks/erosion-parameters.ts';
import type { JsonValue, PlannedInput, PlannedTask } from '../tasks/task.ts';
import { bandsUpTo, layerParameters, layerRange } from './layer-parameters.ts';
import type { SourceDigests } from './source-digests.ts';

/** Where erosivity comes from: a task that makes it from rain, or the user's own raster. */
export interface PlannedErosivity {
  readonly task: PlannedTask | undefined;
  readonly layer: LayerParameters;
  input(target: GridSpec): Promise<PlannedInput>;
}

const kinds = { 'daily-raster': 'daily', 'monthly-raster': 'monthly', 'annual-raster': 'annual' } as const;
const millimetres = { millimetre: 1, 'tenth-millimetre': 0.1 } as const;

/** Method of erosivity: that of the run file, else by kind of rain and by how many years there are. */
export function erosivityMethod(run: RunFile): string {
  const { methods } = run;
  const { rain } = run.inputs;
  if (rain.kind === 'erosivity-raster') return 'ready';
  if (methods.rainfallErosivity) return methods.rainfallErosivity;
  if (rain.kind === 'daily-raster' || rain.kind === 'daily-stations') return 'xie2016-daily';
  if (rain.kind === 'monthly-raster') return 'zhang-fu2003-monthly-years';
  return usedYears(run).length === 1 ? 'zhang-fu2003-annual-year' : 'zhang-fu2003-annual-mean';
}

export async function planErosivity(
  loaded: LoadedRun,
  sources: SourceDigests,
  grid: GridSpec,
): Promise<PlannedErosivity> {
  const { run } = loaded;
  const { rain } = run.inputs;
  if (rain.kind === 'erosivity-raster') {
    const path = loaded.resolve(rain.file);
    const bands = rain.bands === 'half-month' ? bandsUpTo(24) : [rain.band];
    const layer = layerParameters(rain, layerRange.erosivity, rain.unit === 'US' ? erosivityPerUsUnit : 1, bands);
    return {
      task: undefined,
      layer,
      input: (target) => sources.rasterWindow(path, rain.file, bands, target, layer.crs),
    };
  }
  const used = usedYears(run);
  const method = erosivityMethod(run);
  const bands = rain.kind === 'annual-raster' ? [1] : bandsUpTo(24);
  const layer: LayerParameters = layerParameters({}, layerRange.erosivity, 1, bands);
  const input = async (): Promise<PlannedInput> => ({ task: 'erosivity', output: 'erosivity' });
  if (rain.kind === 'daily-stations') {
    const parameters: JsonValue = {
      method,
      years: used.map((at) => rain.years[at]!),
      scale: millimetres[rain.unit],
      encoding: rain.encoding,
      cellSizeMetres: rain.interpolationCellMetres,
      grid: { ...grid },
    };
    const inputs = {
      rain: await sources.file(loaded.resolve(rain.file), rain.file),
      stations: await sources.file(loaded.resolve(rain.stations), rain.stations),
    };
    return { task: { id: 'erosivity', kind: 'erosivity-stations', parameters, inputs }, layer, input };
  }
  const files = used.map((at) => rain.files[at]!);
  const parameters: JsonValue = {
    kind: kinds[rain.kind],
    method,
    years: files.map(({ year }) => year),
    scale: millimetres[rain.unit],
    nodata: files.map(({ nodata }) => nodata ?? null),
    crs: files[0]!.crs ?? null,
  };
  const inputs: Record<string, PlannedInput> = {};
  for (const [index, { file }] of files.entries()) {
    const path = loaded.resolve(file);
    inputs[`rain${index}`] = await sources.raster(path, file, bandsUpTo(sources.describe(path).bands.length));
  }
  return { task: { id: 'erosivity', kind: 'erosivity-raster', parameters, inputs }, layer, input };
}
