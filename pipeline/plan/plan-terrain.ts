import { type CellWindow, type GridSpec, windowGrid } from '../../models/grid/grid-spec.ts';
import { type TileFrame, type TileId, tileFrames, tileId, tileLayout } from '../../models/grid/tile-layout.ts';
import type { JsonValue, PlannedInput, PlannedTask, TaskOutputReference } from '../tasks/task.ts';
import { annualTerrainLayers, type TerrainLayer } from '../tasks/terrain/terrain-layers.ts';
import type { BreakParameters, TerrainParameters } from '../tasks/terrain/terrain-methods.ts';

type Inputs = Readonly<Record<string, PlannedInput>>;

const json = (value: unknown): JsonValue => value as JsonValue;

/** Where the terrain raster of a tile comes from. */
export const terrainOf = (id: TileId): TaskOutputReference => ({ task: `terrain/factors/${id}`, output: 'terrain' });

/** The terrain raster and the tile under a smaller tile, and the cell of the grid that its first cell is. */
export function terrainUnder(
  { x0, y0 }: CellWindow,
  tileSize: number,
): { readonly id: TileId; readonly input: TaskOutputReference; readonly corner: Pick<CellWindow, 'x0' | 'y0'> } {
  const [column, row] = [Math.floor(x0 / tileSize), Math.floor(y0 / tileSize)];
  const id = tileId(column, row);
  return { id, input: terrainOf(id), corner: { x0: column * tileSize, y0: row * tileSize } };
}

/**
 * Tasks from aligned elevation tiles to slope, slope length, L and S tiles: three for each tile, and before each those that
 * join what the tiles' perimeters tell. Each task names only the settings that decide its result, so other formulas for L and S
 * repeat the last visit alone.
 *
 * @param firstVisitTo name of the task with the elevation of a tile (float32 cells, row by row) and what the first visit
 *   to it gave: outputs `elevation`, `boundary`, `drains`
 * @param layers what the last visits write; nothing else is encoded
 */
export function planTerrain(
  grid: GridSpec,
  tileSize: number,
  terrain: TerrainParameters,
  firstVisitTo: (id: TileId) => string,
  layers: readonly TerrainLayer[] = annualTerrainLayers,
): PlannedTask[] {
  const tiles = tileFrames(tileLayout(grid.width, grid.height, tileSize));
  const shape = { width: grid.width, height: grid.height, tileSize };
  const { variant, gentleCutOff, steepCutOff } = terrain;
  const slopeLength: BreakParameters = { variant, gentleCutOff, steepCutOff };
  const made = (stage: string, tile: TileFrame, output: string) => ({ task: `terrain/${stage}/${tile.id}`, output });
  const found = (tile: TileFrame, output: string) => ({ task: firstVisitTo(tile.id), output });
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
  const shapeOf = ({ width, height }: TileFrame) => ({ width, height });
  const { cellSizeMetres } = grid;
  const ofLastVisit = layers.filter((layer) => layer !== 'filled');

  return [
    reduction('fill', 'fill-reduce', (tile) => found(tile, 'boundary')),
    ...visit(
      'flow',
      'flow-tile',
      (tile) => ({
        elevation: found(tile, 'elevation'),
        drains: found(tile, 'drains'),
        fill: told('fill', tile),
      }),
      (tile) => ({ ...shapeOf(tile), filledRaster: layers.includes('filled') ? windowGrid(grid, tile) : null }),
    ),
    reduction('flow', 'flow-reduce', (tile) => made('flow', tile, 'boundary')),
    ...visit(
      'paths',
      'path-tile',
      (tile) => ({
        elevation: found(tile, 'elevation'),
        drains: found(tile, 'drains'),
        fill: told('fill', tile),
        flats: told('flow', tile),
      }),
      (tile) => ({ ...shapeOf(tile), cellSizeMetres, slopeLength }),
    ),
    reduction('accumulation', 'accumulation-reduce', (tile) => made('paths', tile, 'boundary')),
    reduction('slope-length', 'slope-length-reduce', (tile) => made('paths', tile, 'lengths'), { slopeLength }),
    ...visit(
      'factors',
      'terrain-tile',
      (tile) => ({
        elevation: found(tile, 'elevation'),
        direction: made('paths', tile, 'direction'),
        fill: told('fill', tile),
        inflow: told('accumulation', tile),
        lengths: told('slope-length', tile),
      }),
      (tile) => ({ target: windowGrid(grid, tile), terrain, layers: ofLastVisit }),
    ),
  ];
}
