import type { Allocator } from '../../models/kernels/allocator.ts';
import { slackBytes } from '../../models/kernels/allocator.ts';
import { type AnnualKernels, referenceKernels, type SeasonalCells } from '../../models/kernels/annual-kernels.ts';
import { type WasmMemory, type WasmModule, WebAssembly } from './web-assembly.ts';

/** Functions that the module of models/kernels/assembly exports; addresses are bytes in its memory. */
interface Exports {
  weighRow(
    west: number,
    shares: number,
    count: number,
    first: number,
    above: number,
    below: number,
    offset: number,
    north: number,
    south: number,
  ): void;
  bilinearRow(
    values: number,
    width: number,
    offsets: number,
    north: number,
    south: number,
    count: number,
    out: number,
    scale: number,
    shift: number,
  ): number;
  multiply(left: number, right: number, constant: number, count: number, out: number): void;
  classify(modulus: number, tolerance: number, count: number, out: number): void;
  sumBands(bands: number, stride: number, bandCount: number, count: number, out: number): void;
  sumCoverRatios(...at: [...SeasonalAddresses, a: number, b: number, rate: number]): void;
  sumTabledRatios(...at: [...SeasonalAddresses, ratios: number, tables: number]): void;
  forestBases(count: number, grounds: number, bases: number, p: number, q: number): void;
  sumForestRatios(...at: [...SeasonalAddresses, grounds: number, bases: number, r: number, s: number]): void;
}

type SeasonalAddresses = [
  cells: number,
  count: number,
  cover: number,
  coverStride: number,
  erosivity: number,
  erosivityStride: number,
  halfMonths: number,
  totals: number,
  sums: number,
];

const pageBytes = 1 << 16;

function instantiate(module: WasmModule, pages: number): [WasmMemory, Exports] {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const abort = () => {
    throw new Error('a kernel stopped');
  };
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort } });
  return [memory, exports as unknown as Exports];
}

const align = (bytes: number): number => Math.ceil(bytes / 16) * 16;

/** Arrays in WebAssembly memory, laid out for one tile at a time, and the kernels that work on them in place. */
export class WasmKernels implements AnnualKernels {
  private readonly module: WasmModule;
  private memory: WasmMemory;
  private run: Exports;

  constructor(module: WasmModule) {
    this.module = module;
    [this.memory, this.run] = instantiate(module, 1);
  }

  /**
   * Lays out memory anew: `build` asks for all arrays of a tile. It is called twice, first to add up their sizes, so that
   * memory is large enough before any array exists and never grows while kernels use it.
   */
  layOut<Layout>(build: (allocator: Allocator) => Layout): Layout {
    let bytes = pageBytes;
    build(allocator((length, size) => ((bytes += align(length * size) + slackBytes), [new ArrayBuffer(0), 0, 0])));
    // New memory instead of growth: a buffer that is taken away slows every typed array of the process down for good.
    if (bytes > this.memory.buffer.byteLength)
      [this.memory, this.run] = instantiate(this.module, Math.ceil(bytes / pageBytes));
    // The first page is the module's own.
    let top = pageBytes;
    const { buffer } = this.memory;
    return build(
      allocator((length, size) => {
        const start = top;
        top += align(length * size) + slackBytes;
        return [buffer, start, length];
      }),
    );
  }

  weighRow: AnnualKernels['weighRow'] = ({ west, shares }, first, above, below, out) => {
    const into = [out.offset.byteOffset, out.north.byteOffset, out.south.byteOffset] as const;
    if ([west, shares, out.offset, out.north, out.south].every((array) => this.holds(array)))
      this.run.weighRow(west.byteOffset, shares.byteOffset, out.count, first, above, below, ...into);
    else referenceKernels.weighRow({ west, shares }, first, above, below, out);
  };

