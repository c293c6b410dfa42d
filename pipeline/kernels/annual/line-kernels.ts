import type { AnnualKernels } from '../../../models/kernels/annual-kernels.ts';
import { referenceKernels } from '../../../models/kernels/reference-kernels.ts';
import type { KernelMemory } from './kernel-memory.ts';

/** Lines of rows: models/kernels/line-rows.ts. */
export const lineKernels = (
  memory: KernelMemory,
): Pick<AnnualKernels, 'linesOfPixels' | 'linesOfCells' | 'alongLines' | 'sumLines'> => ({
  linesOfPixels: (values, width, at, rows, scale, shift, line) => {
    const source = lineSource(memory, values, width, at.first, at.below, line);
    if (source === undefined) return referenceKernels.linesOfPixels(values, width, at, rows, scale, shift, line);
    const places = [at.first.byteOffset, at.below.byteOffset, rows] as const;
    return memory.run.linesOfPixels(...source, ...places, scale, shift, line.byteOffset) === 1;
  },

  linesOfCells: (values, width, at, cells, scale, shift, line) => {
    const source = lineSource(memory, values, width, at.offset, at.below, line);
    // The module keeps as many bands at hand.
    if (source === undefined || values.length > 32)
      return referenceKernels.linesOfCells(values, width, at, cells, scale, shift, line);
    const places = [at.offset.byteOffset, at.below.byteOffset, cells] as const;
    return memory.run.linesOfCells(...source, ...places, scale, shift, line.byteOffset) === 1;
  },

  alongLines: (of, out, at) => {
    const { line, bands, places, place, share, shareStep, width, rows } = of;
    const outBytes = memory.strideOf(out, bands);
    // The module tells of gaps in the bits of one word.
    if (outBytes === undefined || bands > 32 || ![line, place, share].every((array) => memory.holds(array)))
      return referenceKernels.alongLines(of, out, at);
    const gaps = memory.run.alongLines(
      line.byteOffset,
      bands,
      places,
      place.byteOffset,
      share.byteOffset,
      shareStep,
      width,
      rows,
      out[0]!.byteOffset + at * Float32Array.BYTES_PER_ELEMENT,
      outBytes,
    );
    return Array.from({ length: bands }, (_, band) => ((gaps >>> band) & 1) === 1);
  },

  sumLines: (of, sums) => {
    const { line, bands, places, rows } = of;
    if (memory.holds(line) && memory.holds(sums))
      memory.run.sumLines(line.byteOffset, bands, places * rows, sums.byteOffset);
    else referenceKernels.sumLines(of, sums);
  },
});

/* Pixels that lines are made of; undefined where they are no floats, or an array lies outside the memory. */
function lineSource(
  memory: KernelMemory,
  values: readonly (Float32Array | Float64Array)[],
  width: number,
  ...arrays: readonly ArrayBufferView[]
): [values: number, bandBytes: number, bands: number, width: number] | undefined {
  const bandBytes = memory.strideOf(values);
  const fits = values.every((band) => band instanceof Float32Array) && arrays.every((array) => memory.holds(array));
  return fits && bandBytes !== undefined ? [values[0]!.byteOffset, bandBytes, values.length, width] : undefined;
}
