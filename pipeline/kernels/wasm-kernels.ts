import {
  type CommonLayers,
  landUseNodata,
  landUseUnmapped,
  type PracticeLayer,
} from '../../models/erosion/annual-erosion.ts';
import { causeCode, type NodataCauseId } from '../../models/erosion/nodata-cause.ts';
import { erodibilityPerUsUnit } from '../../models/erosion/units.ts';
import type { Allocator } from '../../models/kernels/allocator.ts';
import { slackBytes } from '../../models/kernels/allocator.ts';
import type { AnnualKernels, SeasonalCells } from '../../models/kernels/annual-kernels.ts';
import { keptFloats } from '../../models/kernels/keep-floats.ts';
import { referenceKernels } from '../../models/kernels/reference-kernels.ts';
import type { AnnualExports, SeasonalAddresses } from './annual-exports.ts';
import { type WasmModule, WebAssembly } from './web-assembly.ts';

const pageBytes = 1 << 16;

function instantiate(module: WasmModule, pages: number): [ArrayBuffer, AnnualExports] {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const abort = () => {
    throw new Error('a kernel stopped');
  };
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort } });
  return [memory.buffer, exports as unknown as AnnualExports];
}

const align = (bytes: number): number => Math.ceil(bytes / 16) * 16;

/** Arrays in WebAssembly memory, laid out for one tile at a time, and the kernels that work on them in place. */
export class WasmKernels implements AnnualKernels {
  private readonly module: WasmModule;
  private run: AnnualExports;
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
    build(allocator((length, size) => ((bytes += align(length * size) + slackBytes), [new ArrayBuffer(0), 0, 0])));
    // New memory instead of growth: a buffer that is taken away slows every typed array of the process down for good.
    if (bytes > this.buffer.byteLength)
      [this.buffer, this.run] = instantiate(this.module, Math.ceil(bytes / pageBytes));
    // The first page is the module's own.
    let top = pageBytes;
    const { buffer } = this;
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

  bilinearBands: AnnualKernels['bilinearBands'] = (values, width, weights, scale, shift, out, at) => {
    const bandBytes = this.strideOf(values);
    const outBytes = this.strideOf(out.slice(0, values.length));
    const isFloat = values.every((band) => band instanceof Float32Array);
    // The module tells of gaps in the bits of one word.
    if (!isFloat || bandBytes === undefined || outBytes === undefined || values.length > 32)
      return referenceKernels.bilinearBands(values, width, weights, scale, shift, out, at);
    const { count, offset, north, south } = weights;
    const gaps = this.run.bilinearBands(
      values[0]!.byteOffset,
      bandBytes,
      values.length,
      width,
      offset.byteOffset,
      north.byteOffset,
      south.byteOffset,
      count,
      out[0]!.byteOffset + at * Float32Array.BYTES_PER_ELEMENT,
      outBytes,
      scale,
      shift,
    );
    return values.map((_, band) => ((gaps >>> band) & 1) === 1);
  };

  keepFloats: AnnualKernels['keepFloats'] = (values, nodata, range) => {
    const whole = this.wholeCount(4, values);
    if (whole > 0) {
      const { lowest, highest } = keptFloats(range);
      this.run.keepFloats(values.byteOffset, Math.fround(nodata), lowest, highest, whole);
    }
    referenceKernels.keepFloats(values.subarray(whole), nodata, range);
  };

  erodibilityEpic: AnnualKernels['erodibilityEpic'] = (layers, line, out) => {
    const { sand, silt, clay, organic, organicDivisor } = layers;
    const whole = this.wholeCount(2, sand, silt, clay, organic, out);
    const addresses = [sand.byteOffset, silt.byteOffset, clay.byteOffset, organic.byteOffset] as const;
    const numbers = [organicDivisor, line.intercept, line.slope, erodibilityPerUsUnit] as const;
    if (whole > 0) this.run.erodibilityEpic(...addresses, ...numbers, whole, out.byteOffset);
    const rest = {
      sand: sand.subarray(whole),
      silt: silt.subarray(whole),
      clay: clay.subarray(whole),
      organic: organic.subarray(whole),
      organicDivisor,
    };
    referenceKernels.erodibilityEpic(rest, line, out.subarray(whole));
  };

