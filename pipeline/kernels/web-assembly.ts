/** The parts of WebAssembly used here; Node has them, its type declarations do not. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Memory: new (size: { readonly initial: number; readonly maximum: number }) => WasmMemory;
  readonly Instance: new (module: WasmModule, imports: object) => { readonly exports: object };
}

/** Compiled code. */
export type WasmModule = object;

/** Memory in pages of 64 KiB; growing it takes away the buffer of arrays made before. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

export const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi };

/** Memory of kernels is kept this long from tile to tile; what comes after them in a run has the room for itself. */
export const keptMilliseconds = 5_000;
