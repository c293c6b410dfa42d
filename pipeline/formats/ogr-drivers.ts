/**
 * OGR's drivers for files that a Chinese bureau hands in. No other is let near a file: some take one that only names
 * further files or servers, whatever its own name says.
 */
export const ogrDrivers = ['GPKG', 'FlatGeobuf', 'KML', 'LIBKML', 'GML', 'MapInfo File', 'OpenFileGDB'] as const;

/** Those for JSON, which the inspection reads by itself. */
export const jsonDrivers = ['GeoJSON', 'GeoJSONSeq', 'ESRIJSON', 'TopoJSON'] as const;

export const shapefileDriver = 'ESRI Shapefile';
