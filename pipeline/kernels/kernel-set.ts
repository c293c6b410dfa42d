import { existsSync, readFileSync } from 'node:fs';
import { heapAllocator } from '../../models/kernels/allocator.ts';
import { referenceKernels } from '../../models/kernels/reference-kernels.ts';
import { afterIdle } from '../formats/after-idle.ts';
import { type KernelSet, wasmKernels } from './wasm-kernels.ts';
import { keptMilliseconds, type WasmModule, WebAssembly } from './web-assembly.ts';

const places = ['../../models/kernels/annual.wasm', '../../dist/models/kernels/annual.wasm'];
let compiled: WasmModule | null | undefined;
const idle: KernelSet[] = [];
const used = afterIdle(keptMilliseconds, () => void idle.splice(0));

/** The compiled kernels, or undefined where the build left none (sources run without `npm run build`). */
export function compiledKernels(): WasmModule | undefined {
  if (compiled === undefined) {
    const path = places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url));
    compiled = path === undefined ? null : new WebAssembly.Module(new Uint8Array(readFileSync(path)));
  }
  return compiled ?? undefined;
}

/**
 * Takes a set of kernels for a tile; a process that does one tile after another keeps using the same memory, which is let go
 * when no tile has used it for a while.
 */
export function takeKernels(): KernelSet {
  const held = idle.pop();
  if (held !== undefined) return held;
  const module = compiledKernels();
  return module === undefined
    ? { kernels: referenceKernels, layOut: (build) => build(heapAllocator) }
    : wasmKernels(module);
}

/** Gives a set back. */
export function returnKernels(set: KernelSet): void {
  idle.push(set);
  used();
}
