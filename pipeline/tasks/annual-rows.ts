import { type CommonLayers, type PracticeLayer, settleCauses } from '../../models/erosion/annual-erosion.ts';
import { mergeWaterWind } from '../../models/erosion/merge-water-wind.ts';
import { classifyWindErosion } from '../../models/erosion/wind-erosion-class.ts';
import type { AnnualKernels } from '../../models/kernels/annual-kernels.ts';
import type { PracticeMemory } from '../../models/kernels/half-month-practice.ts';
import type { ErosionTileParameters } from './erosion-parameters.ts';
import type { ErosionStrip } from './erosion-arrays.ts';
import { readErosivity } from './erosivity-rows.ts';
import { landUseReader } from './land-use-rows.ts';
import { practiceReader } from './practice-rows.ts';
import { soilReader } from './soil-rows.ts';
import type { StripInputs } from './strip-inputs.ts';

/** Computes some rows of a strip: reads the layers and fills the arrays. */
export type AnnualRows = (strip: StripInputs, first: number, count: number, arrays: ErosionStrip) => void;

/** The annual equation of a run, with its tables laid out; one for all strips of a tile. */
export function annualRows(
  parameters: ErosionTileParameters,
  kernels: AnnualKernels,
  memory: PracticeMemory,
): AnnualRows {
  const readLandUse = landUseReader(parameters.landUse);
  const readSoil = soilReader(parameters.soil);
  const readPractices = practiceReader(parameters.practice, kernels, memory);

  return (strip, first, count, arrays) => {
    const { width } = strip.window;
    const from = first * width;
    const to = from + count * width;
    const part = <Values extends Float32Array | Uint16Array | Uint8Array>(values: Values): Values =>
      values.subarray(from, to) as Values;
    const place = { strip, first, count };

    const landUse = part(arrays.landUse);
    const tolerance = part(arrays.tolerance);
    const annual = part(arrays.factors.R!);
    const soilErodibility = part(arrays.factors.K!);
    readLandUse(place, landUse);
    readSoil(place, soilErodibility);
    strip.layers.get('tolerance')?.readInto(first, count, tolerance);
    const layers: CommonLayers = {
      area: part(strip.zones[0]!),
      slopeDegrees: part(strip.slopeDegrees),
      rainfallErosivity: annual,
      soilErodibility,
      slopeLengthFactor: part(strip.slopeLengthFactor),
      slopeSteepnessFactor: part(strip.slopeSteepnessFactor),
      landUse,
      tolerance,
    };
    const halfMonth = readErosivity(place, kernels, annual);
    const out = (symbol: string) => part(arrays.factors[symbol]!);
    const practices: PracticeLayer[] = readPractices({ ...place, layers, halfMonth, out });

    const modulus = part(arrays.modulus);
    const cause = part(arrays.cause);
    const intensity = part(arrays.intensity);
    kernels.product(Object.values(arrays.factors).map(part), modulus);
    settleCauses(layers, practices, modulus, cause);
    kernels.classify(modulus, tolerance, intensity);
    if (!arrays.wind) return;
    const windModulus = part(arrays.wind.modulus);
    strip.layers.get('windErosion')!.readInto(first, count, windModulus);
    const windClass = classifyWindErosion(windModulus, new Uint8Array(windModulus.length));
    mergeWaterWind(intensity, windClass, part(arrays.wind.agent), intensity);
  };
}
