/* Endings of the files the program takes, by what reads them; the likeliest first. */

export const rasterEndings = ['.tif', '.tiff', '.img', '.vrt', '.asc', '.bil', '.flt', '.hgt', '.nc'] as const;

/** Rasters too, but as a rule a picture of one: nobody means it who names another. */
export const pictureEndings = ['.png', '.jpg', '.jpeg'] as const;

export const jsonEndings = ['.geojson', '.json'] as const;

/** Vector files that are left to OGR whole. */
export const ogrEndings = ['.gpkg', '.kml', '.kmz', '.gdb', '.fgb', '.gml', '.tab', '.mif'] as const;

export const vectorEndings = ['.shp', ...jsonEndings, ...ogrEndings] as const;

export const tableEndings = ['.csv', '.txt', '.tsv'] as const;

export const runFileEndings = ['.yaml', '.yml'] as const;
