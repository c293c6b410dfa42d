/** What the annual pass reads of the terrain: bands of one raster, in this order. */
export const terrainBands = [
  { layer: 'slopeDegrees', description: 'slope', unit: '°' },
  { layer: 'slopeLengthFactor', description: 'slope length factor L', unit: '1' },
  { layer: 'slopeSteepnessFactor', description: 'slope steepness factor S', unit: '1' },
] as const;

/** Layers of the last visit that have a raster of their own, so that whoever asks for one changes no other. Bytes shrink to a fifth at little cost. */
export const terrainRasters = [
  { layer: 'direction', nodata: 255, description: 'D8 flow direction', codec: 'working' },
  { layer: 'accumulation', nodata: 0, description: 'flow accumulation, cells', codec: 'working-unpacked' },
  { layer: 'slopeLengthMetres', nodata: Number.NaN, description: 'slope length', unit: 'm', codec: 'working-unpacked' },
  { layer: 'edgeContamination', nodata: 255, description: 'edge contamination', codec: 'working' },
] as const;

/** A raster that the terrain tasks can leave of a tile. */
export type TerrainLayer = 'filled' | (typeof terrainBands)[number]['layer'] | (typeof terrainRasters)[number]['layer'];

/** What the annual pass reads of the terrain. */
export const annualTerrainLayers: readonly TerrainLayer[] = terrainBands.map(({ layer }) => layer);
