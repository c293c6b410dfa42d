import type { ByteLayers } from '../../models/kernels/byte-layers.ts';
import type { LineRows } from '../../models/kernels/line-rows.ts';
import type { CoverParameters } from './erosion-parameters.ts';
import type { RowPlace } from './strip-inputs.ts';

/** Vegetation cover of rows, fractions 0–1, one array per band; NDVI becomes cover between its end members. */
export function readCover(cover: CoverParameters, input: string, { strip, first, count }: RowPlace): Float32Array[] {
  const bands = strip.layers.get(input)!.read(first, count);
  for (const band of bands) toCover(cover, band);
  return bands;
}

/**
 * Vegetation cover of rows on lines between pixels, where it is interpolated and nothing is missing. NDVI has none: what its
 * end members cut off is no straight line.
 */
export function plainCover(
  cover: CoverParameters,
  input: string,
  { strip, first, count }: RowPlace,
): LineRows | undefined {
  return cover.kind === 'cover' ? strip.layers.get(input)!.plainLines(first, count) : undefined;
}

/** Vegetation cover of rows as bytes, where the file holds bytes whose pixels are the cells. */
export class CoverBytes {
  private readonly cover: CoverParameters;
  private readonly input: string;
  /* What the bytes of the layer mean, and the cover that makes. */
  private stored: Float32Array | undefined;
  private values = new Float32Array(0);

  /** @param input name of the layer */
  constructor(cover: CoverParameters, input: string) {
    this.cover = cover;
    this.input = input;
  }

  read({ strip, first, count }: RowPlace): ByteLayers | undefined {
    const bytes = strip.layers.get(this.input)!.readBytes(first, count);
    if (bytes === undefined) return undefined;
    if (bytes.values !== this.stored) {
      this.stored = bytes.values;
      this.values = bytes.values.slice();
      toCover(this.cover, this.values);
    }
    return { bands: bytes.bands, values: this.values };
  }
}

function toCover(cover: CoverParameters, values: Float32Array): void {
  if (cover.kind === 'cover') return;
  const { soil, vegetation } = cover;
  for (let i = 0; i < values.length; i++)
    values[i] = Math.min(1, Math.max(0, (values[i]! - soil) / (vegetation - soil)));
}
