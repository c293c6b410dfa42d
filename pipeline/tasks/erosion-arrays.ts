import type { ErosionTileParameters } from './erosion-parameters.ts';
import type { StripInputs } from './tile-inputs.ts';

/** Results of the annual equation over a strip, one value per cell. */
export interface ErosionArrays {
  /** Codes of the monitoring classification; 0 no data, 255 unmapped. */
  readonly landUse: Uint8Array;
  /** t·km⁻²·a⁻¹ */
  readonly tolerance: Float32Array;
  /** Factors in the order of the equation, by symbol; NaN = nodata. */
  readonly factors: Readonly<Record<string, Float32Array>>;
  /** t·km⁻²·a⁻¹, NaN = nodata. */
  readonly modulus: Float32Array;
  /** 1–6, 0 = nodata; of water and wind the higher class. */
  readonly intensity: Uint8Array;
  readonly cause: Uint8Array;
  /** Set in a run with wind erosion: its modulus, t·km⁻²·a⁻¹, NaN outside its raster; agent 1 water, 2 wind, 0 = nodata. */
  readonly wind: { readonly modulus: Float32Array; readonly agent: Uint8Array } | undefined;
}

/** Room for the results of a strip; L and S are those of the terrain, not copies. */
export function erosionArrays(parameters: ErosionTileParameters, strip: StripInputs): ErosionArrays {
  const cells = strip.window.width * strip.window.height;
  const floats = () => new Float32Array(cells);
  const practices = parameters.practice.model === 'CSLE' ? ['B', 'E', 'T'] : ['C', 'P'];
  return {
    landUse: new Uint8Array(cells),
    tolerance: parameters.tolerance === null ? floats().fill(parameters.toleranceConstant) : floats(),
    factors: {
      R: floats(),
      K: floats(),
      L: strip.slopeLengthFactor,
      S: strip.slopeSteepnessFactor,
      ...Object.fromEntries(practices.map((symbol) => [symbol, floats()])),
    },
    modulus: floats(),
    intensity: new Uint8Array(cells),
    cause: new Uint8Array(cells),
    wind: parameters.windErosion === null ? undefined : { modulus: floats(), agent: new Uint8Array(cells) },
  };
}
