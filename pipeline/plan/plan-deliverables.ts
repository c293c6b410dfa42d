import type { CellWindow, GridSpec } from '../../models/grid/grid-spec.ts';
import {
  blockSize,
  blockWindow,
  type PyramidLevel,
  pyramidLevels,
  sourceWindowOfBlock,
} from '../../models/grid/pyramid.ts';
import { type TileFrame, tileId } from '../../models/grid/tile-layout.ts';
import type { Codec } from '../formats/raster-write.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import { blockAddress, blockInput, type DeliverRasterParameters } from '../tasks/deliver-raster.ts';
import type { PyramidBlockParameters, PyramidLayer, PyramidPart } from '../tasks/pyramid-block.ts';
import type { JsonValue, PlannedInput, PlannedTask } from '../tasks/task.ts';
import { type DeliverableLayer, deliverableLayers, layersThatChangeTogether } from './deliverable-layers.ts';
import { tileSizeOf } from './tile-size.ts';

/** Codec of the rasters a run hands over. */
export const deliverableCodec = ({ run }: LoadedRun): Codec =>
  run.outputs.compression === 'zstd' ? 'deliverable-zstd' : 'deliverable';

/** Where a block's content comes from: a raster of a task for each layer, and the cells of the level it covers. */
interface Part extends PyramidPart {
  input(layer: DeliverableLayer): PlannedInput;
}

/** Parts of one size that cover a level, row by row. */
interface PartGrid {
  readonly side: number;
  readonly columns: number;
  readonly parts: readonly Part[];
}

/**
 * Tasks that make the delivered rasters from the tiles: blocks of the overviews, level by level, each from the four below it,
 * and one task for each layer that puts blocks together. A changed tile changes its block and one block of each level, of
 * those layers that change with it.
 */
export function planDeliverables(loaded: LoadedRun, grid: GridSpec, tiles: readonly TileFrame[]): PlannedTask[] {
  const tileSize = tileSizeOf(loaded, grid);
  const codec = deliverableCodec(loaded);
  const levels = pyramidLevels(grid.width, grid.height);
  const tasks: PlannedTask[] = [];
  for (const [group, layers] of groupsOf(deliverableLayers(loaded), tileSize)) {
    const blocksPerTile = group !== terrainGroup && tileSize % blockSize === 0 ? tileSize / blockSize : 0;
    const pyramid: Pyramid = { group, layers, levels, blocksPerTile };
    tasks.push(...blockTasks(pyramid, tileParts(grid, tiles, tileSize), codec));
    for (const layer of layers) {
      const { id, type, band, nodataIsNaN, metadata } = layer;
      const parameters: DeliverRasterParameters = { grid, type, band, nodataIsNaN, codec, metadata, blocksPerTile };
      tasks.push({
        id: `deliver/${id}`,
        kind: 'deliver-raster',
        parameters: parameters as unknown as JsonValue,
        inputs: blockInputs(pyramid, layer, grid),
      });
    }
  }
  return tasks;
}

/** Layers whose tiles are working rasters: their blocks are encoded for delivery, those of others have been already. */
const terrainGroup = 'terrain';

/**
 * Layers whose overviews are made by the same tasks. A block under a large tile is a small task, of which there are many
 * already.
 */
function groupsOf(
  layers: readonly DeliverableLayer[],
  tileSize: number,
): ReadonlyMap<string, readonly DeliverableLayer[]> {
  const terrain = layers.filter(({ tileTask }) => tileTask !== 'erosion');
  const annual = layers.filter((layer) => !terrain.includes(layer));
  return new Map([
    ...(tileSize > blockSize ? [['all', annual] as const] : layersThatChangeTogether(annual)),
    ...(terrain.length > 0 ? [[terrainGroup, terrain] as const] : []),
  ]);
}

/** Layers whose blocks are made together. */
interface Pyramid {
  readonly group: string;
  readonly layers: readonly DeliverableLayer[];
  readonly levels: readonly PyramidLevel[];
  /** 0 where tiles are no whole blocks and level 0 is cut anew. */
  readonly blocksPerTile: number;
}

