/** Float layers of the last visit to a tile, in file order. */
export const terrainFloats = [
  { layer: 'slopeDegrees', description: 'slope', unit: '°' },
  { layer: 'slopeLengthMetres', description: 'slope length', unit: 'm' },
  { layer: 'slopeLengthFactor', description: 'slope length factor L', unit: '1' },
  { layer: 'slopeSteepnessFactor', description: 'slope steepness factor S', unit: '1' },
] as const;

/** Its layers of whole numbers, each in a file of its own. */
export const terrainCounts = ['direction', 'accumulation', 'edgeContamination'] as const;

/** A raster that the terrain tasks can leave of a tile. */
export type TerrainLayer = 'filled' | (typeof terrainFloats)[number]['layer'] | (typeof terrainCounts)[number];

/** What the annual pass reads of the terrain, and where its results depend on land outside the data. */
export const annualTerrainLayers: readonly TerrainLayer[] = [
  'slopeDegrees',
  'slopeLengthFactor',
  'slopeSteepnessFactor',
  'edgeContamination',
];

/** Float layers of a tile that leaves certain layers, in the order of their bands. */
export const floatLayers = (layers: readonly TerrainLayer[]): (typeof terrainFloats)[number][] =>
  terrainFloats.filter(({ layer }) => layers.includes(layer));
