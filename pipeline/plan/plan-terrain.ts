import { type GridSpec, windowGrid } from '../../models/grid/grid-spec.ts';
import { type TileFrame, type TileId, tileFrames, tileLayout } from '../../models/grid/tile-layout.ts';
import type { JsonValue, PlannedInput, PlannedTask, TaskOutputReference } from '../tasks/task.ts';
import { type BreakParameters, lengthFactorMethod, type TerrainParameters } from '../tasks/terrain/terrain-methods.ts';

type Inputs = Readonly<Record<string, PlannedInput>>;

const json = (value: unknown): JsonValue => value as JsonValue;

/** Where the terrain raster of a tile comes from. */
export const terrainOf = (id: TileId): TaskOutputReference => ({ task: `terrain/factors/${id}`, output: 'terrain' });

/**
 * Tasks from aligned elevation tiles to slope, slope length, L and S tiles: four for each tile, and after each of the
 * first three those that join what the tiles' perimeters tell. Each task names only the settings that decide its result, so
 * other formulas for L and S repeat the last visit alone.
 *
 * @param elevationOf aligned elevation of a tile
 */
export function planTerrain(
  grid: GridSpec,
  tileSize: number,
  terrain: TerrainParameters,
  elevationOf: (id: TileId) => TaskOutputReference,
): PlannedTask[] {
  const tiles = tileFrames(tileLayout(grid.width, grid.height, tileSize));
  const shape = { width: grid.width, height: grid.height, tileSize };
  const { variant, gentleCutOff, steepCutOff } = terrain;
  const slopeLength: BreakParameters = { variant, gentleCutOff, steepCutOff };
  const readsAzimuth = lengthFactorMethod(terrain).kind === 'area';
  const made = (stage: string, tile: TileFrame, output: string) => ({ task: `terrain/${stage}/${tile.id}`, output });
  const told = (stage: string, tile: TileFrame) => ({ task: `terrain/${stage}`, output: tile.id });

  const visit = (
    stage: string,
    kind: string,
    inputs: (tile: TileFrame) => Inputs,
    parameters: (tile: TileFrame) => unknown,
  ) =>
    tiles.map((tile) => ({
      id: `terrain/${stage}/${tile.id}`,
      kind,
      parameters: json(parameters(tile)),
      inputs: inputs(tile),
    }));
  const reduction = (
    stage: string,
    kind: string,
    boundary: (tile: TileFrame) => TaskOutputReference,
    parameters: object = {},
  ): PlannedTask => ({
    id: `terrain/${stage}`,
    kind,
    parameters: json({ ...shape, ...parameters }),
    inputs: Object.fromEntries(tiles.map((tile) => [tile.id, boundary(tile)])),
  });
  const placed = (tile: TileFrame) => ({ target: windowGrid(grid, tile) });
  const relief = (tile: TileFrame) => made('flow', tile, 'relief');
  const flow = (tile: TileFrame) => made('paths', tile, 'flow');

  return [
    ...visit(
      'fill',
      'fill-tile',
      (tile) => ({ elevation: elevationOf(tile.id) }),
      () => ({}),
    ),
    reduction('fill', 'fill-reduce', (tile) => made('fill', tile, 'boundary')),
    ...visit(
      'flow',
      'flow-tile',
      (tile) => ({
        elevation: elevationOf(tile.id),
        drains: made('fill', tile, 'drains'),
        fill: told('fill', tile),
      }),
      placed,
    ),
    reduction('flow', 'flow-reduce', (tile) => made('flow', tile, 'boundary')),
    ...visit(
      'paths',
      'path-tile',
      (tile) => ({
        relief: relief(tile),
        direction: made('flow', tile, 'direction'),
        fill: told('fill', tile),
        flats: told('flow', tile),
      }),
      (tile) => ({ ...placed(tile), slopeLength }),
    ),
    reduction('accumulation', 'accumulation-reduce', (tile) => made('paths', tile, 'boundary')),
    reduction('slope-length', 'slope-length-reduce', (tile) => made('paths', tile, 'lengths'), { slopeLength }),
    ...visit(
      'factors',
      'terrain-tile',
      (tile) => ({
        relief: relief(tile),
        flow: flow(tile),
        inflow: told('accumulation', tile),
        lengths: told('slope-length', tile),
        ...(readsAzimuth ? { elevation: elevationOf(tile.id), fill: told('fill', tile) } : {}),
      }),
      (tile) => ({ ...placed(tile), terrain }),
    ),
  ];
}
