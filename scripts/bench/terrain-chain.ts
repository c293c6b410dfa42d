import { type TileFrame, type TileId, tileFrames, tileLayout } from '../../models/grid/tile-layout.ts';
import { slopeLengthOptions, type TerrainOptions } from '../../models/terrain/terrain.ts';
import { tiledFill } from '../../models/terrain/tiled/fill-depressions-barnes2016.ts';
import { tiledFlowAccumulation } from '../../models/terrain/tiled/flow-accumulation-barnes2017.ts';
import { tiledFlowDirection } from '../../models/terrain/tiled/flow-direction.ts';
import { tiledSlopeLength } from '../../models/terrain/tiled/slope-length.ts';
import type { TileExtent } from '../../models/terrain/tiled/tiled-reduction.ts';
import { fillLayer, layerCells } from '../../pipeline/formats/row-layer.ts';
import type { TileTerrain } from '../../pipeline/kernels/terrain/tile-terrain.ts';
import { terrainOptions } from '../../pipeline/tasks/terrain/terrain-methods.ts';
import type { LeastSeconds } from './least-seconds.ts';
import { TileStore } from './tile-store.ts';

/** Settings of the default CSLE run. */
export const benchTerrain = {
  variant: 'aml',
  gentleCutOff: 0.7,
  steepCutOff: 0.5,
  channelAreaSquareMetres: 100_000,
  steepness: { method: 'csle-liu1994', settings: {} },
  length: { method: 'csle-foster-wischmeier1974', settings: {} },
  maxSlopeLengthMetres: null,
} as const;

const defaultOptions = terrainOptions(benchTerrain);
const cellSizeMetres = 10;

/** The step of L and S. */
export const lastVisit = 'visit 4: slope, accumulation, slope length, L, S';

/** A square country cut into tiles, with the elevation of each in a store. */
export interface BenchCountry {
  readonly side: number;
  readonly tileSize: number;
  readonly tiles: TileStore;
}

/** Makes a country tile by tile in a directory. */
export function benchCountry(
  directory: string,
  side: number,
  tileSize: number,
  elevation: (frame: TileFrame) => Float32Array,
): BenchCountry {
  const tiles = new TileStore(directory);
  for (const frame of tileFrames(tileLayout(side, side, tileSize)))
    tiles.write('elevation', frame.id, elevation(frame));
  return { side, tileSize, tiles };
}

/**
 * Runs the four visits and their reductions over the tiles of a country and keeps what each step took, visits by tile. Rasters
 * go into the kernels' layers and out of them by files where a run decodes and encodes them; that is not counted.
 */
export function runChain(
  terrainOf: (extent: TileExtent) => TileTerrain,
  { side, tileSize, tiles }: BenchCountry,
  least: LeastSeconds,
  options: TerrainOptions = defaultOptions,
): void {
  const layout = tileLayout(side, side, tileSize);
  const frames = tileFrames(layout);
  const reduced = <T>(step: string, work: () => T): T => least.time(step, 'all tiles', work);
  const each = <T>(make: (frame: TileFrame, terrain: TileTerrain) => T): Map<TileId, T> =>
    new Map(frames.map((frame) => [frame.id, make(frame, terrainOf(frame))]));
  const field = <T, K extends keyof T>(tiles: Map<TileId, T>, key: K): Map<TileId, T[K]> =>
    new Map([...tiles].map(([id, tile]) => [id, tile[key]]));
  const rules = slopeLengthOptions(options, cellSizeMetres);

  const loadElevation = (id: TileId, terrain: TileTerrain): void =>
    fillLayer(terrain.elevation, tiles.floats('elevation', id));
  const loadDirection = (id: TileId, terrain: TileTerrain): void =>
    fillLayer(terrain.direction, tiles.bytes('direction', id));

  const found = each(({ id }, terrain) => {
    loadElevation(id, terrain);
    return least.time('visit 1: basins, passes', id, () => terrain.fill());
  });
  const fill = reduced('reductions: fill', () => tiledFill.reduce(field(found, 'boundary'), layout));
  const flow = each(({ id }, terrain) => {
    loadElevation(id, terrain);
    return { boundary: least.time('visit 2: fill, D8', id, () => terrain.flow(found.get(id)!.drains, fill.get(id)!)) };
  });
  const flats = reduced('reductions: flats', () => tiledFlowDirection.reduce(field(flow, 'boundary'), layout));
  const paths = each(({ id }, terrain) => {
    loadElevation(id, terrain);
    const told = least.time('visit 3: fill, D8, slope, flats, accumulation, slope length', id, () => {
      terrain.slope(fill.get(id)!, cellSizeMetres);
      terrain.direct(found.get(id)!.drains, fill.get(id)!);
      return terrain.paths(fill.get(id)!, flats.get(id)!, rules);
    });
    tiles.write('direction', id, layerCells(terrain.direction));
    return told;
  });
  const inflow = reduced('reductions: accumulation', () =>
    tiledFlowAccumulation.reduce(field(paths, 'boundary'), layout),
  );
  const lengths = reduced('reductions: slope length', () =>
    tiledSlopeLength(rules).reduce(field(paths, 'lengths'), layout),
  );
  each(({ id }, terrain) => {
    loadElevation(id, terrain);
    loadDirection(id, terrain);
    least.time(lastVisit, id, () => {
      terrain.slope(fill.get(id)!, cellSizeMetres);
      terrain.factors(fill.get(id)!, inflow.get(id)!, lengths.get(id)!, options, cellSizeMetres);
    });
  });
}
