import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { gdal } from '../../../pipeline/formats/gdal.ts';
import { Inspector } from '../../../pipeline/formats/inspect/inspector-pool.ts';
import type { PixelArray } from '../../../pipeline/formats/pixel-type.ts';
import { type BandDescription, type PlacedRaster, writeRaster } from '../../../pipeline/formats/raster-write.ts';
import { checkInputs } from '../../../pipeline/inputs/check-inputs.ts';
import { renderCheckPage } from '../../../pipeline/inputs/check-page.ts';
import type { CheckContext, DeclaredInput, DeclaredOptions } from '../../../pipeline/inputs/declared-input.ts';
import type { LayerId } from '../../../pipeline/inputs/layer-spec.ts';
import type { Finding } from '../../../pipeline/messages/finding.ts';

/** A raster for a check; what is left out is a 20 × 16 raster of 30 m cells near Dingxi on CGCS2000, with hills. */
export interface RasterDraft {
  readonly crs?: string | null;
  readonly geotransform?: PlacedRaster['geotransform'];
  readonly width?: number;
  readonly height?: number;
  /** One array per band, or a function of the cell for one float band. */
  readonly bands?: readonly PixelArray[] | ((cell: number) => number);
  readonly description?: BandDescription;
  readonly metadata?: Readonly<Record<string, string>>;
}

export const cgcs2000 = 'EPSG:4544';
const home: PlacedRaster['geotransform'] = [450_000, 30, 0, 3_938_000, 0, -30];
export const [width, height] = [20, 16];
export const cells = width * height;
const hills = (cell: number): number => 1500 + 40 * Math.sin(cell / 7) + (cell % width);

/** Byte band by a function of the cell. */
export const bytes = (value: (cell: number) => number): Uint8Array =>
  Uint8Array.from({ length: cells }, (_, i) => value(i));
/** Float band by a function of the cell. */
export const floats = (value: (cell: number) => number): Float32Array =>
  Float32Array.from({ length: cells }, (_, i) => value(i));

/** True on the outermost ring of the draft raster. */
export const onRim = (cell: number): boolean =>
  cell < width || cell >= cells - width || cell % width === 0 || cell % width === width - 1;

/** Writes drafts into a directory of its own and checks them, with one inspecting process for all. */
export class Checker {
  readonly folder = mkdtempSync(join(tmpdir(), 'shuibao-checks-'));
  readonly inspector = new Inspector();

  close(): void {
    this.inspector.close();
    rmSync(this.folder, { recursive: true });
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  text(name: string, content: string | Uint8Array): string {
    writeFileSync(this.path(name), content);
    return name;
  }

  async raster(name: string, draft: RasterDraft = {}): Promise<string> {
    const { bands = hills, crs = cgcs2000, geotransform = home, description, metadata } = draft;
    const grid = { crs, geotransform, width: draft.width ?? width, height: draft.height ?? height };
    const count = grid.width * grid.height;
    const arrays = typeof bands === 'function' ? [Float32Array.from({ length: count }, (_, i) => bands(i))] : bands;
    await writeRaster(this.path(name), {
      grid,
      codec: 'deliverable',
      ...(metadata ? { metadata } : {}),
      bands: arrays.map((data) => ({ data, ...description })),
    });
    return name;
  }

  /** Changes a raster in place by GDAL. */
  edit(name: string, change: (dataset: ReturnType<typeof gdal.open>) => void): string {
    const dataset = gdal.open(this.path(name), 'r+');
    change(dataset);
    dataset.close();
    return name;
  }

  declare(layer: LayerId, name: string, options: DeclaredOptions = {}): DeclaredInput {
    return { layer, file: this.path(name), displayName: name, options };
  }

  /** All findings; each is held to being readable in both languages. */
  async findings(inputs: readonly DeclaredInput[], context: CheckContext = {}): Promise<readonly Finding[]> {
    const { findings, inspections } = await checkInputs(inputs, context, this.inspector);
    for (const language of ['zh', 'en'] as const) {
      const page = renderCheckPage(inspections, findings, language);
      expect(page).not.toMatch(/undefined|\[object|Infinity| {2}at /);
      for (const { found } of findings) expect(page).toContain(found[language]);
    }
    return findings;
  }

  /** `severity code` of the findings about one file, or about all. */
  async codes(inputs: readonly DeclaredInput[], context: CheckContext = {}, file?: string): Promise<string[]> {
    const findings = await this.findings(inputs, context);
    return findings
      .filter((each) => file === undefined || each.file === file)
      .map(({ severity, code }) => `${severity} ${code}`);
  }

  /** The same for one raster given as a layer. */
  async codesOf(layer: LayerId, name: string, options: DeclaredOptions = {}, context: CheckContext = {}) {
    return this.codes([this.declare(layer, name, options)], context);
  }
}
