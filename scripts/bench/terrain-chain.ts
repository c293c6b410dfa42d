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
import { type CountryKind, countryElevation } from './terrain-elevation.ts';

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

/** Elevation of all tiles of a square country. */
export function countryTiles(kind: CountryKind, side: number, tileSize: number): Map<TileId, Float32Array> {
  return new Map(
    tileFrames(tileLayout(side, side, tileSize)).map((frame) => [frame.id, countryElevation(kind, frame)]),
  );
}

/**
 * Runs the four visits and their reductions over tiles in memory; returns what each step took. Rasters that stay between the
 * visits are copied out of the kernels' layers and into them again where a run decodes and encodes them; that is not counted.
 */
export function runChain(
  terrainOf: (extent: TileExtent) => TileTerrain,
  elevation: ReadonlyMap<TileId, Float32Array>,
  side: number,
  tileSize: number,
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

  const found = each(({ id }, terrain) => {
    fillLayer(terrain.elevation, elevation.get(id)!);
    return timed('visit 1: basins, passes', () => terrain.fill());
  });
  const fill = timed('reductions: fill', () => tiledFill.reduce(field(found, 'boundary'), layout));
  const flow = each(({ id }, terrain) => {
    fillLayer(terrain.elevation, elevation.get(id)!);
    const boundary = timed('visit 2: fill, D8', () => terrain.flow(found.get(id)!.drains, fill.get(id)!));
    return { filled: layerCells(terrain.filled), direction: layerCells(terrain.direction), boundary };
  });
  const flats = timed('reductions: flats', () => tiledFlowDirection.reduce(field(flow, 'boundary'), layout));
  const paths = each(({ id }, terrain) => {
    fillLayer(terrain.elevation, elevation.get(id)!);
    const step = 'visit 3: slope, flats, accumulation, slope length';
    timed(step, () => terrain.slope(fill.get(id)!, cellSizeMetres));
    fillLayer(terrain.filled, flow.get(id)!.filled);
    fillLayer(terrain.direction, flow.get(id)!.direction);
    const told = timed(step, () => terrain.paths(fill.get(id)!, flats.get(id)!, rules));
    return { ...told, direction: layerCells(terrain.direction) };
  });
  const inflow = timed('reductions: accumulation', () =>
    tiledFlowAccumulation.reduce(field(paths, 'boundary'), layout),
  );
  const lengths = timed('reductions: slope length', () =>
    tiledSlopeLength(rules).reduce(field(paths, 'lengths'), layout),
  );
  each(({ id }, terrain) => {
    fillLayer(terrain.elevation, elevation.get(id)!);
    fillLayer(terrain.direction, paths.get(id)!.direction);
    timed('visit 4: slope, accumulation, slope length, L, S', () => {
      terrain.slope(fill.get(id)!, cellSizeMetres);
      terrain.factors(fill.get(id)!, inflow.get(id)!, lengths.get(id)!, options, cellSizeMetres);
    });
  });
  return seconds;
}
