import type { LayerParameters } from '../tasks/erosion-parameters.ts';

interface Stated {
  readonly crs?: string | undefined;
  readonly nodata?: number | undefined;
  readonly band?: number | undefined;
}

/** Layer parameters of a raster input: what the run file states, and the scale and range of the layer. */
export function layerParameters(
  input: Stated,
  range: readonly [number, number],
  scale = 1,
  bands: readonly number[] = [input.band ?? 1],
): LayerParameters {
  return { bands, crs: input.crs ?? null, nodata: input.nodata ?? null, scale, offset: 0, range };
}

/** Band numbers 1…count. */
export const bandsUpTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** Ranges outside which a stored number cannot be a measurement of its layer. */
export const layerRange = {
  percent: [0, 100],
  fraction: [0, 1],
  ndvi: [-1, 1],
  erosivity: [0, 50_000],
  erodibility: [0, 0.2],
  factor: [0, 1],
  tolerance: [1, 100_000],
  windModulus: [0, 1_000_000],
  code: [0, 4_294_967_295],
} as const satisfies Record<string, readonly [number, number]>;
