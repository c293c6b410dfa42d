import type { Allocator } from '../../models/kernels/allocator.ts';
import type { AnnualKernels } from '../../models/kernels/annual-kernels.ts';
import { cellKernels } from './annual/cell-kernels.ts';
import { countingKernels } from './annual/counting-kernels.ts';
import { equationKernels } from './annual/equation-kernels.ts';
import { KernelMemory } from './annual/kernel-memory.ts';
import { lineKernels } from './annual/line-kernels.ts';
import { practiceKernels } from './annual/practice-kernels.ts';
import type { WasmModule } from './web-assembly.ts';

/** Kernels with memory of their own, for one tile at a time. */
export interface KernelSet {
  readonly kernels: AnnualKernels;
  /** Lays out the memory of a tile; arrays laid out before are no longer valid. `build` may be called twice. */
  layOut<Layout>(build: (allocator: Allocator) => Layout): Layout;
}

/** The compiled kernels with memory of their own, which work on its arrays in place; on others the reference works. */
export function wasmKernels(module: WasmModule): KernelSet {
  const memory = new KernelMemory(module);
  const kernels = {
    ...lineKernels(memory),
    ...cellKernels(memory),
    ...equationKernels(memory),
    ...countingKernels(memory),
    ...practiceKernels(memory),
  };
  return { kernels, layOut: (build) => memory.layOut(build) };
}
