import type { TileTerrain } from '../../kernels/terrain/tile-terrain.ts';
import type { TaskOutput } from '../task.ts';
import { boundaryOutput } from './boundary-artifact.ts';

/**
 * Finds how the depressions of a tile whose elevation is at hand overflow as far as the tile can tell. Besides what its
 * perimeter tells (`boundary`) it hands on a few bytes for each pit (`drains`), so that later visits need not look for the
 * passes again.
 */
export function firstVisit(terrain: TileTerrain): { readonly boundary: TaskOutput; readonly drains: TaskOutput } {
  const { boundary, drains } = terrain.fill();
  return { boundary: boundaryOutput(boundary), drains: boundaryOutput(drains) };
}
