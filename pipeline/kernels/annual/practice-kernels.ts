import type { AnnualKernels } from '../../../models/kernels/annual-kernels.ts';
import type { TabledCells } from '../../../models/kernels/half-month-kernels.ts';
import { referenceKernels } from '../../../models/kernels/reference-kernels.ts';
import type { ErosivityAddresses } from './annual-exports.ts';
import type { KernelMemory } from './kernel-memory.ts';

/** B of half-months: models/kernels/half-month-kernels.ts. */
export const practiceKernels = (memory: KernelMemory): Pick<AnnualKernels, 'tabledPractice' | 'seasonalPractice'> => ({
  tabledPractice: (at, out) => {
    const { landUse, erosivity, starts, steps, ground, cover, ratios } = at;
    const coverStride = memory.strideOf(cover);
    const weights = erosivityAddresses(memory, at);
    const arrays = [landUse, starts, steps, ratios, out, ...(ground ? [ground] : [])];
    if (coverStride === undefined || weights === undefined || !arrays.every((array) => memory.holds(array)))
      return referenceKernels.tabledPractice(at, out);
    const { width } = erosivity.halfMonths;
    const isMissing = memory.run.tabledPractice(
      landUse.byteOffset,
      width,
      landUse.length / width,
      cover[0]!.byteOffset,
      coverStride,
      ...weights,
      ratios.byteOffset,
      starts.byteOffset,
      steps.byteOffset,
      ground?.byteOffset ?? 0,
      out.byteOffset,
    );
    return isMissing === 1;
  },

  seasonalPractice: (at, out) => {
    const { landUse, erosivity, group, cover, ground, coefficients } = at;
    const lines = 'line' in cover ? cover : undefined;
    const layers = 'line' in cover ? undefined : cover;
    const coverStride = layers === undefined ? 0 : memory.strideOf(layers);
    const weights = erosivityAddresses(memory, at);
    const arrays = [
      landUse,
      group,
      ground,
      coefficients,
      out,
      ...(lines ? [lines.line, lines.place, lines.share] : []),
    ];
    if (coverStride === undefined || weights === undefined || !arrays.every((array) => memory.holds(array)))
      return referenceKernels.seasonalPractice(at, out);
    const { width } = erosivity.halfMonths;
    const isMissing = memory.run.seasonalPractice(
      landUse.byteOffset,
      group.byteOffset,
      width,
      landUse.length / width,
      layers?.[0]?.byteOffset ?? 0,
      coverStride,
      lines?.line.byteOffset ?? 0,
      lines?.places ?? 0,
      lines?.place.byteOffset ?? 0,
      lines?.share.byteOffset ?? 0,
      lines?.shareStep ?? 0,
      ...weights,
      ground.byteOffset,
      coefficients.byteOffset,
      out.byteOffset,
    );
    return isMissing === 1;
  },
});

/* Undefined where the lines lie outside the memory. */
function erosivityAddresses(
  memory: KernelMemory,
  { erosivity, even }: Pick<TabledCells, 'erosivity' | 'even'>,
): ErosivityAddresses | undefined {
  const { line, places, place, share, shareStep } = erosivity.halfMonths;
  const total = erosivity.year.line;
  if (![line, total, place, share, even].every((array) => memory.holds(array))) return undefined;
  return [line.byteOffset, total.byteOffset, places, place.byteOffset, share.byteOffset, shareStep, even.byteOffset];
}
