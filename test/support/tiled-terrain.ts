import { type TileFrame, type TileId, type TileLayout, tileFrames, tileLayout } from '../../models/grid/tile-layout.ts';
import { slopeLengthOptions, type TerrainFactors, type TerrainOptions } from '../../models/terrain/terrain.ts';
import { decodeBoundary, encodeBoundary } from '../../models/terrain/tiled/boundary-bytes.ts';
import { tiledFill } from '../../models/terrain/tiled/fill-depressions-barnes2016.ts';
import { tiledFlowAccumulation } from '../../models/terrain/tiled/flow-accumulation-barnes2017.ts';
import { tiledFlowDirection } from '../../models/terrain/tiled/flow-direction.ts';
import { tiledSlopeLength } from '../../models/terrain/tiled/slope-length.ts';
import { referenceVisits, type TerrainVisits } from '../../models/terrain/tiled/terrain-visits.ts';

type Tiles<T> = Map<TileId, T>;
type Reduce<Boundary, Correction> = (
  boundaries: ReadonlyMap<TileId, Boundary>,
  layout: TileLayout,
) => ReadonlyMap<TileId, Correction>;

/** The order in which tiles are visited, anew for every visit. */
export type TileOrder = (frames: TileFrame[]) => TileFrame[];

/** Time and bytes of each step of a tiled computation. */
export interface TiledMeasures {
  readonly milliseconds: Record<string, number>;
  /** Largest boundary or correction of one tile, bytes. */
  readonly largestArtifact: Record<string, number>;
}

class TileRun {
  readonly layout: TileLayout;
  readonly measures: TiledMeasures = { milliseconds: {}, largestArtifact: {} };
  private readonly order: TileOrder;

  constructor(layout: TileLayout, order: TileOrder) {
    this.layout = layout;
    this.order = order;
  }

  map<T>(step: string, make: (frame: TileFrame) => T): Tiles<T> {
    return this.timed(step, () => new Map(this.order(tileFrames(this.layout)).map((frame) => [frame.id, make(frame)])));
  }

  /** Boundaries and corrections pass as bytes, as they do between processes. */
  reduce<B extends object, C extends object>(step: string, reduce: Reduce<B, C>, boundaries: Tiles<B>): Tiles<C> {
    const given = new Map(
      [...boundaries].map(([id, boundary]) => [id, this.throughBytes(`${step} boundary`, boundary)]),
    );
    const corrections = this.timed(`${step} reduce`, () => reduce(given, this.layout));
    return new Map([...corrections].map(([id, each]) => [id, this.throughBytes(`${step} correction`, each)]));
  }

  private throughBytes<T extends object>(name: string, record: T): T {
    const bytes = encodeBoundary(record);
    const { largestArtifact } = this.measures;
    largestArtifact[name] = Math.max(largestArtifact[name] ?? 0, bytes.length);
    return decodeBoundary<T>(bytes);
  }

  private timed<T>(step: string, work: () => T): T {
    const begin = performance.now();
    const result = work();
    this.measures.milliseconds[step] = performance.now() - begin;
    return result;
  }
}

const field = <T, K extends keyof T>(tiles: Tiles<T>, key: K): Tiles<T[K]> =>
  new Map([...tiles].map(([id, tile]) => [id, tile[key]]));

function cut<A extends Float32Array | Uint8Array>(grid: A, gridWidth: number, frame: TileFrame): A {
  const out = new (grid.constructor as new (length: number) => A)(frame.width * frame.height);
  for (let row = 0; row < frame.height; row++) {
    const start = (frame.y0 + row) * gridWidth + frame.x0;
    out.set(grid.subarray(start, start + frame.width) as never, row * frame.width);
  }
  return out;
}

type Layer = Float32Array | Uint8Array | Uint32Array;

function joined<A extends Layer>(tiles: Tiles<A>, layout: TileLayout): A {
  const [first] = tiles.values();
  const out = new (first!.constructor as new (length: number) => A)(layout.gridWidth * layout.gridHeight);
  for (const frame of tileFrames(layout))
    for (let row = 0; row < frame.height; row++)
      out.set(
        tiles.get(frame.id)!.subarray(row * frame.width, (row + 1) * frame.width) as never,
        (frame.y0 + row) * layout.gridWidth + frame.x0,
      );
  return out;
}

/** Terrain of a grid computed tile by tile; arguments as of `terrainFactors`. */
export function terrainByTiles(
  elevation: Float32Array,
  width: number,
  height: number,
  cellSizeMetres: number,
  tileSize: number,
  options: TerrainOptions,
  order: TileOrder = (frames) => frames.reverse(),
  visits: TerrainVisits = referenceVisits,
): { readonly factors: TerrainFactors; readonly measures: TiledMeasures } {
  const lengthOptions = slopeLengthOptions(options, cellSizeMetres);
  const run = new TileRun(tileLayout(width, height, tileSize), order);
  const tile = run.map('cut', (frame) => cut(elevation, width, frame));
  const found = run.map('fill', (frame) => visits.fill(tile.get(frame.id)!, frame));
  const fill = run.reduce('fill', tiledFill.reduce, field(found, 'boundary'));
  const flow = run.map('flow', (frame) =>
    visits.flow(tile.get(frame.id)!, found.get(frame.id)!.drains, fill.get(frame.id)!, frame),
  );
  const slope = run.map('slope', (frame) =>
    visits.slope(tile.get(frame.id)!, fill.get(frame.id)!, frame, cellSizeMetres),
  );
  const flats = run.reduce('flow', tiledFlowDirection.reduce, field(flow, 'boundary'));
  const gridOf = (id: TileId) => ({ ...flow.get(id)!, slope: slope.get(id)! });
  const paths = run.map('paths', (frame) =>
    visits.paths(gridOf(frame.id), fill.get(frame.id)!, flats.get(frame.id)!, lengthOptions, frame),
  );
  const inflow = run.reduce('accumulation', tiledFlowAccumulation.reduce, field(paths, 'boundary'));
  const lengths = run.reduce('slope length', tiledSlopeLength(lengthOptions).reduce, field(paths, 'lengths'));
  const last = run.map('factors', ({ id, ...extent }) => {
    const grid = { elevation: tile.get(id)!, slope: slope.get(id)!, direction: paths.get(id)!.direction };
    const corrections = [fill.get(id)!, inflow.get(id)!, lengths.get(id)!] as const;
    return visits.factors(grid, ...corrections, options, extent, cellSizeMetres);
  });
  const layer = <K extends Exclude<keyof TerrainFactors, 'filled'>>(key: K) => joined(field(last, key), run.layout);
  return {
    measures: run.measures,
    factors: {
      filled: joined(field(flow, 'filled'), run.layout),
      direction: layer('direction'),
      accumulation: layer('accumulation'),
      slopeDegrees: layer('slopeDegrees'),
      slopeLengthMetres: layer('slopeLengthMetres'),
      slopeLengthFactor: layer('slopeLengthFactor'),
      slopeSteepnessFactor: layer('slopeSteepnessFactor'),
      edges: layer('edges'),
      edgeContamination: layer('edgeContamination'),
    },
  };
}
