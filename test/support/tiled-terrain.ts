import { type TileFrame, type TileId, type TileLayout, tileFrames, tileLayout } from '../../models/grid/tile-layout.ts';
import { edgeCells } from '../../models/terrain/edge-cells.ts';
import { slopeDegrees } from '../../models/terrain/slope-horn1981.ts';
import type { SlopeLengthOptions } from '../../models/terrain/slope-length-van-remortel2004.ts';
import { decodeBoundary, encodeBoundary } from '../../models/terrain/tiled/boundary-bytes.ts';
import { tiledFill } from '../../models/terrain/tiled/fill-depressions-barnes2016.ts';
import { tiledFlowAccumulation } from '../../models/terrain/tiled/flow-accumulation-barnes2017.ts';
import { tiledFlowDirection } from '../../models/terrain/tiled/flow-direction.ts';
import { cropped, windowWithHalo } from '../../models/terrain/tiled/halo.ts';
import { tiledSlopeLength } from '../../models/terrain/tiled/slope-length.ts';
import type { TiledReduction, TiledRelaxation } from '../../models/terrain/tiled/tiled-reduction.ts';

type Tiles<T> = Map<TileId, T>;

/** Boundaries and corrections go through bytes, as they do between processes. */
const throughBytes = <T extends object>(record: T): T => decodeBoundary<T>(encodeBoundary(record));

function mapTiles<T>(layout: TileLayout, make: (frame: TileFrame) => T): Tiles<T> {
  // Backwards, so that nothing can lean on the order of tiles.
  return new Map(
    tileFrames(layout)
      .reverse()
      .map((frame) => [frame.id, make(frame)]),
  );
}

function runReduction<Grid, Partial, Boundary extends object, Correction extends object, Result>(
  reduction: TiledReduction<Grid, Partial, Boundary, Correction, Result>,
  grids: Tiles<Grid>,
  layout: TileLayout,
): Tiles<Result> {
  const first = mapTiles(layout, (frame) => reduction.tile(grids.get(frame.id)!, frame));
  const boundaries = mapTiles(layout, ({ id }) => throughBytes(first.get(id)!.boundary));
  const corrections = reduction.reduce(boundaries, layout);
  return mapTiles(layout, (frame) => {
    const correction = throughBytes(corrections.get(frame.id)!);
    return reduction.finalise(grids.get(frame.id)!, first.get(frame.id)!.partial, correction, frame);
  });
}

/** Visits tiles until none is told anything new; counts the visits. */
function runRelaxation<Grid, Boundary extends object, Correction extends object, Result>(
  relaxation: TiledRelaxation<Grid, Boundary, Correction, Result>,
  grids: Tiles<Grid>,
  layout: TileLayout,
): { results: Tiles<Result>; visits: number } {
  const states = mapTiles(layout, (frame) => relaxation.tile(grids.get(frame.id)!, frame));
  const told = new Map<TileId, string>();
  let visits = states.size;
  for (let changed = true; changed; ) {
    changed = false;
    const boundaries = mapTiles(layout, ({ id }) => throughBytes(states.get(id)!.boundary));
    const corrections = relaxation.exchange(boundaries, layout);
    for (const frame of tileFrames(layout)) {
      const correction = corrections.get(frame.id)!;
      const bytes = Buffer.from(encodeBoundary(correction)).toString('base64');
      if (told.get(frame.id) === bytes) continue;
      told.set(frame.id, bytes);
      states.set(frame.id, relaxation.tile(grids.get(frame.id)!, frame, throughBytes(correction)));
      changed = true;
      visits++;
    }
  }
  return { results: mapTiles(layout, ({ id }) => states.get(id)!.result), visits };
}

function joined<A extends Float32Array | Uint8Array | Uint32Array>(tiles: Tiles<A>, layout: TileLayout, out: A): A {
  for (const frame of tileFrames(layout)) {
    const tile = tiles.get(frame.id)!;
    for (let row = 0; row < frame.height; row++)
      out.set(
        tile.subarray(row * frame.width, (row + 1) * frame.width) as never,
        (frame.y0 + row) * layout.gridWidth + frame.x0,
      );
  }
  return out;
}

/** Terrain of a grid computed tile by tile, all perimeters passed on as bytes. */
export function terrainByTiles(
  elevation: Float32Array,
  width: number,
  height: number,
  cellSizeMetres: number,
  tileSize: number,
  options: SlopeLengthOptions,
) {
  const layout = tileLayout(width, height, tileSize);
  const grids = mapTiles(layout, (frame) => windowWithHalo(elevation, width, height, frame, Number.NaN));
  const slope = mapTiles(layout, (frame) => {
    const grid = grids.get(frame.id)!;
    const [w, h] = [frame.width + 2, frame.height + 2];
    return cropped(slopeDegrees(grid, edgeCells(grid, w, h), w, h, cellSizeMetres), frame.width, frame.height);
  });
  const filledWithHalo = runReduction(tiledFill, grids, layout);
  const { results: direction, visits } = runRelaxation(tiledFlowDirection, filledWithHalo, layout);
  const accumulation = runReduction(
    tiledFlowAccumulation,
    mapTiles(layout, ({ id }) => ({ direction: direction.get(id)! })),
    layout,
  );
  const edgesUpstream = runReduction(
    tiledFlowAccumulation,
    mapTiles(layout, (frame) => {
      const grid = grids.get(frame.id)!;
      const edges = cropped(edgeCells(grid, frame.width + 2, frame.height + 2), frame.width, frame.height);
      return { direction: direction.get(frame.id)!, weights: edges.map((edge) => (edge === 1 ? 1 : 0)) };
    }),
    layout,
  );
  const lengthUnits = runReduction(
    tiledSlopeLength(options),
    mapTiles(layout, ({ id }) => ({
      direction: direction.get(id)!,
      accumulation: accumulation.get(id)!,
      slope: slope.get(id)!,
    })),
    layout,
  );
  const cells = width * height;
  return {
    visitsPerTile: visits / (layout.columns * layout.rows),
    slope: joined(slope, layout, new Float32Array(cells)),
    filled: joined(
      mapTiles(layout, ({ id, width: w, height: h }) => cropped(filledWithHalo.get(id)!, w, h)),
      layout,
      new Float32Array(cells),
    ),
    direction: joined(direction, layout, new Uint8Array(cells)),
    accumulation: joined(accumulation, layout, new Uint32Array(cells)),
    edgesUpstream: joined(edgesUpstream, layout, new Uint32Array(cells)),
    lengthUnits: joined(lengthUnits, layout, new Uint32Array(cells)),
  };
}