const blockId = ({ group }: Pyramid, input: string): string => `pyramid/${group}/${input}`;

const tileParts = (grid: GridSpec, tiles: readonly TileFrame[], tileSize: number): PartGrid => ({
  side: tileSize,
  columns: Math.ceil(grid.width / tileSize),
  parts: tiles.map(
    (tile): Part => ({ ...tile, input: ({ tileTask, output }) => ({ task: `${tileTask}/${tile.id}`, output }) }),
  ),
});

function blockTasks(pyramid: Pyramid, tiles: PartGrid, codec: Codec): PlannedTask[] {
  const { layers, levels, blocksPerTile } = pyramid;
  const tasks: PlannedTask[] = [];
  let parts = tiles;
  for (const level of levels) {
    if (level.level === 0 && blocksPerTile > 0) continue;
    const below = level.level === 0 ? level : levels[level.level - 1]!;
    const blocks = blocksOf(level).map(({ column, row }): Part => {
      const source = level.level === 0 ? blockWindow(level, column, row) : sourceWindowOfBlock(below, column, row);
      const id = blockId(pyramid, blockInput(level.level, column, row));
      tasks.push(blockTask(id, layers, parts, { source, halve: level.level > 0, codec }));
      return { id, ...blockWindow(level, column, row), input: (layer) => ({ task: id, output: layer.id }) };
    });
    parts = { side: blockSize, columns: level.columns, parts: blocks };
  }
  return tasks;
}

/** The parts that hold cells of a window, row by row; looked up by place, for a country has many blocks and many tiles. */
function partsUnder({ side, columns, parts }: PartGrid, { x0, y0, width, height }: CellWindow): Part[] {
  const under: Part[] = [];
  for (let row = Math.floor(y0 / side); row * side < y0 + height; row++)
    for (let column = Math.floor(x0 / side); column * side < x0 + width; column++)
      under.push(parts[row * columns + column]!);
  return under;
}

const blocksOf = ({ columns, rows }: PyramidLevel): { column: number; row: number }[] =>
  Array.from({ length: columns * rows }, (_, index) => ({ column: index % columns, row: Math.floor(index / columns) }));

function blockTask(
  id: string,
  layers: readonly DeliverableLayer[],
  candidates: PartGrid,
  { source, halve, codec }: Pick<PyramidBlockParameters, 'source' | 'halve' | 'codec'>,
): PlannedTask {
  const parts = partsUnder(candidates, source);
  // Numbered parts and places within the block: blocks of the same content have the same key wherever they lie.
  const inputs: Record<string, PlannedInput> = {};
  for (const [at, part] of parts.entries()) for (const layer of layers) inputs[`${layer.id}@${at}`] = part.input(layer);
  const parameters: PyramidBlockParameters = {
    layers: layers.map(pyramidLayer),
    source: { ...source, x0: 0, y0: 0 },
    halve,
    parts: parts.map(({ x0, y0, width, height }, at) => ({
      id: String(at),
      x0: x0 - source.x0,
      y0: y0 - source.y0,
      width,
      height,
    })),
    codec,
  };
  return { id, kind: 'pyramid-block', parameters: parameters as unknown as JsonValue, inputs };
}

const pyramidLayer = ({ id, type, band, nodataIsNaN }: DeliverableLayer): PyramidLayer => ({
  id,
  type,
  nodata: nodataIsNaN ? null : (band.nodata ?? null),
});

function blockInputs(pyramid: Pyramid, layer: DeliverableLayer, grid: GridSpec): Record<string, PlannedInput> {
  const { levels, blocksPerTile } = pyramid;
  const inputs: Record<string, PlannedInput> = {};
  for (const level of levels)
    for (const { column, row } of blocksOf(level)) {
      const { input } = blockAddress(grid, blocksPerTile, level, column, row);
      inputs[input] ??=
        level.level === 0 && blocksPerTile > 0
          ? {
              task: `${layer.tileTask}/${tileId(Math.floor(column / blocksPerTile), Math.floor(row / blocksPerTile))}`,
              output: layer.output,
            }
          : { task: blockId(pyramid, input), output: layer.id };
    }
  return inputs;
}
