import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { QuarantinedRow } from './read-features.ts';

/** Writes refused rows with their reasons as a GeoJSON file: nothing that came in is lost. */
export async function writeQuarantine(path: string, rows: readonly QuarantinedRow[]): Promise<void> {
  const features = rows.map(({ fid, reason, attributes, geometry }) =>
    JSON.stringify({
      type: 'Feature',
      properties: { ...attributes, FID_: fid, REASON_ZH: reason.zh, REASON_EN: reason.en },
      geometry,
    }),
  );
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `{"type":"FeatureCollection","features":[\n${features.join(',\n')}\n]}\n`);
}
