import type { CommonLayers, EquationLayers, PracticeLayer } from '../../models/erosion/annual-erosion.ts';
import { mergeWaterWind } from '../../models/erosion/merge-water-wind.ts';
import { classifyWindErosion } from '../../models/erosion/wind-erosion-class.ts';
import type { AnnualKernels } from '../../models/kernels/annual-kernels.ts';
import type { CountedGround } from '../../models/kernels/cell-slots.ts';
import type { ErosionTileParameters } from './erosion-parameters.ts';
import { readErosivity } from './erosivity-rows.ts';
import { landUseReader } from './land-use-rows.ts';
import { type LayerRoom, rowsOf } from './layer-room.ts';
import type { PracticePart } from './practice-reader.ts';
import { soilReader } from './soil-rows.ts';
import type { StripInputs } from './strip-inputs.ts';
import type { TileMemory } from './tile-memory.ts';

/** Rows as they are counted: where, and what the run itself and each scenario gave. They hold until others are computed. */
export interface ComputedRows {
  readonly ground: CountedGround;
  readonly outcomes: readonly EquationLayers[];
}

/**
 * Computes some rows of a strip: reads the layers and fills the memory, of the run itself and then of each scenario. What
 * these share is read and computed once.
 */
export type AnnualRows = (strip: StripInputs, first: number, count: number) => ComputedRows;

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

  const { results } = memory;
  return (strip, first, count) => {
    const { width } = strip.window;
    const from = first * width;
    const to = from + count * width;
    const part = <Values extends Float32Array | Uint16Array>(values: Values) => values.subarray(from, to) as Values;
    const rows = <Values extends Float32Array | Uint8Array>(room: LayerRoom<Values>) => rowsOf(room, from, to);
    // Layers whose values lie in memory as they are stay where they are.
    const layer = (name: string, room: LayerRoom<Float32Array>): Float32Array => {
      const whole = strip.layers.get(name)?.whole;
      return whole ? part(whole) : rows(room);
    };
    const place = { strip, first, count };

    const landUse = rows(results.landUse);
    const tolerance = layer('tolerance', results.tolerance);
    const annual = layer('erosivity', results.R);
    const soilErodibility = layer('soilErodibility', results.K);
    readLandUse(place, landUse);
    readSoil(place, soilErodibility);
    strip.layers.get('tolerance')?.readInto(first, count, tolerance);
    const slopeDegrees = part(strip.slopeDegrees);
    const zones = strip.zones.map(part);
    const layers: CommonLayers = {
      area: zones[0]!,
      slopeDegrees,
      rainfallErosivity: annual,
      soilErodibility,
      slopeLengthFactor: part(strip.slopeLengthFactor),
      slopeSteepnessFactor: part(strip.slopeSteepnessFactor),
      landUse,
      tolerance,
    };
    const erosivity = readErosivity(place, kernels, memory.yearLine, annual);
    const windClass = results.wind && windClasses(place, rows(results.wind));
    const cells = to - from;
    const common = { product: memory.common.product.subarray(0, cells), cause: memory.common.cause.subarray(0, cells) };
    kernels.evaluateCommon(layers, common);
    const practices = new Map<string, PracticeLayer>();
    const practiceOf = ({ key }: PracticePart): PracticeLayer => {
      const held = practices.get(key);
      if (held !== undefined) return held;
      const read = readers.get(key)!({ ...place, layers, erosivity }, rows(results.practices.get(key)!));
      practices.set(key, read);
      return read;
    };
    const outcomes = results.variants.map(({ modulus, intensity, cause, agent }, at) => {
      const out = { modulus: rows(modulus), intensity: rows(intensity), cause: rows(cause) };
      kernels.evaluate(common, tolerance, variants[at]!.map(practiceOf), out);
      if (windClass && agent) mergeWaterWind(out.intensity, windClass, rows(agent), out.intensity);
      return out;
    });
    return { ground: { zones, slopeDegrees, landUse }, outcomes };
  };
}

function windClasses(
  { strip, first, count }: { readonly strip: StripInputs; readonly first: number; readonly count: number },
  modulus: Float32Array,
): Uint8Array {
  strip.layers.get('windErosion')!.readInto(first, count, modulus);
  return classifyWindErosion(modulus, new Uint8Array(modulus.length));
}
