import type { CommonLayers, PracticeLayer } from '../../models/erosion/annual-erosion.ts';
import { mergeWaterWind } from '../../models/erosion/merge-water-wind.ts';
import { classifyWindErosion } from '../../models/erosion/wind-erosion-class.ts';
import type { AnnualKernels } from '../../models/kernels/annual-kernels.ts';
import type { ErosionStrip } from './erosion-arrays.ts';
import type { ErosionTileParameters } from './erosion-parameters.ts';
import { readErosivity } from './erosivity-rows.ts';
import { landUseReader } from './land-use-rows.ts';
import type { PracticePart } from './practice-reader.ts';
import { soilReader } from './soil-rows.ts';
import type { StripInputs } from './strip-inputs.ts';
import type { TileMemory } from './tile-memory.ts';

/**
 * Computes some rows of a strip: reads the layers and fills the arrays, of the run itself and then of each scenario. What
 * these share is read and computed once.
 */
export type AnnualRows = (strip: StripInputs, first: number, count: number, arrays: readonly ErosionStrip[]) => void;

/**
 * The annual equation of a run, with its tables laid out; one for all strips of a tile.
 * @param variants practice factors of the run itself and of each scenario
 */
export function annualRows(
  parameters: ErosionTileParameters,
  variants: readonly (readonly PracticePart[])[],
  kernels: AnnualKernels,
  memory: TileMemory,
): AnnualRows {
  const readLandUse = landUseReader(parameters.landUse, kernels, memory.landUseTable);
  const readSoil = soilReader(parameters.soil, kernels);
  const readers = new Map(
    variants.flat().map((part) => [part.key, part.reader(kernels, memory.parts.get(part.key)!)] as const),
  );

  return (strip, first, count, arrays) => {
    const { width } = strip.window;
    const from = first * width;
    const to = from + count * width;
    const part = <Values extends Float32Array | Uint16Array | Uint8Array>(values: Values): Values =>
      values.subarray(from, to) as Values;
    const place = { strip, first, count };

    const [run] = arrays as [ErosionStrip];
    const landUse = part(run.landUse);
    const cells = to - from;
    // Where it is the same everywhere, the same cells stay in the processor's cache.
    const tolerance = strip.layers.has('tolerance') ? part(run.tolerance) : run.tolerance.subarray(0, cells);
    const annual = part(run.factors.R!);
    const soilErodibility = part(run.factors.K!);
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
    const erosivity = readErosivity(place, kernels, memory.yearLine, annual);
    const practices = new Map<string, PracticeLayer>();
    for (const [key, read] of readers)
      practices.set(key, read({ ...place, layers, erosivity }, part(memory.parts.get(key)!.values)));
    const windClass = run.wind && windClasses(place, part(run.wind));
    const common = { product: memory.common.product.subarray(0, cells), cause: memory.common.cause.subarray(0, cells) };
    kernels.evaluateCommon(layers, common);
    for (const [at, { modulus, intensity, cause, agent }] of arrays.entries()) {
      const ofVariant = variants[at]!.map(({ key }) => practices.get(key)!);
      const out = { modulus: part(modulus), intensity: part(intensity), cause: part(cause) };
      kernels.evaluate(common, tolerance, ofVariant, out);
      if (windClass && agent) mergeWaterWind(part(intensity), windClass, part(agent), part(intensity));
    }
  };
}

function windClasses(
  { strip, first, count }: { readonly strip: StripInputs; readonly first: number; readonly count: number },
  modulus: Float32Array,
): Uint8Array {
  strip.layers.get('windErosion')!.readInto(first, count, modulus);
  return classifyWindErosion(modulus, new Uint8Array(modulus.length));
}