  mapBytes: AnnualKernels['mapBytes'] = (codes, table, out) => {
    const whole = this.wholeCount(4, codes, table, out);
    if (whole > 0) this.run.mapBytes(codes.byteOffset, table.byteOffset, whole, out.byteOffset);
    referenceKernels.mapBytes(codes.subarray(whole), table, out.subarray(whole));
  };

  anyOfBytes: AnnualKernels['anyOfBytes'] = (codes, marks) => {
    const whole = this.wholeCount(4, codes, marks);
    const met = whole > 0 ? this.run.anyOfBytes(codes.byteOffset, marks.byteOffset, whole) : 0;
    return met | referenceKernels.anyOfBytes(codes.subarray(whole), marks);
  };

  valuesOfBytes: AnnualKernels['valuesOfBytes'] = (codes, table, out) => {
    const whole = this.wholeCount(4, codes, table, out);
    if (whole > 0) this.run.valuesOfBytes(codes.byteOffset, table.byteOffset, whole, out.byteOffset);
    referenceKernels.valuesOfBytes(codes.subarray(whole), table, out.subarray(whole));
  };

  valuesOfIndices: AnnualKernels['valuesOfIndices'] = (index, table, out) => {
    const whole = this.wholeCount(4, index, table, out);
    if (whole > 0) this.run.valuesOfIndices(index.byteOffset, table.byteOffset, whole, out.byteOffset);
    referenceKernels.valuesOfIndices(index.subarray(whole), table, out.subarray(whole));
  };

  valuesOfIndicesByCode: AnnualKernels['valuesOfIndicesByCode'] = (codes, starts, index, table, out) => {
    const whole = this.wholeCount(4, codes, starts, index, table, out);
    const tables = [codes.byteOffset, starts.byteOffset, index.byteOffset, table.byteOffset] as const;
    if (whole > 0) this.run.valuesOfIndicesByCode(...tables, whole, out.byteOffset);
    const rest = [codes.subarray(whole), starts, index.subarray(whole)] as const;
    referenceKernels.valuesOfIndicesByCode(...rest, table, out.subarray(whole));
  };

  evaluate: AnnualKernels['evaluate'] = (factors, layers, practices, out) => {
    const { area, slopeDegrees, landUse, tolerance } = layers;
    const { modulus, intensity, cause } = out;
    const used = [...factors, area, slopeDegrees, landUse, tolerance, modulus, intensity, cause];
    const own = practices.flatMap(({ values, causes }) => (causes ? [values, causes] : [values]));
    const fits = factors.length === 6 || factors.length === 7;
    const whole = fits ? this.wholeCount(16, ...used, ...own) : 0;
    if (whole > 0) {
      type Seven = [number, number, number, number, number, number, number];
      const [a, b, c, d, e, f, g = 0] = factors.map((layer) => layer.byteOffset) as Seven;
      const hasGaps = this.run.evaluate(
        a,
        b,
        c,
        d,
        e,
        f,
        g,
        slopeDegrees.byteOffset,
        tolerance.byteOffset,
        area.byteOffset,
        landUse.byteOffset,
        landUseNodata,
        landUseUnmapped,
        whole,
        modulus.byteOffset,
        intensity.byteOffset,
        cause.byteOffset,
      );
      if (hasGaps === 1) this.markCauses(layers, practices, whole, cause);
    }
    if (whole === modulus.length) return;
    const rest = <Values extends Float32Array | Uint16Array | Uint8Array>(values: Values): Values =>
      values.subarray(whole) as Values;
    const ofRest = Object.fromEntries(Object.entries(layers).map(([name, values]) => [name, rest(values)]));
    const practicesOfRest = practices.map(({ values, causes, cause }) => ({
      values: rest(values),
      ...(causes ? { causes: rest(causes) } : {}),
      cause,
    }));
    referenceKernels.evaluate(factors.map(rest), ofRest as unknown as CommonLayers, practicesOfRest, {
      modulus: rest(modulus),
      intensity: rest(intensity),
      cause: rest(cause),
    });
  };

