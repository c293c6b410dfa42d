import type { TerrainParameters } from '../../pipeline/tasks/terrain/terrain-methods.ts';

/** Terrain settings of a default CSLE run, with channels on small grids. */
export const terrainSettings: TerrainParameters = {
  variant: 'aml',
  gentleCutOff: 0.7,
  steepCutOff: 0.5,
  channelAreaSquareMetres: 4000,
  steepness: { method: 'csle-liu1994', settings: {} },
  length: { method: 'csle-foster-wischmeier1974', settings: {} },
  maxSlopeLengthMetres: null,
};
