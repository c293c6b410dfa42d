import { type TileFrame, type TileId, tileFrames, tileLayout } from '../../models/grid/tile-layout.ts';
import { slopeLengthOptions } from '../../models/terrain/terrain.ts';
import { tiledFill } from '../../models/terrain/tiled/fill-depressions-barnes2016.ts';
import { tiledFlowAccumulation } from '../../models/terrain/tiled/flow-accumulation-barnes2017.ts';
import { tiledFlowDirection } from '../../models/terrain/tiled/flow-direction.ts';
import { tiledSlopeLength } from '../../models/terrain/tiled/slope-length.ts';
import type { TerrainVisits } from '../../models/terrain/tiled/terrain-visits.ts';
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

/** Runs the four visits and their reductions over tiles in memory; returns what each step took. */
export function runChain(
  visits: TerrainVisits,
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
    seconds[step] = (user + system) / 1e6;
    return result;
  };
  const visit = <T>(step: string, make: (frame: TileFrame) => T): Map<TileId, T> =>
    timed(step, () => new Map(frames.map((frame) => [frame.id, make(frame)])));
  const field = <T, K extends keyof T>(tiles: Map<TileId, T>, key: K): Map<TileId, T[K]> =>
    new Map([...tiles].map(([id, tile]) => [id, tile[key]]));
  const rules = slopeLengthOptions(options, cellSizeMetres);

  const found = visit('visit 1: basins, passes', (frame) => visits.fill(elevation.get(frame.id)!, frame));
  const fill = timed('reductions: fill', () => tiledFill.reduce(field(found, 'boundary'), layout));
  const flow = visit('visit 2: fill, D8', (frame) =>
    visits.flow(elevation.get(frame.id)!, found.get(frame.id)!.drains, fill.get(frame.id)!, frame),
  );
  const flats = timed('reductions: flats', () => tiledFlowDirection.reduce(field(flow, 'boundary'), layout));
  const paths = visit('visit 3: slope, flats, accumulation, slope length', (frame) => {
    const slope = visits.slope(elevation.get(frame.id)!, fill.get(frame.id)!, frame, cellSizeMetres);
    return visits.paths({ ...flow.get(frame.id)!, slope }, fill.get(frame.id)!, flats.get(frame.id)!, rules, frame);
  });
  const inflow = timed('reductions: accumulation', () =>
    tiledFlowAccumulation.reduce(field(paths, 'boundary'), layout),
  );
  const lengths = timed('reductions: slope length', () =>
    tiledSlopeLength(rules).reduce(field(paths, 'lengths'), layout),
  );
  visit('visit 4: slope, accumulation, slope length, L, S', (frame) => {
    const z = elevation.get(frame.id)!;
    const corrections = [fill.get(frame.id)!, inflow.get(frame.id)!, lengths.get(frame.id)!] as const;
    const slope = visits.slope(z, corrections[0], frame, cellSizeMetres);
    const grid = { elevation: z, slope, direction: paths.get(frame.id)!.direction };
    return visits.factors(grid, ...corrections, options, frame, cellSizeMetres).slopeSteepnessFactor[0];
  });
  return seconds;
}
