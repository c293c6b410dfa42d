/**
 * Child process that describes one file after another for its parent. A file that crashes it, hangs it or makes it
 * grow takes only this process down.
 */
import { gdal } from '../gdal.ts';
import { inspectFile } from './inspect-file.ts';
import type { InspectionRequest } from './inspection.ts';

// Blocks are visited once, so a large cache would only hold memory.
gdal.config.set('GDAL_CACHEMAX', '24');
gdal.config.set('GDAL_PAM_ENABLED', 'YES');
gdal.config.set('GTIFF_POINT_GEO_IGNORE', 'FALSE');
gdal.config.set('CPL_CURL_ENABLE_VSIMEM', 'NO');

process.on('disconnect', () => process.exit(0));

process.on('message', async (message: { id: number; request: InspectionRequest }) => {
  const extendTime = (milliseconds: number): void => {
    process.send?.({ id: message.id, extendMilliseconds: milliseconds });
  };
  const inspection = await inspectFile({ ...message.request, extendTime });
  process.send?.({ id: message.id, inspection, residentBytes: process.memoryUsage.rss() });
});

process.send?.({ ready: true });
