import { referenceVisits } from '../../../models/terrain/tiled/terrain-visits.ts';
import type { TileExtent } from '../../../models/terrain/tiled/tiled-reduction.ts';
import { wholeLayer } from '../../formats/row-layer.ts';
import type { TileTerrain } from './tile-terrain.ts';

/** The visits to a tile in TypeScript. */
export function referenceTerrain(extent: TileExtent): TileTerrain {
  const { width, height } = extent;
  const cells = width * height;
  const floats = () => wholeLayer(new Float32Array(cells), width, height);
  const [elevation, filled, slopeDegrees] = [floats(), floats(), floats()];
  const direction = wholeLayer(new Uint8Array(cells), width, height);
  const flow: TileTerrain['flow'] = (drains, fill) => {
    const visit = referenceVisits.flow(elevation.cells, drains, fill, extent);
    filled.cells.set(visit.filled);
    direction.cells.set(visit.direction);
    return visit.boundary;
  };
  return {
    elevation,
    filled,
    direction,
    slopeDegrees,
    fill: () => referenceVisits.fill(elevation.cells, extent),
    flow,
    direct: (drains, fill) => void flow(drains, fill),
    slope(fill, cellSizeMetres) {
      slopeDegrees.cells.set(referenceVisits.slope(elevation.cells, fill, extent, cellSizeMetres));
    },
    paths(fill, flats, rules) {
      const grid = { filled: filled.cells, slope: slopeDegrees.cells, direction: direction.cells };
      const { direction: resolved, ...told } = referenceVisits.paths(grid, fill, flats, rules, extent);
      direction.cells.set(resolved);
      return told;
    },
    factors(fill, inflow, lengths, options, cellSizeMetres) {
      const grid = { elevation: elevation.cells, slope: slopeDegrees.cells, direction: direction.cells };
      const result = referenceVisits.factors(grid, fill, inflow, lengths, options, extent, cellSizeMetres);
      return {
        accumulation: wholeLayer(result.accumulation, width, height),
        slopeLengthMetres: wholeLayer(result.slopeLengthMetres, width, height),
        slopeLengthFactor: wholeLayer(result.slopeLengthFactor, width, height),
        slopeSteepnessFactor: wholeLayer(result.slopeSteepnessFactor, width, height),
        edges: wholeLayer(result.edges, width, height),
        edgeContamination: wholeLayer(result.edgeContamination, width, height),
      };
    },
  };
}
