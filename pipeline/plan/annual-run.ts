import type { GridSpec } from '../../models/grid/grid-spec.ts';
import { windowGrid } from '../../models/grid/grid-spec.ts';
import { overviewsOfTile } from '../../models/grid/pyramid.ts';
import { type TileFrame, tileFrames, tileLayout } from '../../models/grid/tile-layout.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import { scenarioOutput } from '../tasks/erosion-outputs.ts';
import type { ErosionTileParameters, PracticeInput } from '../tasks/erosion-parameters.ts';
import { taskVersions } from '../tasks/registry.ts';
import type { JsonValue, Plan, PlannedInput, PlannedTask } from '../tasks/task.ts';
import { annualTerrainLayers } from '../tasks/terrain/terrain-layers.ts';
import { erosionRasters, type RasterSource } from './erosion-rasters.ts';
import { type ErosionSettings, erosionSettings } from './erosion-settings.ts';
import { layerParameters, layerRange } from './layer-parameters.ts';
import { planMeasures, planScenarioMeasures, planZones } from './plan-codes.ts';
import { deliverableCodec, planDeliverables } from './plan-deliverables.ts';
import { planEdgeContamination } from './plan-edge-contamination.ts';
import { planErosivity } from './plan-erosivity.ts';
import { planReport } from './plan-report.ts';
import { planScenarios, scenarioTask } from './plan-scenarios.ts';
import { planTerrain, terrainUnder } from './plan-terrain.ts';
import { type ScenarioSettings, scenarioSettings } from './scenario-settings.ts';
import { SourceDigests } from './source-digests.ts';
import { targetGrid } from './target-grid.ts';
import { terrainDeliverables } from './terrain-deliverables.ts';
import { terrainSettings } from './terrain-settings.ts';
import { annualTileSizeOf, tileSizeOf } from './tile-size.ts';

/** A year as data: its grid, tiles and tasks, and what was decided on the way. */
export interface AnnualPlan {
  readonly grid: GridSpec;
  /** Tiles of terrain. */
  readonly terrainTiles: readonly TileFrame[];
  /** Tiles of all else, into which those of terrain are cut. */
  readonly tiles: readonly TileFrame[];
  readonly settings: ErosionSettings;
  readonly scenarios: readonly ScenarioSettings[];
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
  const scenarios = scenarioSettings(loaded);
  const elevationPath = loaded.resolve(run.inputs.elevation.file);
  const grid = targetGrid(loaded, sources.describe(elevationPath));
  const tileSize = tileSizeOf(loaded, grid);
  const annualTileSize = annualTileSizeOf(loaded, grid);
  const terrainTiles = tileFrames(tileLayout(grid.width, grid.height, tileSize));
  const tiles = tileFrames(tileLayout(grid.width, grid.height, annualTileSize));

  // First of all, since they read files whole: what is wrong in one shows at once, and processes are still small.
  const zones = await planZones(loaded, sources, grid);
  const measures = await planMeasures(loaded, sources, grid);
  const scenarioMeasures: PlannedTask[] = [];
  for (const scenario of scenarios) scenarioMeasures.push(...(await planScenarioMeasures(scenario, sources, grid)));
  const tasks: PlannedTask[] = [...zones, ...measures, ...scenarioMeasures];

  for (const tile of terrainTiles) {
    const target = windowGrid(grid, tile);
    const { file, band, crs, nodata, unit } = run.inputs.elevation;
    tasks.push({
      id: `elevation/${tile.id}`,
      kind: 'align-elevation',
      parameters: json({ target, band, crs: crs ?? null, nodata: nodata ?? null, scale: metresPerUnit[unit] }),
      inputs: { elevation: await sources.rasterWindow(elevationPath, file, [band], target, crs ?? null) },
    });
  }
  const layers = new Set([
    ...annualTerrainLayers,
    'edgeContamination' as const,
    ...run.outputs.terrain.map((name) => terrainDeliverables[name].layer),
  ]);
  tasks.push(...planTerrain(grid, tileSize, terrainSettings(loaded), (id) => `elevation/${id}`, [...layers]));

  const erosivity = await planErosivity(loaded, sources, grid);
  if (erosivity.task) tasks.push(erosivity.task);

  tasks.push(planEdgeContamination(loaded, tiles, tileSize));

  const overviews = overviewsOfTile(grid.width, grid.height, annualTileSize);
  const rasters = allRasters(loaded, settings, scenarios);
  for (const tile of tiles) {
    const target = windowGrid(grid, tile);
    const terrain = terrainUnder(tile, tileSize);
    const inputs: Record<string, PlannedInput> = {
      terrain: terrain.input,
      erosivity: await erosivity.input(target),
    };
    for (const zone of run.statistics.zones) inputs[`zones-${zone.id}`] = { task: `zones/${zone.id}`, output: tile.id };
    for (const { id } of [...measures, ...scenarioMeasures])
      inputs[id.slice('measures/'.length)] = { task: id, output: tile.id };
    for (const { name, file, layer, isCodes } of rasters)
      inputs[name] = await sources.rasterWindow(loaded.resolve(file), file, layer.bands, target, layer.crs, isCodes);
    const parameters: ErosionTileParameters = {
      grid,
      window: { x0: tile.x0, y0: tile.y0, width: tile.width, height: tile.height },
      terrainCorner: terrain.corner,
      erosivity: erosivity.layer,
      soil: settings.soil,
      landUse: settings.landUse,
      practice: settings.practice,
      scenarios: scenarios.map(({ id, practice }) => ({ id, practice })),
      ...settings.tolerance,
      windErosion: run.inputs.windErosion ? layerParameters(run.inputs.windErosion, layerRange.windModulus) : null,
      zoneSets: run.statistics.zones.map(({ id }) => id),
      factors: [...run.outputs.factors],
      overviews,
      codec: deliverableCodec(loaded),
    };
    tasks.push({ id: `erosion/${tile.id}`, kind: 'erosion-tile', parameters: json(parameters), inputs });
  }
  const merged = (id: string, output: string): PlannedTask => ({
    id,
    kind: 'merge-statistics',
    parameters: {},
    inputs: Object.fromEntries(tiles.map((tile) => [tile.id, { task: `erosion/${tile.id}`, output }])),
  });
  tasks.push(merged('statistics', 'cube'));
  for (const { id } of scenarios) tasks.push(merged(scenarioTask(id, 'statistics'), scenarioOutput('cube', id)));
  tasks.push(...planDeliverables(loaded, grid));
  tasks.push(...(await planReport(loaded, sources, grid, settings, measures)));
  if (scenarios.length > 0)
    tasks.push(...(await planScenarios(loaded, sources, grid, scenarios, [...measures, ...scenarioMeasures])));

  const kinds = new Set(tasks.map(({ kind }) => kind));
  const versions = Object.fromEntries([...kinds].map((kind) => [kind, taskVersions[kind]!]));
  return { grid, terrainTiles, tiles, settings, scenarios, plan: { versions, tasks } };
}

/** Rasters of the run, and those that a scenario has of its own, by name. */
function allRasters(
  loaded: LoadedRun,
  settings: ErosionSettings,
  scenarios: readonly ScenarioSettings[],
): RasterSource[] {
  const own = scenarios.flatMap((scenario) =>
    erosionRasters(scenario.loaded, scenario.settings).map((raster) => ({
      ...raster,
      name: scenario.practice.inputs[raster.name as PracticeInput] ?? raster.name,
    })),
  );
  const all = [...erosionRasters(loaded, settings), ...own];
  return [...new Map(all.map((raster) => [raster.name, raster])).values()];
}
