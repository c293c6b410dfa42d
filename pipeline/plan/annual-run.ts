import type { GridSpec } from '../../models/grid/grid-spec.ts';
import { windowGrid } from '../../models/grid/grid-spec.ts';
import { type TileFrame, tileFrames, tileLayout } from '../../models/grid/tile-layout.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import type { ErosionTileParameters, LayerParameters } from '../tasks/erosion-parameters.ts';
import { taskVersions } from '../tasks/registry.ts';
import type { JsonValue, Plan, PlannedInput, PlannedTask } from '../tasks/task.ts';
import { type ErosionSettings, erosionSettings } from './erosion-settings.ts';
import { layerParameters, layerRange } from './layer-parameters.ts';
import { planDeliverables } from './plan-deliverables.ts';
import { planErosivity } from './plan-erosivity.ts';
import { SourceDigests } from './source-digests.ts';
import { targetGrid } from './target-grid.ts';
import { terrainSettings } from './terrain-settings.ts';

/** A year as data: its grid, tiles and tasks, and what was decided on the way. */
export interface AnnualPlan {
  readonly grid: GridSpec;
  readonly tiles: readonly TileFrame[];
  readonly settings: ErosionSettings;
  readonly plan: Plan;
}

const json = (value: unknown): JsonValue => value as JsonValue;
const metresPerUnit = { metre: 1, decimetre: 0.1, foot: 0.3048 } as const;

/**
 * Plans a year.
 * @param cacheDirectory where digests of unchanged files are remembered
 * @throws UserError when the run file asks for something its inputs cannot give
 */
export async function planAnnualRun(loaded: LoadedRun, cacheDirectory: string): Promise<AnnualPlan> {
  const { run } = loaded;
  const sources = new SourceDigests(cacheDirectory);
  const settings = erosionSettings(loaded);
  const elevationPath = loaded.resolve(run.inputs.elevation.file);
  const grid = targetGrid(loaded, sources.describe(elevationPath));
  const { tileSize } = run.grid;
  const tiles = tileFrames(tileLayout(grid.width, grid.height, tileSize));
  const tasks: PlannedTask[] = [];

  for (const tile of tiles) {
    const target = windowGrid(grid, tile);
    const { file, band, crs, nodata, unit } = run.inputs.elevation;
    tasks.push({
      id: `elevation/${tile.id}`,
      kind: 'align-elevation',
      parameters: json({ target, band, crs: crs ?? null, nodata: nodata ?? null, scale: metresPerUnit[unit] }),
      inputs: { elevation: await sources.rasterWindow(elevationPath, file, [band], target, crs ?? null) },
    });
  }
  tasks.push({
    id: 'terrain',
    kind: 'terrain',
    parameters: json({ grid, tileSize, terrain: terrainSettings(loaded) }),
    inputs: Object.fromEntries(tiles.map(({ id }) => [id, { task: `elevation/${id}`, output: 'elevation' }])),
  });

  const erosivity = await planErosivity(loaded, sources, grid);
  if (erosivity.task) tasks.push(erosivity.task);

  for (const zone of run.statistics.zones)
    tasks.push({
      id: `zones/${zone.id}`,
      kind: 'rasterize-polygons',
      parameters: json({
        grid,
        tileSize,
        layer: zone.layer ?? null,
        encoding: zone.encoding,
        codeField: zone.codeField,
        nameField: zone.nameField ?? null,
        parentField: zone.parentField ?? null,
        numbering: 'table',
      }),
      inputs: { file: await sources.file(loaded.resolve(zone.file), zone.file) },
    });
  const measures = { engineering: run.inputs.engineeringMeasures, tillage: run.inputs.rotationZones };
  for (const [id, input] of Object.entries(measures))
    if (run.model === 'CSLE' && input?.kind === 'polygons')
      tasks.push({
        id: `measures/${id}`,
        kind: 'rasterize-polygons',
        parameters: json({
          grid,
          tileSize,
          layer: input.layer ?? null,
          encoding: input.encoding,
          codeField: input.field,
          nameField: null,
          parentField: null,
          numbering: 'tile',
        }),
        inputs: { file: await sources.file(loaded.resolve(input.file), input.file) },
      });

  const rasters = erosionRasters(loaded, settings);
  for (const tile of tiles) {
    const target = windowGrid(grid, tile);
    const inputs: Record<string, PlannedInput> = {
      terrain: { task: 'terrain', output: tile.id },
      erosivity: await erosivity.input(target),
    };
    for (const zone of run.statistics.zones) inputs[`zones-${zone.id}`] = { task: `zones/${zone.id}`, output: tile.id };
    for (const [id, input] of Object.entries(measures))
      if (run.model === 'CSLE' && input?.kind === 'polygons') inputs[id] = { task: `measures/${id}`, output: tile.id };
    for (const { name, file, layer } of rasters)
      inputs[name] = await sources.rasterWindow(loaded.resolve(file), file, layer.bands, target, layer.crs);
    const parameters: ErosionTileParameters = {
      grid,
      window: { x0: tile.x0, y0: tile.y0, width: tile.width, height: tile.height },
      erosivity: erosivity.layer,
      soil: settings.soil,
      landUse: settings.landUse,
      practice: settings.practice,
      tolerance: run.inputs.tolerance ? layerParameters(run.inputs.tolerance, layerRange.tolerance) : null,
      toleranceConstant: run.classes.tolerance ?? 1000,
      windErosion: run.inputs.windErosion ? layerParameters(run.inputs.windErosion, layerRange.windModulus) : null,
      zoneSets: run.statistics.zones.map(({ id }) => id),
      factors: [...run.outputs.factors],
    };
    tasks.push({ id: `erosion/${tile.id}`, kind: 'erosion-tile', parameters: json(parameters), inputs });
  }
  tasks.push({
    id: 'statistics',
    kind: 'merge-statistics',
    parameters: {},
    inputs: Object.fromEntries(tiles.map(({ id }) => [id, { task: `erosion/${id}`, output: 'cube' }])),
  });
  tasks.push(...planDeliverables(loaded, tiles));

  const kinds = new Set(tasks.map(({ kind }) => kind));
  const versions = Object.fromEntries([...kinds].map((kind) => [kind, taskVersions[kind]!]));
  return { grid, tiles, settings, plan: { versions, tasks } };
}

