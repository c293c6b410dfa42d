import type { TerrainVisits } from '../../../models/terrain/tiled/terrain-visits.ts';
import type { TileExtent } from '../../../models/terrain/tiled/tiled-reduction.ts';
import { fillLayer, layerCells } from '../../formats/row-layer.ts';
import type { TileTerrain } from './tile-terrain.ts';

/** Visits on arrays of their own, as the reference takes and gives them, done by those that work in place. */
export function visitsOnArrays(terrainOf: (extent: TileExtent) => TileTerrain): TerrainVisits {
  const withElevation = (elevation: Float32Array, extent: TileExtent): TileTerrain => {
    const terrain = terrainOf(extent);
    fillLayer(terrain.elevation, elevation);
    return terrain;
  };
  return {
    fill: (elevation, extent) => withElevation(elevation, extent).fill(),
    flow(elevation, drains, fill, extent) {
      const terrain = withElevation(elevation, extent);
      const boundary = terrain.flow(drains, fill);
      return { filled: layerCells(terrain.filled), direction: layerCells(terrain.direction), boundary };
    },
    slope(elevation, fill, extent, cellSizeMetres) {
      const terrain = withElevation(elevation, extent);
      terrain.slope(fill, cellSizeMetres);
      return layerCells(terrain.slopeDegrees);
    },
    paths({ filled, slope, direction }, fill, flats, rules, extent) {
      const terrain = terrainOf(extent);
      fillLayer(terrain.filled, filled);
      fillLayer(terrain.slopeDegrees, slope);
      fillLayer(terrain.direction, direction);
      const told = terrain.paths(fill, flats, rules);
      return { direction: layerCells(terrain.direction), ...told };
    },
    factors({ elevation, slope, direction }, fill, inflow, lengths, options, extent, cellSizeMetres) {
      const terrain = withElevation(elevation, extent);
      fillLayer(terrain.slopeDegrees, slope);
      fillLayer(terrain.direction, direction);
      const result = terrain.factors(fill, inflow, lengths, options, cellSizeMetres);
      return {
        direction: layerCells(terrain.direction),
        accumulation: layerCells(result.accumulation),
        slopeDegrees: slope,
        slopeLengthMetres: layerCells(result.slopeLengthMetres),
        slopeLengthFactor: layerCells(result.slopeLengthFactor),
        slopeSteepnessFactor: layerCells(result.slopeSteepnessFactor),
        edges: layerCells(result.edges),
        edgeContamination: layerCells(result.edgeContamination),
      };
    },
  };
}