  countCells: AnnualKernels['countCells'] = (cells, from, to, memory, tuples) => {
    const { zones, landUse, slopeDegrees, intensity, modulus, cause } = cells;
    const { starts, edges, sums } = memory;
    const stride = zones.every((values) => values instanceof Uint16Array) ? this.strideOf(zones) : undefined;
    const used = [landUse, slopeDegrees, intensity, modulus, cause, memory.zones, starts, edges, sums];
    if (stride === undefined || !used.every((array) => this.holds(array)))
      return referenceKernels.countCells(cells, from, to, memory, tuples);
    return this.run.countCells(
      zones[0]?.byteOffset ?? 0,
      stride,
      zones.length,
      landUse.byteOffset,
      slopeDegrees.byteOffset,
      intensity.byteOffset,
      modulus.byteOffset,
      cause.byteOffset,
      from,
      to,
      memory.zones.byteOffset,
      tuples,
      starts.byteOffset,
      edges.byteOffset,
      edges.length,
      sums.byteOffset,
    );
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

  tabledPractice: AnnualKernels['tabledPractice'] = (at, out) => {
    const { landUse, starts, steps, ground, cover, erosivity, annual, ratios } = at;
    const coverStride = this.strideOf(cover);
    const erosivityStride = erosivity === undefined ? 0 : this.strideOf(erosivity);
    const arrays = [landUse, starts, steps, annual, ratios, out, ...(ground ? [ground] : [])];
    const fits =
      coverStride !== undefined && erosivityStride !== undefined && arrays.every((array) => this.holds(array));
    const whole = fits ? out.length - (out.length % 4) : 0;
    let isMissing = false;
    if (fits && whole > 0)
      isMissing =
        this.run.tabledPractice(
          landUse.byteOffset,
          whole,
          cover[0]!.byteOffset,
          coverStride,
          // Every half-month of a run without weights finds 0 in the place of its layer, as cells do without understorey.
          erosivity?.[0]?.byteOffset ?? 0,
          erosivityStride,
          cover.length,
          annual.byteOffset,
          ratios.byteOffset,
          starts.byteOffset,
          steps.byteOffset,
          ground?.byteOffset ?? 0,
          out.byteOffset,
        ) === 1;
    if (whole === out.length) return isMissing;
    const rest = <Values extends Float32Array | Uint8Array>(values: Values): Values => values.subarray(whole) as Values;
    const ofRest = {
      ...at,
      landUse: rest(landUse),
      ground: ground && rest(ground),
      cover: cover.map(rest),
      erosivity: erosivity?.map(rest),
      annual: rest(annual),
    };
    return referenceKernels.tabledPractice(ofRest, rest(out)) || isMissing;
  };

  forestBases: AnnualKernels['forestBases'] = (count, grounds, bases, p, q) => {
    this.run.forestBases(count, grounds.byteOffset, bases.byteOffset, p, q);
  };

  sumForestRatios: AnnualKernels['sumForestRatios'] = (at, grounds, bases, r, s) => {
    this.run.sumForestRatios(...this.addresses(at, at.cover), grounds.byteOffset, bases.byteOffset, r, s);
  };

  /* Why the first cells have no modulus: in the place of 255. */
  private markCauses(
    layers: CommonLayers,
    practices: readonly PracticeLayer[],
    count: number,
    { byteOffset: out }: Uint8Array,
  ): void {
    const { run } = this;
    const floats: [values: Float32Array, cause: NodataCauseId][] = [
      [layers.slopeDegrees, 'elevation'],
      [layers.rainfallErosivity, 'rainfall'],
      [layers.soilErodibility, 'soil'],
      [layers.slopeSteepnessFactor, 'slope'],
      [layers.slopeLengthFactor, 'slope-length'],
      [layers.tolerance, 'tolerance'],
    ];
    for (const [values, cause] of floats) run.markMissing(values.byteOffset, causeCode[cause], count, out);
    for (const { values, causes, cause } of practices)
      if (causes) run.markMissingBy(values.byteOffset, causes.byteOffset, cause, count, out);
      else run.markMissing(values.byteOffset, cause, count, out);
    const landUse = layers.landUse.byteOffset;
    run.markBytes(landUse, landUseNodata, causeCode['land-use'], count, out);
    run.markBytes(landUse, landUseUnmapped, causeCode['land-use-unmapped'], count, out);
    run.markOutside(layers.area.byteOffset, causeCode['outside-area'], count, out);
  }

  /* Entries of the first array that kernels do in steps of so many; 0 where an array lies outside the memory. */
  private wholeCount(step: number, ...arrays: readonly ArrayBufferView[]): number {
    if (!arrays.every((array) => this.holds(array))) return 0;
    const { length } = arrays[0] as Uint8Array;
    return length - (length % step);
  }

  private holds(array: ArrayBufferView): boolean {
    return array.buffer === this.buffer;
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
