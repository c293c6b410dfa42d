import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { geoJsonText } from '../formats/geojson-text.ts';
import type { Geometry } from '../formats/geometry.ts';
import type { PropertyValue } from '../formats/vector-read.ts';
import type { Text } from '../messages/text.ts';

/** A row that was not taken in, and why. It keeps all it had. */
export interface QuarantinedRow {
  /** Number of the feature in the file. */
  readonly fid: number;
  readonly reason: Text;
  readonly attributes: Readonly<Record<string, PropertyValue>>;
  readonly geometry: Geometry | null;
}

/** Fields that quarantine adds to a row; they are no part of it when it comes in again. */
export const quarantineFields = ['FID_', 'REASON_ZH', 'REASON_EN'] as const;

/**
 * Writes refused rows with their reasons as a GeoJSON file: nothing that came in is lost, and mended there it can be taken in.
 *
 * @param crs coordinate system of the rows
 */
export async function writeQuarantine(path: string, crs: string, rows: readonly QuarantinedRow[]): Promise<void> {
  const features = rows.map(({ fid, reason, attributes, geometry }) => {
    const told: Readonly<Record<(typeof quarantineFields)[number], PropertyValue>> = {
      FID_: fid,
      REASON_ZH: reason.zh,
      REASON_EN: reason.en,
    };
    return JSON.stringify({ type: 'Feature', properties: { ...attributes, ...told }, geometry });
  });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, geoJsonText(crs, features));
}
