import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Inspection } from '../../../pipeline/formats/inspect/inspection.ts';
import { Inspector } from '../../../pipeline/formats/inspect/inspector-pool.ts';
import { findingsOf } from '../../../pipeline/inputs/check-inputs.ts';
import { describeInspection } from '../../../pipeline/inputs/describe-files.ts';
import { layers } from '../../../pipeline/inputs/layers.ts';
import type { Finding } from '../../../pipeline/messages/finding.ts';
import { hasSharedData, sharedData } from '../../support/shared-data.ts';

const root = sharedData('bad_geotiff', 'dev');
const files = hasSharedData
  ? readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(tiff?|vrt|zip)$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
      .sort()
  : [];

const megabytes = 1024 * 1024;
const seen = new Map<string, { inspection: Inspection; seconds: number }>();
let inspector: Inspector;

/** What the check says of a file given as elevation. */
function findings(file: string): Finding[] {
  const declared = { layer: 'elevation', file: join(root, file), displayName: file } as const;
  return findingsOf([{ declared, spec: layers.elevation, inspection: seen.get(file)!.inspection }], {});
}

const codes = (file: string): string[] => findings(file).map(({ code }) => code);
const errors = (file: string): string[] =>
  findings(file)
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);

describe.skipIf(!hasSharedData)('malformed, unusual and hostile TIFFs', () => {
  beforeAll(async () => {
    inspector = new Inspector();
    for (const file of files) {
      const started = performance.now();
      const inspection = await inspector.inspect({ path: join(root, file), holes: true });
      seen.set(file, { inspection, seconds: (performance.now() - started) / 1000 });
    }
  }, 240_000);
  afterAll(() => inspector?.close());

  test('the folder is there in full', () => {
    expect(files.length).toBeGreaterThanOrEqual(95);
  });

  test.each(files)('%s has one line in each language', (file) => {
    const { inspection } = seen.get(file)!;
    for (const language of ['zh', 'en'] as const) {
      const line = describeInspection(inspection, language);
      expect(line.length).toBeGreaterThan(5);
      expect(line).not.toMatch(/\n|undefined|\[object|NaN|at .*\.[jt]s:\d/);
    }
    if (inspection.kind === 'unreadable') expect(inspection.code).not.toBe('inspection-crashed');
    // What can be opened but not used, and what is damaged, must not pass as if nothing were wrong.
    if (inspection.kind === 'unreadable' || ('damage' in inspection && inspection.damage))
      expect(errors(file).length).toBeGreaterThan(0);
  });

  test('no file takes 5 s or 500 MB', () => {
    // Processor time, as the guard counts it: the clock of a busy machine says little.
    expect(inspector.slowestMilliseconds).toBeLessThan(5000);
    expect(inspector.peakResidentBytes).toBeLessThan(500 * megabytes);
    expect(inspector.peakResidentBytes).toBeGreaterThan(20 * megabytes);
  });

  test('bombs and broken headers are refused by their numbers, before any value is read', () => {
    for (const file of ['header_bomb_4e9.tif', 'header_bomb_200k_float64.tif', 'tile_zero.tif', 'ifd_loop.tif']) {
      const { inspection, seconds } = seen.get(join('derived', file))!;
      expect(inspection.kind, file).toBe('unreadable');
      expect(seconds, file).toBeLessThan(2.5);
    }
    expect(codes('derived/deflate_bomb_30000x30000.tif')).toContain('size-suspicious');
    expect(codes('derived/sparse_60000x60000.tif')).toContain('size-sparse');
  });

  test('the variants of one elevation are told apart', () => {
    const expected: Readonly<Record<string, readonly string[]>> = {
      'ywz_rot15.tif': ['georeference-rotated'],
      'ywz_south_up.tif': ['georeference-south-up'],
      'ywz_gcp_only.tif': ['georeference-gcp-only'],
      'ywz_no_crs.tif': ['crs-missing'],
      'ywz_no_georef.tif': ['georeference-from-side-file'],
      'ywz_deg_in_utm.tif': ['crs-degrees-in-projected'],
      'ywz_zero_pixel.tif': ['georeference-degenerate'],
      'ywz_feet_int16_scale.tif': [],
      'truncated_lijiayan_dem.tif': ['file-damaged'],
    };
    for (const [file, wanted] of Object.entries(expected))
      expect(codes(join('derived', file)), file).toEqual(expect.arrayContaining([...wanted]));
  });

  test('byte order, BigTIFF, tiles and planes do not change what is seen', () => {
    for (const file of ['ywz_bigendian.tif', 'ywz_bigtiff_tiled.tif']) {
      const { inspection } = seen.get(join('derived', file))!;
      expect(inspection, file).toMatchObject({ kind: 'raster', width: 127, height: 98, crs: { epsg: 2415 } });
      if (inspection.kind !== 'raster') continue;
      const [band] = inspection.statistics;
      expect([band!.minimum, band!.maximum], file).toEqual([expect.closeTo(278.33, 1), expect.closeTo(549.51, 1)]);
      expect(errors(join('derived', file)), file).toEqual([]);
    }
    expect(seen.get('derived/ywz_planar_sep_3band.tif')!.inspection).toMatchObject({ bandCount: 3 });
  });
});
