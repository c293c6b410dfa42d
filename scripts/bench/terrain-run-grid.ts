import type { GridSpec } from '../../models/grid/grid-spec.ts';
import type { TerrainLayer } from '../../pipeline/tasks/terrain/terrain-layers.ts';

/** Grid of a square raster of 10 m cells. */
export const terrainRunGrid = (side: number): GridSpec => ({
  crs: 'EPSG:4544',
  cellSizeMetres: 10,
  originX: 400_000,
  originY: 3_800_000,
  width: side,
  height: side,
});

/** Layers that the run leaves as files. */
export const terrainRunLayers: readonly TerrainLayer[] = [
  'filled',
  'direction',
  'accumulation',
  'slopeLengthMetres',
  'slopeLengthFactor',
  'slopeSteepnessFactor',
];
