import { erodibilityPerUsUnit } from '../../../models/erosion/units.ts';
import type { AnnualKernels } from '../../../models/kernels/annual-kernels.ts';
import { keptFloats } from '../../../models/kernels/keep-floats.ts';
import { referenceKernels } from '../../../models/kernels/reference-kernels.ts';
import type { KernelMemory } from './kernel-memory.ts';

/** Look-ups and what is worked out of a cell's own values. */
export const cellKernels = (
  memory: KernelMemory,
): Pick<
  AnnualKernels,
  | 'keepFloats'
  | 'erodibilityEpic'
  | 'mapBytes'
  | 'anyOfBytes'
  | 'valuesOfBytes'
  | 'valuesOfIndices'
  | 'valuesOfIndicesByCode'
> => ({
  keepFloats: (values, nodata, range) => {
    const whole = memory.wholeCount(4, values);
    if (whole > 0) {
      const { lowest, highest } = keptFloats(range);
      memory.run.keepFloats(values.byteOffset, Math.fround(nodata), lowest, highest, whole);
    }
    if (whole < values.length) referenceKernels.keepFloats(values.subarray(whole), nodata, range);
  },

  erodibilityEpic: (layers, line, out) => {
    const { sand, silt, clay, organic, organicDivisor } = layers;
    const whole = memory.wholeCount(4, sand, silt, clay, organic, out);
    const addresses = [sand.byteOffset, silt.byteOffset, clay.byteOffset, organic.byteOffset] as const;
    const numbers = [1 / organicDivisor, line.intercept, line.slope, erodibilityPerUsUnit] as const;
    if (whole > 0) memory.run.erodibilityEpic(...addresses, ...numbers, whole, out.byteOffset);
    const rest = {
      sand: sand.subarray(whole),
      silt: silt.subarray(whole),
      clay: clay.subarray(whole),
      organic: organic.subarray(whole),
      organicDivisor,
    };
    referenceKernels.erodibilityEpic(rest, line, out.subarray(whole));
  },

  mapBytes: (codes, table, out) => {
    const whole = memory.wholeCount(4, codes, table, out);
    if (whole > 0) memory.run.mapBytes(codes.byteOffset, table.byteOffset, whole, out.byteOffset);
    if (whole < codes.length) referenceKernels.mapBytes(codes.subarray(whole), table, out.subarray(whole));
  },

  anyOfBytes: (codes, marks) => {
    const whole = memory.wholeCount(4, codes, marks);
    const met = whole > 0 ? memory.run.anyOfBytes(codes.byteOffset, marks.byteOffset, whole) : 0;
    return whole < codes.length ? met | referenceKernels.anyOfBytes(codes.subarray(whole), marks) : met;
  },

  valuesOfBytes: (codes, table, out) => {
    const whole = memory.wholeCount(4, codes, table, out);
    if (whole > 0) memory.run.valuesOfBytes(codes.byteOffset, table.byteOffset, whole, out.byteOffset);
    if (whole < codes.length) referenceKernels.valuesOfBytes(codes.subarray(whole), table, out.subarray(whole));
  },

  valuesOfIndices: (index, table, out) => {
    const whole = memory.wholeCount(4, index, table, out);
    if (whole > 0) memory.run.valuesOfIndices(index.byteOffset, table.byteOffset, whole, out.byteOffset);
    if (whole < index.length) referenceKernels.valuesOfIndices(index.subarray(whole), table, out.subarray(whole));
  },

  valuesOfIndicesByCode: (codes, starts, index, table, out) => {
    const whole = memory.wholeCount(4, codes, starts, index, table, out);
    const tables = [codes.byteOffset, starts.byteOffset, index.byteOffset, table.byteOffset] as const;
    if (whole > 0) memory.run.valuesOfIndicesByCode(...tables, whole, out.byteOffset);
    if (whole === codes.length) return;
    const rest = [codes.subarray(whole), starts, index.subarray(whole)] as const;
    referenceKernels.valuesOfIndicesByCode(...rest, table, out.subarray(whole));
  },
});
