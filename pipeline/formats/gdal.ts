import gdal from 'gdal-async';

// PROJ reads these when it first opens its database: grids must not be fetched behind the user's back.
process.env.PROJ_NETWORK = 'OFF';

gdal.config.set('GDAL_CACHEMAX', '128');
gdal.config.set('GDAL_DISABLE_READDIR_ON_OPEN', 'FALSE');
gdal.config.set('GDAL_HTTP_MAX_RETRY', '0');
// Creation options are this program's own; holding them against the driver's list takes a third of making a file.
gdal.config.set('GDAL_VALIDATE_CREATION_OPTIONS', 'NO');
// One worker process runs per core, so threads inside GDAL would only compete with the other workers.
gdal.config.set('GDAL_NUM_THREADS', '1');
(gdal as unknown as { eventLoopWarning: boolean }).eventLoopWarning = false;
gdal.quiet();
// Once memory of its own that large was given back, the C library keeps up to twice as much for what comes next. Else GDAL's
// buffers of every file come as new pages of the system: six hundred a tile, 1 µs each.
const keptMegabytes = 8;
gdal.drivers
  .get('MEM')
  .create('', 1024, 1024 * keptMegabytes, 1, 'Byte')
  .close();

/** Version of the GDAL library in this process, such as `3.6.2`; part of a run's provenance. */
export const gdalVersion: string = gdal.version;

const creationOptions = String(gdal.drivers.get('GTiff').getMetadata().DMD_CREATIONOPTIONLIST ?? '');

/** False where GDAL was built without Zstandard; working rasters then use DEFLATE at level 1. */
export const hasZstd: boolean = creationOptions.includes('<Value>ZSTD</Value>');

export { gdal };