interface RasterSource {
  readonly name: string;
  readonly file: string;
  readonly layer: LayerParameters;
}

/** Rasters of the user that an erosion tile reads, with the bands and systems that decide what it depends on. */
function erosionRasters(loaded: LoadedRun, settings: ErosionSettings): RasterSource[] {
  const { inputs } = loaded.run;
  const { soil, practice } = settings;
  const rasters: RasterSource[] = [{ name: 'landUse', file: inputs.landUse.file, layer: settings.landUse }];
  const add = (name: string, file: string | undefined, layer: LayerParameters | null | undefined) => {
    if (file !== undefined && layer) rasters.push({ name, file, layer });
  };
  if (soil.kind === 'texture' && inputs.soil.kind === 'texture-rasters') {
    add('sand', inputs.soil.sand.file, soil.sand);
    add('silt', inputs.soil.silt.file, soil.silt);
    add('clay', inputs.soil.clay.file, soil.clay);
    add('organic', (inputs.soil.organicCarbon ?? inputs.soil.organicMatter)?.file, soil.organic);
  } else if (soil.kind === 'ready' && inputs.soil.kind === 'erodibility-raster')
    add('soilErodibility', inputs.soil.file, soil.layer);
  else if (soil.kind === 'classes' && inputs.soil.kind === 'erodibility-by-class')
    add('soilClasses', inputs.soil.file, soil.layer);

  if (practice.model === 'CSLE') {
    if (practice.biological === 'half-month') {
      add('cover', inputs.vegetationCover?.file, practice.cover?.layer);
      add('understorey', inputs.understoreyCover?.file, practice.understorey);
    }
    if (inputs.engineeringMeasures?.kind === 'raster')
      add('engineering', inputs.engineeringMeasures.file, practice.engineering?.layer);
    if (inputs.rotationZones?.kind === 'raster') add('tillage', inputs.rotationZones.file, practice.tillage?.layer);
  } else {
    const { coverManagement, supportPractice } = practice;
    if (coverManagement.kind === 'raster') add('coverManagement', inputs.coverManagement?.file, coverManagement.layer);
    if (coverManagement.kind === 'cover') add('cover', inputs.vegetationCover?.file, coverManagement.cover.layer);
    if (supportPractice.kind === 'raster') add('supportPractice', inputs.supportPractice?.file, supportPractice.layer);
  }
  if (inputs.tolerance)
    add('tolerance', inputs.tolerance.file, layerParameters(inputs.tolerance, layerRange.tolerance));
  if (inputs.windErosion)
    add('windErosion', inputs.windErosion.file, layerParameters(inputs.windErosion, layerRange.windModulus));
  return rasters;
}
