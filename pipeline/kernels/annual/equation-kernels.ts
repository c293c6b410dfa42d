import {
  type CommonLayers,
  landUseNodata,
  landUseUnmapped,
  type PracticeLayer,
} from '../../../models/erosion/annual-erosion.ts';
import { causeCode, type NodataCauseId } from '../../../models/erosion/nodata-cause.ts';
import type { AnnualKernels } from '../../../models/kernels/annual-kernels.ts';
import { referenceKernels } from '../../../models/kernels/reference-kernels.ts';
import type { KernelMemory } from './kernel-memory.ts';

/** The equation and why cells have no modulus. */
export const equationKernels = (memory: KernelMemory): Pick<AnnualKernels, 'evaluateCommon' | 'evaluate'> => ({
  evaluateCommon: (layers, { product, cause }) => {
    const { area, slopeDegrees, landUse, tolerance } = layers;
    const whole = memory.wholeCount(16, product, cause, ...Object.values(layers));
    if (whole > 0) {
      const hasGaps = memory.run.evaluateCommon(
        layers.rainfallErosivity.byteOffset,
        layers.soilErodibility.byteOffset,
        layers.slopeLengthFactor.byteOffset,
        layers.slopeSteepnessFactor.byteOffset,
        slopeDegrees.byteOffset,
        tolerance.byteOffset,
        area.byteOffset,
        landUse.byteOffset,
        landUseNodata,
        landUseUnmapped,
        whole,
        product.byteOffset,
        cause.byteOffset,
      );
      if (hasGaps === 1) markCommonCauses(memory, layers, whole, cause);
    }
    if (whole === product.length) return;
    const rest = Object.fromEntries(Object.entries(layers).map(([name, values]) => [name, values.subarray(whole)]));
    const out = { product: product.subarray(whole), cause: cause.subarray(whole) };
    referenceKernels.evaluateCommon(rest as unknown as CommonLayers, out);
  },

  evaluate: (common, tolerance, practices, out) => {
    const { modulus, intensity, cause } = out;
    const own = practices.flatMap(({ values, causes }) => (causes ? [values, causes] : [values]));
    const fits = practices.length === 2 || practices.length === 3;
    const used = [modulus, intensity, cause, common.product, common.cause, tolerance, ...own];
    const whole = fits ? memory.wholeCount(16, ...used) : 0;
    if (whole > 0) {
      const [a, b, c] = practices as [PracticeLayer, PracticeLayer, PracticeLayer?];
      const hasGaps = memory.run.evaluate(
        common.product.byteOffset,
        a.values.byteOffset,
        b.values.byteOffset,
        c?.values.byteOffset ?? 0,
        tolerance.byteOffset,
        common.cause.byteOffset,
        whole,
        modulus.byteOffset,
        intensity.byteOffset,
        cause.byteOffset,
      );
      if (hasGaps === 1) markPracticeCauses(memory, practices, whole, cause);
    }
    if (whole === modulus.length) return;
    const rest = <Values extends Float32Array | Uint8Array>(values: Values): Values => values.subarray(whole) as Values;
    const practicesOfRest = practices.map(({ values, causes, cause }) => ({
      values: rest(values),
      ...(causes ? { causes: rest(causes) } : {}),
      cause,
    }));
    const commonOfRest = { product: rest(common.product), cause: rest(common.cause) };
    referenceKernels.evaluate(commonOfRest, rest(tolerance), practicesOfRest, {
      modulus: rest(modulus),
      intensity: rest(intensity),
      cause: rest(cause),
    });
  },
});

/* Why the first cells have no modulus, whatever their practices: in the place of 255. */
function markCommonCauses(
  { run }: KernelMemory,
  layers: CommonLayers,
  count: number,
  { byteOffset: out }: Uint8Array,
): void {
  const floats: [values: Float32Array, cause: NodataCauseId][] = [
    [layers.slopeDegrees, 'elevation'],
    [layers.rainfallErosivity, 'rainfall'],
    [layers.soilErodibility, 'soil'],
    [layers.slopeSteepnessFactor, 'slope'],
    [layers.slopeLengthFactor, 'slope-length'],
    [layers.tolerance, 'tolerance'],
  ];
  for (const [values, cause] of floats) run.markMissing(values.byteOffset, causeCode[cause], count, out);
  const landUse = layers.landUse.byteOffset;
  run.markBytes(landUse, landUseNodata, causeCode['land-use'], count, out);
  run.markBytes(landUse, landUseUnmapped, causeCode['land-use-unmapped'], count, out);
  run.markOutside(layers.area.byteOffset, causeCode['outside-area'], count, out);
  run.dropUnexplained(count, out);
}

/* The same by their practices: in the place of 255, and of those of higher codes. */
function markPracticeCauses(
  { run }: KernelMemory,
  practices: readonly PracticeLayer[],
  count: number,
  { byteOffset: out }: Uint8Array,
): void {
  for (const { values, causes, cause } of practices)
    if (causes) run.markMissingBy(values.byteOffset, causes.byteOffset, cause, count, out);
    else run.markMissing(values.byteOffset, cause, count, out);
  run.dropUnexplained(count, out);
}
