import type { GridSpec } from '../../models/grid/grid-spec.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import type { ZoneSetInput } from '../inputs/run-file-schema.ts';
import { type CsleParameters, ownPracticeInputs } from '../tasks/erosion-parameters.ts';
import type { RasterizePolygonsParameters } from '../tasks/rasterize-polygons.ts';
import type { JsonValue, PlannedTask } from '../tasks/task.ts';
import type { ZoneRasterParameters } from '../tasks/zone-raster.ts';
import { layerParameters, layerRange } from './layer-parameters.ts';
import type { ScenarioSettings } from './scenario-settings.ts';
import type { SourceDigests } from './source-digests.ts';
import { annualTileSizeOf } from './tile-size.ts';

/** Tasks that put each zone set on the grid: `zones/county` … */
export async function planZones(loaded: LoadedRun, sources: SourceDigests, grid: GridSpec): Promise<PlannedTask[]> {
  const tasks: PlannedTask[] = [];
  for (const zone of loaded.run.statistics.zones) tasks.push(await planZoneSet(loaded, sources, grid, zone));
  return tasks;
}

async function planZoneSet(
  loaded: LoadedRun,
  sources: SourceDigests,
  grid: GridSpec,
  zone: ZoneSetInput,
): Promise<PlannedTask> {
  const tileSize = annualTileSizeOf(loaded, grid);
  const path = loaded.resolve(zone.file);
  if (zone.kind === 'raster') {
    const layer = layerParameters(zone, layerRange.code);
    const parameters: ZoneRasterParameters = { grid, tileSize, layer, names: zone.names };
    return {
      id: `zones/${zone.id}`,
      kind: 'zone-raster',
      parameters: parameters as unknown as JsonValue,
      inputs: { file: await sources.raster(path, zone.file, layer.bands) },
    };
  }
  const parameters: RasterizePolygonsParameters = {
    grid,
    tileSize,
    layer: zone.layer ?? null,
    encoding: zone.encoding,
    codeField: zone.codeField,
    nameField: zone.nameField ?? null,
    parentField: zone.parentField ?? null,
    numbering: 'table',
  };
  return {
    id: `zones/${zone.id}`,
    kind: 'rasterize-polygons',
    parameters: parameters as unknown as JsonValue,
    inputs: { file: await sources.file(path, zone.file) },
  };
}

/** Tasks that put the measures of CSLE given as polygons on the grid: `measures/engineering`, `measures/tillage`. */
export async function planMeasures(loaded: LoadedRun, sources: SourceDigests, grid: GridSpec): Promise<PlannedTask[]> {
  if (loaded.run.model !== 'CSLE') return [];
  return measureTasks(loaded, sources, grid, ownPracticeInputs);
}

/** The same of a scenario, for those it has of its own: `measures/engineering@<scenario>` … */
export const planScenarioMeasures = (
  { loaded, practice }: ScenarioSettings,
  sources: SourceDigests,
  grid: GridSpec,
): Promise<PlannedTask[]> => measureTasks(loaded, sources, grid, practice.inputs, ownPracticeInputs);

/** @param planned names of measures that have tasks already */
async function measureTasks(
  loaded: LoadedRun,
  sources: SourceDigests,
  grid: GridSpec,
  names: CsleParameters['inputs'],
  planned?: CsleParameters['inputs'],
): Promise<PlannedTask[]> {
  const { inputs } = loaded.run;
  const tasks: PlannedTask[] = [];
  for (const [name, input] of [
    ['engineering', inputs.engineeringMeasures],
    ['tillage', inputs.rotationZones],
  ] as const) {
    const id = names[name];
    if (input?.kind !== 'polygons' || id === planned?.[name]) continue;
    const parameters: RasterizePolygonsParameters = {
      grid,
      tileSize: annualTileSizeOf(loaded, grid),
      layer: input.layer ?? null,
      encoding: input.encoding,
      codeField: input.field,
      nameField: null,
      parentField: null,
      numbering: 'tile',
    };
    tasks.push({
      id: `measures/${id}`,
      kind: 'rasterize-polygons',
      parameters: parameters as unknown as JsonValue,
      inputs: { file: await sources.file(loaded.resolve(input.file), input.file) },
    });
  }
  return tasks;
}
