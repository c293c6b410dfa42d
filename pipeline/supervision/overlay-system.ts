import { coordinateTransform, isGeographic } from '../formats/crs.ts';
import { boxOf } from '../overlay/box-index.ts';
import type { PatchDraft } from './patch-record.ts';

/**
 * System in which patches of any systems are held against boundaries: conformal, in metres, with its meridian through their
 * middle, so that distances and tolerances hold wherever they lie.
 */
export function overlaySystem(drafts: readonly PatchDraft[]): string {
  const longitudes = drafts.map(({ geometry, crs }) => {
    const [west, south, east, north] = boxOf(geometry);
    const [x, y] = [(west + east) / 2, (south + north) / 2];
    return isGeographic(crs) ? x : coordinateTransform(crs, 'EPSG:4490').point(x, y)[0];
  });
  const mean = longitudes.reduce((sum, longitude) => sum + longitude, 0) / Math.max(1, longitudes.length);
  const meridian = Math.round(mean * 10) / 10;
  return `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs`;
}
