import type { RegionContent } from '../region-content.ts';
import { rasterFiles } from './raster-files.ts';
import type { RegionFile } from './region-file.ts';
import { tableFiles } from './tables.ts';
import { vectorFiles } from './vector-files.ts';

/** Every file of the region, in memory. */
export function regionFiles(content: RegionContent): RegionFile[] {
  return [...rasterFiles(content), ...vectorFiles(content), ...tableFiles(content)];
}
