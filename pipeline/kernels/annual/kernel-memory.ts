import { type Allocator, slackBytes } from '../../../models/kernels/allocator.ts';
import { type WasmModule, WebAssembly } from '../web-assembly.ts';
import type { AnnualExports } from './annual-exports.ts';

const pageBytes = 1 << 16;

function instantiate(module: WasmModule, pages: number): [ArrayBuffer, AnnualExports] {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const abort = () => {
    throw new Error('a kernel stopped');
  };
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort } });
  return [memory.buffer, exports as unknown as AnnualExports];
}

/**
 * Kernels read the same cell of two dozen layers one after another. Layers some power of two apart would all wait for the same
 * few places in the processor's caches; so much room between them spreads 24 evenly over any 64 or 128 kB.
 */
const largeBytes = 1 << 15;
const spreadBytes = 85 * 64;

/** Bytes from an array to the next. */
function roomOf(bytes: number): number {
  const aligned = Math.ceil(bytes / 16) * 16 + slackBytes;
  return bytes < largeBytes ? aligned : aligned + spreadBytes;
}

/** Arrays in WebAssembly memory, laid out for one tile at a time. */
export class KernelMemory {
  private readonly module: WasmModule;
  /** Functions that work on the arrays laid out last. */
  run: AnnualExports;
  /* Of the memory: asking the memory for it again and again takes time. */
  private buffer: ArrayBuffer;

  constructor(module: WasmModule) {
    this.module = module;
    [this.buffer, this.run] = instantiate(module, 1);
  }

  /**
   * Lays out memory anew: `build` asks for all arrays of a tile. It is called twice, first to add up their sizes, so that
   * memory is large enough before any array exists and never grows while kernels use it.
   */
  layOut<Layout>(build: (allocator: Allocator) => Layout): Layout {
    let bytes = pageBytes;
    build(allocator((length, size) => ((bytes += roomOf(length * size)), [new ArrayBuffer(0), 0, 0])));
    // New memory instead of growth: a buffer that is taken away slows every typed array of the process down for good.
    if (bytes > this.buffer.byteLength)
      [this.buffer, this.run] = instantiate(this.module, Math.ceil(bytes / pageBytes));
    // The first page is the module's own.
    let top = pageBytes;
    const { buffer } = this;
    return build(
      allocator((length, size) => {
        const start = top;
        top += roomOf(length * size);
        return [buffer, start, length];
      }),
    );
  }

  /** Entries of the first array that kernels do in steps of so many; 0 where an array lies outside the memory. */
  wholeCount(step: number, ...arrays: readonly ArrayBufferView[]): number {
    if (!arrays.every((array) => this.holds(array))) return 0;
    const { length } = arrays[0] as Uint8Array;
    return length - (length % step);
  }

  /** True where an array lies in the memory. */
  holds(array: ArrayBufferView): boolean {
    return array.buffer === this.buffer;
  }

  /** Bytes from each of some layers to the next; undefined where they do not lie at even distances in the memory. */
  strideOf(layers: readonly ArrayBufferView[], count = layers.length): number | undefined {
    const [first, second] = layers;
    const stride = second === undefined ? 0 : second.byteOffset - first!.byteOffset;
    for (let b = 0; b < count; b++) {
      const layer = layers[b]!;
      if (!this.holds(layer) || layer.byteOffset !== first!.byteOffset + b * stride) return undefined;
    }
    return stride;
  }
}

type Place = (length: number, size: number) => [buffer: ArrayBuffer, start: number, length: number];

/** Arrays at the places that `place` names. */
const allocator = (place: Place): Allocator => ({
  float32: (length) => new Float32Array(...place(length, 4)),
  float64: (length) => new Float64Array(...place(length, 8)),
  int32: (length) => new Int32Array(...place(length, 4)),
  uint16: (length) => new Uint16Array(...place(length, 2)),
  uint8: (length) => new Uint8Array(...place(length, 1)),
});
