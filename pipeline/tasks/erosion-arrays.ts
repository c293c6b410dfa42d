import type { Allocator } from '../../models/kernels/allocator.ts';
import type { ErosionTileParameters } from './erosion-parameters.ts';
import type { StripInputs } from './strip-inputs.ts';

/** Results of the annual equation over a strip, one value per cell. */
export interface ErosionArrays {
  /** Codes of the monitoring classification; 0 no data, 255 unmapped. */
  readonly landUse: Uint8Array;
  /** t·km⁻²·a⁻¹ */
  readonly tolerance: Float32Array;
  /** Factors that the pass computes, by symbol; NaN = nodata. L and S come with the terrain. */
  readonly computed: Readonly<Record<string, Float32Array>>;
  /** t·km⁻²·a⁻¹, NaN = nodata. */
  readonly modulus: Float32Array;
  /** 1–6, 0 = nodata; of water and wind the higher class. */
  readonly intensity: Uint8Array;
  readonly cause: Uint8Array;
  /** Set in a run with wind erosion: its modulus, t·km⁻²·a⁻¹, NaN outside its raster; agent 1 water, 2 wind, 0 = nodata. */
  readonly wind: { readonly modulus: Float32Array; readonly agent: Uint8Array } | undefined;
}

/** Result of the annual equation over a strip, beside the inputs it came from. */
export interface ErosionStrip extends Omit<ErosionArrays, 'computed'> {
  readonly inputs: StripInputs;
  /** Factors in the order of the equation, by symbol; NaN = nodata. */
  readonly factors: Readonly<Record<string, Float32Array>>;
}

/** Room for the results of as many cells. */
export function erosionArrays(parameters: ErosionTileParameters, cells: number, allocator: Allocator): ErosionArrays {
  const practices = parameters.practice.model === 'CSLE' ? ['B', 'E', 'T'] : ['C', 'P'];
  const computed = ['R', 'K', ...practices].map((symbol) => [symbol, allocator.float32(cells)]);
  const tolerance = allocator.float32(cells);
  if (parameters.tolerance === null) tolerance.fill(parameters.toleranceConstant);
  return {
    landUse: allocator.uint8(cells),
    tolerance,
    computed: Object.fromEntries(computed),
    modulus: allocator.float32(cells),
    intensity: allocator.uint8(cells),
    cause: allocator.uint8(cells),
    wind:
      parameters.windErosion === null
        ? undefined
        : { modulus: allocator.float32(cells), agent: allocator.uint8(cells) },
  };
}
