import type { CellWindow, GridSpec } from '../../models/grid/grid-spec.ts';
import {
  blockSize,
  blockWindow,
  overviewsOfTile,
  type PyramidLevel,
  pyramidLevels,
  sourceWindowOfBlock,
} from '../../models/grid/pyramid.ts';
import { type TileId, tileFrames, tileId, tileLayout } from '../../models/grid/tile-layout.ts';
import type { Codec } from '../formats/raster-write.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import {
  type BlockPlace,
  blockAddress,
  blockInput,
  type DeliverRasterParameters,
  type TileBlocks,
  tileOfBlock,
} from '../tasks/deliver-raster.ts';
import { overviewOutput } from '../tasks/erosion-outputs.ts';
import type { PyramidBlockParameters, PyramidLayer, PyramidPart } from '../tasks/pyramid-block.ts';
import type { JsonValue, PlannedInput, PlannedTask } from '../tasks/task.ts';
import { type DeliverableLayer, deliverableLayers, layersThatChangeTogether } from './deliverable-layers.ts';
import { annualTileSizeOf, tileSizeOf } from './tile-size.ts';

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
 * Tasks that make the delivered rasters from the tiles: blocks of the overviews that the tiles do not hold themselves, level by
 * level, each from the four below it, and one task for each layer that puts blocks together. A changed tile changes one block
 * of each level, of those layers that change with it.
 */
export function planDeliverables(loaded: LoadedRun, grid: GridSpec): PlannedTask[] {
  const codec = deliverableCodec(loaded);
  const levels = pyramidLevels(grid.width, grid.height);
  const tasks: PlannedTask[] = [];
  for (const { layers, ...group } of groupsOf(loaded, grid)) {
    if (layers.length === 0) continue;
    const pyramid: Pyramid = { ...group, layers, levels };
    tasks.push(...blockTasks(pyramid, codec));
    for (const layer of layers) {
      const { id, type, band, nodataIsNaN, metadata } = layer;
      const { blocksPerTile, tileOverviews } = pyramid;
      const raster = { grid, type, band, nodataIsNaN, codec, metadata };
      const parameters: DeliverRasterParameters = { ...raster, blocksPerTile, tileOverviews };
      tasks.push({
        id: `deliver/${id}`,
        kind: 'deliver-raster',
        parameters: parameters as unknown as JsonValue,
        inputs: blockInputs(pyramid, layer),
      });
    }
  }
  return tasks;
}

/** Layers whose blocks are made together, and the tiles they are made from. */
interface LayerGroup extends TileBlocks {
  readonly name: string;
  readonly tileSize: number;
  readonly layers: readonly DeliverableLayer[];
}

/**
 * Layers whose overviews are made by the same tasks: those that change together. Tiles of terrain are working rasters, whose
 * blocks are encoded for delivery here; those of the annual pass have been already.
 */
function groupsOf(loaded: LoadedRun, grid: GridSpec): LayerGroup[] {
  const layers = deliverableLayers(loaded);
  const terrain = layers.filter(({ tileTask }) => tileTask !== 'erosion');
  const tileSize = annualTileSizeOf(loaded, grid);
  const ofAnnualTiles = {
    tileSize,
    blocksPerTile: tileSize % blockSize === 0 ? tileSize / blockSize : 0,
    tileOverviews: overviewsOfTile(grid.width, grid.height, tileSize),
  };
  const annual = layersThatChangeTogether(layers.filter((layer) => !terrain.includes(layer)));
  return [
    ...[...annual].map(([name, layers]) => ({ name, layers, ...ofAnnualTiles })),
    { name: 'terrain', layers: terrain, tileSize: tileSizeOf(loaded, grid), blocksPerTile: 0, tileOverviews: 0 },
  ];
}

interface Pyramid extends LayerGroup {
  readonly levels: readonly PyramidLevel[];
}

const blockId = ({ name }: Pyramid, input: string): string => `pyramid/${name}/${input}`;

/** The tiles' own rasters, or their overviews of a level. */
const tileParts = ({ level, width, height }: PyramidLevel, tileSize: number): PartGrid => {
  const side = tileSize / 2 ** level;
  const layout = tileLayout(width, height, side);
  return {
    side,
    columns: layout.columns,
    parts: tileFrames(layout).map((tile): Part => ({ ...tile, input: (layer) => tileOutput(layer, tile.id, level) })),
  };
};

const tileOutput = ({ tileTask, output }: DeliverableLayer, tile: TileId, level: number): PlannedInput => ({
  task: `${tileTask}/${tile}`,
  output: overviewOutput(output, level),
});

function blockTasks(pyramid: Pyramid, codec: Codec): PlannedTask[] {
  const { layers, levels, tileSize, blocksPerTile, tileOverviews } = pyramid;
  const tasks: PlannedTask[] = [];
  let parts = tileParts(levels[tileOverviews]!, tileSize);
  for (const level of levels.slice(blocksPerTile === 0 ? 0 : 1 + tileOverviews)) {
    const below = level.level === 0 ? level : levels[level.level - 1]!;
    const blocks = blocksOf(level).map((place): Part => {
      const { column, row } = place;
      const source = level.level === 0 ? blockWindow(level, column, row) : sourceWindowOfBlock(below, column, row);
      const id = blockId(pyramid, blockInput(level.level, place));
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

const blocksOf = ({ columns, rows }: PyramidLevel): BlockPlace[] =>
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

function blockInputs(pyramid: Pyramid, layer: DeliverableLayer): Record<string, PlannedInput> {
  const inputs: Record<string, PlannedInput> = {};
  for (const level of pyramid.levels)
    for (const place of blocksOf(level)) {
      const { input } = blockAddress(pyramid, level, place);
      const tile = tileOfBlock(pyramid, level, place);
      inputs[input] ??= tile
        ? tileOutput(layer, tileId(tile.column, tile.row), level.level)
        : { task: blockId(pyramid, input), output: layer.id };
    }
  return inputs;
}