  bilinearRow: AnnualKernels['bilinearRow'] = (values, width, weights, scale, shift, out, at) => {
    if (values instanceof Float64Array || !this.holds(values) || !this.holds(out))
      return referenceKernels.bilinearRow(values, width, weights, scale, shift, out, at);
    const { count, offset, north, south } = weights;
    const addresses = [offset.byteOffset, north.byteOffset, south.byteOffset] as const;
    const start = out.byteOffset + at * 4;
    return this.run.bilinearRow(values.byteOffset, width, ...addresses, count, start, scale, shift) === 1;
  };

  product: AnnualKernels['product'] = (factors, out) => {
    // The kernel goes in steps of four cells; a part in the middle of an array must not touch the next one's.
    if (factors.length < 2 || out.length % 4 !== 0 || ![...factors, out].every((layer) => this.holds(layer)))
      return referenceKernels.product(factors, out);
    const [first, ...others] = factors;
    let left = first!;
    for (const [at, right] of others.entries()) {
      const constant = at === others.length - 1 ? 100 : 1;
      this.run.multiply(left.byteOffset, right.byteOffset, constant, out.length, out.byteOffset);
      left = out;
    }
  };

  classify: AnnualKernels['classify'] = (modulus, tolerance, out) => {
    if (out.length % 4 !== 0 || ![modulus, tolerance, out].every((layer) => this.holds(layer)))
      return void referenceKernels.classify(modulus, tolerance, out);
    this.run.classify(modulus.byteOffset, tolerance.byteOffset, out.length, out.byteOffset);
  };

  sumBands: AnnualKernels['sumBands'] = (bands, out) => {
    const stride = this.strideOf(bands);
    if (stride !== undefined && this.holds(out))
      this.run.sumBands(bands[0]!.byteOffset, stride, bands.length, out.length, out.byteOffset);
    else referenceKernels.sumBands(bands, out);
  };

  sumCoverRatios: AnnualKernels['sumCoverRatios'] = (at, a, b, rate) => {
    this.run.sumCoverRatios(...this.addresses(at, at.cover), a, b, rate);
  };

  sumTabledRatios: AnnualKernels['sumTabledRatios'] = (at) => {
    this.run.sumTabledRatios(...this.addresses(at, at.cover), at.ratios.byteOffset, at.tables.byteOffset);
  };

  forestBases: AnnualKernels['forestBases'] = (count, grounds, bases, p, q) => {
    this.run.forestBases(count, grounds.byteOffset, bases.byteOffset, p, q);
  };

  sumForestRatios: AnnualKernels['sumForestRatios'] = (at, grounds, bases, r, s) => {
    this.run.sumForestRatios(...this.addresses(at, at.cover), grounds.byteOffset, bases.byteOffset, r, s);
  };

  private holds(array: ArrayBufferView): boolean {
    return array.buffer === this.memory.buffer;
  }

  /* Bytes from each layer to the next; undefined where they do not lie at even distances in the memory. */
  private strideOf(layers: readonly ArrayBufferView[]): number | undefined {
    const [first, second] = layers;
    const stride = second === undefined ? 0 : second.byteOffset - first!.byteOffset;
    const isRegular = layers.every(
      (layer, b) => this.holds(layer) && layer.byteOffset === first!.byteOffset + b * stride,
    );
    return isRegular ? stride : undefined;
  }

  private addresses(at: SeasonalCells, cover: readonly ArrayBufferView[]): SeasonalAddresses {
    const { cells, count, erosivity, totals, sums } = at;
    const coverStride = this.strideOf(cover);
    const erosivityStride = erosivity === undefined ? 0 : this.strideOf(erosivity);
    const isHeld = [cells, totals, sums].every((array) => this.holds(array));
    if (coverStride === undefined || erosivityStride === undefined || !isHeld)
      throw new TypeError('arrays lie outside the memory, or layers at uneven distances');
    const first = erosivity?.[0];
    // Every half-month of a run without weights finds 0 in the place of its layer.
    return [
      cells.byteOffset,
      count,
      cover[0]!.byteOffset,
      coverStride,
      first === undefined ? 0 : first.byteOffset,
      erosivityStride,
      cover.length,
      totals.byteOffset,
      sums.byteOffset,
    ];
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
