import type { GridSpec } from '../../models/grid/grid-spec.ts';
import type { BandContent } from '../../pipeline/formats/raster-write.ts';

/** A GeoTIFF of the region, in memory. */
export interface RasterFile {
  readonly kind: 'raster';
  /** Path inside the region's folder, with `/`. */
  readonly path: string;
  readonly grid: GridSpec;
  readonly metadata: Readonly<Record<string, string>>;
  readonly bands: readonly BandContent[];
}

/** Any other file: its bytes are the same on every machine. */
export interface ByteFile {
  readonly kind: 'bytes';
  readonly path: string;
  readonly bytes: Uint8Array;
}

export type RegionFile = RasterFile | ByteFile;

export const textFile = (path: string, text: string): ByteFile => ({
  kind: 'bytes',
  path,
  bytes: new TextEncoder().encode(text),
});
