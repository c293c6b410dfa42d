import type { GridSpec } from '../../models/grid/grid-spec.ts';
import type { LayerParameters } from './erosion-parameters.ts';
import { readContinuous } from './read-layer.ts';

/** Rainfall erosivity of a window, MJ·mm·hm⁻²·h⁻¹·a⁻¹. */
export interface Erosivity {
  readonly annual: Float32Array;
  /** The 24 half-months, where the rain data allow them. */
  readonly halfMonth: readonly Float32Array[] | undefined;
}

/** Reads annual or half-month erosivity; the annual value of half-months is their sum. */
export async function readErosivity(path: string, layer: LayerParameters, target: GridSpec): Promise<Erosivity> {
  const bands = await readContinuous(path, layer, target);
  if (bands.length === 1) return { annual: bands[0]!, halfMonth: undefined };
  const annual = new Float32Array(bands[0]!.length);
  for (let cell = 0; cell < annual.length; cell++) {
    let sum = 0;
    for (const band of bands) sum += band[cell]!;
    annual[cell] = sum;
  }
  return { annual, halfMonth: bands };
}
