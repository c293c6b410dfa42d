import type { Allocator } from '../../models/kernels/allocator.ts';
import type { ErosionTileParameters } from './erosion-parameters.ts';
import type { StripInputs } from './strip-inputs.ts';

/** What the equation gives, one value per cell of a strip. */
export interface EquationResult {
  /** t·km⁻²·a⁻¹, NaN = nodata. */
  readonly modulus: Float32Array;
  /** 1–6, 0 = nodata; of water and wind the higher class. */
  readonly intensity: Uint8Array;
  readonly cause: Uint8Array;
  /** Set in a run with wind erosion: 1 water, 2 wind, 0 = nodata. */
  readonly agent: Uint8Array | undefined;
}

/** Memory of the annual equation over a strip, one value per cell, but for the practice factors. */
export interface ErosionArrays {
  /** Codes of the monitoring classification; 0 no data, 255 unmapped. */
  readonly landUse: Uint8Array;
  /** t·km⁻²·a⁻¹; where it is the same everywhere, of as many cells as are computed at once. */
  readonly tolerance: Float32Array;
  /** NaN = nodata; L and S come with the terrain. */
  readonly R: Float32Array;
  readonly K: Float32Array;
  /** Set in a run with wind erosion: its modulus, t·km⁻²·a⁻¹, NaN outside its raster. */
  readonly wind: Float32Array | undefined;
  /** Results of the run itself, then those of each scenario. */
  readonly variants: readonly EquationResult[];
}

/** Result of the annual equation over a strip, beside the inputs it came from. */
export interface ErosionStrip extends EquationResult, Pick<ErosionArrays, 'landUse' | 'tolerance' | 'wind'> {
  readonly inputs: StripInputs;
  /** Factors in the order of the equation, by symbol; NaN = nodata. */
  readonly factors: Readonly<Record<string, Float32Array>>;
}

/**
 * Room for the results of a strip.
 * @param cells of the strip, and of the rows that are computed at once
 */
export function erosionArrays(
  parameters: ErosionTileParameters,
  { ofStrip: cells, ofRows }: { readonly ofStrip: number; readonly ofRows: number },
  allocator: Allocator,
): ErosionArrays {
  const hasWind = parameters.windErosion !== null;
  const tolerance = allocator.float32(parameters.tolerance === null ? ofRows : cells);
  if (parameters.tolerance === null) tolerance.fill(parameters.toleranceConstant);
  const variant = (): EquationResult => ({
    modulus: allocator.float32(cells),
    intensity: allocator.uint8(cells),
    cause: allocator.uint8(cells),
    agent: hasWind ? allocator.uint8(cells) : undefined,
  });
  return {
    landUse: allocator.uint8(cells),
    tolerance,
    R: allocator.float32(cells),
    K: allocator.float32(cells),
    wind: hasWind ? allocator.float32(cells) : undefined,
    variants: Array.from({ length: 1 + parameters.scenarios.length }, variant),
  };
}
