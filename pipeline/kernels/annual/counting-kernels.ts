import type { AnnualKernels } from '../../../models/kernels/annual-kernels.ts';
import { referenceKernels } from '../../../models/kernels/reference-kernels.ts';
import type { KernelMemory } from './kernel-memory.ts';

/** Where cells count, and counting them there. */
export const countingKernels = (memory: KernelMemory): Pick<AnnualKernels, 'slotsOfCells' | 'countCells'> => ({
  slotsOfCells: (ground, from, to, counting, tuples) => {
    const { zones, landUse, slopeDegrees } = ground;
    const { starts, edges, slots } = counting;
    const stride = zones.every((values) => values instanceof Uint16Array) ? memory.strideOf(zones) : undefined;
    const used = [landUse, slopeDegrees, counting.zones, starts, edges, slots];
    if (stride === undefined || !used.every((array) => memory.holds(array)))
      return referenceKernels.slotsOfCells(ground, from, to, counting, tuples);
    return memory.run.slotsOfCells(
      zones[0]?.byteOffset ?? 0,
      stride,
      zones.length,
      landUse.byteOffset,
      slopeDegrees.byteOffset,
      from,
      to,
      counting.zones.byteOffset,
      tuples,
      starts.byteOffset,
      edges.byteOffset,
      edges.length,
      slots.byteOffset,
    );
  },

  countCells: (cells, from, to, slots, sums) => {
    const { intensity, modulus, cause } = cells;
    const isHeld = [intensity, modulus, cause, slots, sums].every((array) => memory.holds(array));
    const whole = isHeld ? (to - from) & ~15 : 0;
    if (whole > 0) {
      const counted = memory.run.countCells(
        intensity.byteOffset + from,
        modulus.byteOffset + from * Float32Array.BYTES_PER_ELEMENT,
        cause.byteOffset + from,
        whole,
        slots.byteOffset,
        sums.byteOffset,
      );
      if (counted < whole) return from + counted;
    }
    return whole === to - from ? to : referenceKernels.countCells(cells, from + whole, to, slots.subarray(whole), sums);
  },
});
