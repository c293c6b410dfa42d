import { type TileFrame, type TileId, tileFrames, tileLayout } from '../../models/grid/tile-layout.ts';
import { slopeLengthOptions } from '../../models/terrain/terrain.ts';
import { tiledFill } from '../../models/terrain/tiled/fill-depressions-barnes2016.ts';
import { tiledFlowAccumulation } from '../../models/terrain/tiled/flow-accumulation-barnes2017.ts';
import { tiledFlowDirection } from '../../models/terrain/tiled/flow-direction.ts';
import { tiledSlopeLength } from '../../models/terrain/tiled/slope-length.ts';
import type { TileExtent } from '../../models/terrain/tiled/tiled-reduction.ts';
import { fillLayer, layerCells } from '../../pipeline/formats/row-layer.ts';
import type { TileTerrain } from '../../pipeline/kernels/terrain/tile-terrain.ts';
import { terrainOptions } from '../../pipeline/tasks/terrain/terrain-methods.ts';
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

const options = terrainOptions(benchTerrain);
const cellSizeMetres = 10;

/** CPU seconds by step of the chain. */
export type ChainSeconds = Readonly<Record<string, number>>;

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
 * Runs the four visits and their reductions over the tiles of a country; returns what each step took. Rasters go into the
 * kernels' layers and out of them by files where a run decodes and encodes them; that is not counted.
 */
export function runChain(
  terrainOf: (extent: TileExtent) => TileTerrain,
  { side, tileSize, tiles }: BenchCountry,
): ChainSeconds {
  const layout = tileLayout(side, side, tileSize);
  const frames = tileFrames(layout);
  const seconds: Record<string, number> = {};
  const timed = <T>(step: string, work: () => T): T => {
    const start = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(start);
    seconds[step] = (seconds[step] ?? 0) + (user + system) / 1e6;
    return result;
  };
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
    return timed('visit 1: basins, passes', () => terrain.fill());
  });
  const fill = timed('reductions: fill', () => tiledFill.reduce(field(found, 'boundary'), layout));
  const flow = each(({ id }, terrain) => {
    loadElevation(id, terrain);
    return { boundary: timed('visit 2: fill, D8', () => terrain.flow(found.get(id)!.drains, fill.get(id)!)) };
  });
  const flats = timed('reductions: flats', () => tiledFlowDirection.reduce(field(flow, 'boundary'), layout));
  const paths = each(({ id }, terrain) => {
    loadElevation(id, terrain);
    const told = timed('visit 3: fill, D8, slope, flats, accumulation, slope length', () => {
      terrain.direct(found.get(id)!.drains, fill.get(id)!);
      terrain.slope(fill.get(id)!, cellSizeMetres);
      return terrain.paths(fill.get(id)!, flats.get(id)!, rules);
    });
    tiles.write('direction', id, layerCells(terrain.direction));
    return told;
  });
  const inflow = timed('reductions: accumulation', () =>
    tiledFlowAccumulation.reduce(field(paths, 'boundary'), layout),
  );
  const lengths = timed('reductions: slope length', () =>
    tiledSlopeLength(rules).reduce(field(paths, 'lengths'), layout),
  );
  each(({ id }, terrain) => {
    loadElevation(id, terrain);
    loadDirection(id, terrain);
    timed('visit 4: slope, accumulation, slope length, L, S', () => {
      terrain.slope(fill.get(id)!, cellSizeMetres);
      terrain.factors(fill.get(id)!, inflow.get(id)!, lengths.get(id)!, options, cellSizeMetres);
    });
  });
  return seconds;
}
