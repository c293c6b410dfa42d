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
import type { AnnualKernels } from '../../models/kernels/annual-kernels.ts';
import type { TabledCells } from '../../models/kernels/half-month-kernels.ts';
import { keptFloats } from '../../models/kernels/keep-floats.ts';
import { referenceKernels } from '../../models/kernels/reference-kernels.ts';
import type { AnnualExports, ErosivityAddresses } from './annual-exports.ts';
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

  linesOfPixels: AnnualKernels['linesOfPixels'] = (values, width, at, rows, scale, shift, line) => {
    const source = this.lineSource(values, width, at.first, at.below, line);
    if (source === undefined) return referenceKernels.linesOfPixels(values, width, at, rows, scale, shift, line);
    const places = [at.first.byteOffset, at.below.byteOffset, rows] as const;
    return this.run.linesOfPixels(...source, ...places, scale, shift, line.byteOffset) === 1;
  };

  linesOfCells: AnnualKernels['linesOfCells'] = (values, width, at, cells, scale, shift, line) => {
    const source = this.lineSource(values, width, at.offset, at.below, line);
    // The module keeps as many bands at hand.
    if (source === undefined || values.length > 32)
      return referenceKernels.linesOfCells(values, width, at, cells, scale, shift, line);
    const places = [at.offset.byteOffset, at.below.byteOffset, cells] as const;
    return this.run.linesOfCells(...source, ...places, scale, shift, line.byteOffset) === 1;
  };

  alongLines: AnnualKernels['alongLines'] = (of, out, at) => {
    const { line, bands, places, place, share, shareStep, width, rows } = of;
    const outBytes = this.strideOf(out, bands);
    // The module tells of gaps in the bits of one word.
    if (outBytes === undefined || bands > 32 || ![line, place, share].every((array) => this.holds(array)))
      return referenceKernels.alongLines(of, out, at);
    const gaps = this.run.alongLines(
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
  };

  sumLines: AnnualKernels['sumLines'] = (of, sums) => {
    const { line, bands, places, rows } = of;
    if (this.holds(line) && this.holds(sums)) this.run.sumLines(line.byteOffset, bands, places * rows, sums.byteOffset);
    else referenceKernels.sumLines(of, sums);
  };

  keepFloats: AnnualKernels['keepFloats'] = (values, nodata, range) => {
    const whole = this.wholeCount(4, values);
    if (whole > 0) {
      const { lowest, highest } = keptFloats(range);
      this.run.keepFloats(values.byteOffset, Math.fround(nodata), lowest, highest, whole);
    }
    if (whole < values.length) referenceKernels.keepFloats(values.subarray(whole), nodata, range);
  };

  erodibilityEpic: AnnualKernels['erodibilityEpic'] = (layers, line, out) => {
    const { sand, silt, clay, organic, organicDivisor } = layers;
    const whole = this.wholeCount(4, sand, silt, clay, organic, out);
    const addresses = [sand.byteOffset, silt.byteOffset, clay.byteOffset, organic.byteOffset] as const;
    const numbers = [1 / organicDivisor, line.intercept, line.slope, erodibilityPerUsUnit] as const;
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
    if (whole < codes.length) referenceKernels.mapBytes(codes.subarray(whole), table, out.subarray(whole));
  };

  anyOfBytes: AnnualKernels['anyOfBytes'] = (codes, marks) => {
    const whole = this.wholeCount(4, codes, marks);
    const met = whole > 0 ? this.run.anyOfBytes(codes.byteOffset, marks.byteOffset, whole) : 0;
    return whole < codes.length ? met | referenceKernels.anyOfBytes(codes.subarray(whole), marks) : met;
  };

  valuesOfBytes: AnnualKernels['valuesOfBytes'] = (codes, table, out) => {
    const whole = this.wholeCount(4, codes, table, out);
    if (whole > 0) this.run.valuesOfBytes(codes.byteOffset, table.byteOffset, whole, out.byteOffset);
    if (whole < codes.length) referenceKernels.valuesOfBytes(codes.subarray(whole), table, out.subarray(whole));
  };

  valuesOfIndices: AnnualKernels['valuesOfIndices'] = (index, table, out) => {
    const whole = this.wholeCount(4, index, table, out);
    if (whole > 0) this.run.valuesOfIndices(index.byteOffset, table.byteOffset, whole, out.byteOffset);
    if (whole < index.length) referenceKernels.valuesOfIndices(index.subarray(whole), table, out.subarray(whole));
  };

  valuesOfIndicesByCode: AnnualKernels['valuesOfIndicesByCode'] = (codes, starts, index, table, out) => {
    const whole = this.wholeCount(4, codes, starts, index, table, out);
    const tables = [codes.byteOffset, starts.byteOffset, index.byteOffset, table.byteOffset] as const;
    if (whole > 0) this.run.valuesOfIndicesByCode(...tables, whole, out.byteOffset);
    if (whole === codes.length) return;
    const rest = [codes.subarray(whole), starts, index.subarray(whole)] as const;
    referenceKernels.valuesOfIndicesByCode(...rest, table, out.subarray(whole));
  };

  evaluateCommon: AnnualKernels['evaluateCommon'] = (layers, { product, cause }) => {
    const { area, slopeDegrees, landUse, tolerance } = layers;
    const whole = this.wholeCount(16, product, cause, ...Object.values(layers));
    if (whole > 0) {
      const hasGaps = this.run.evaluateCommon(
        layers.rainfallErosivity.byteOffset,
        layers.soilErodibility.byteOffset,
        layers.slopeLengthFactor.byteOffset,
        layers.slopeSteepnessFactor.byteOffset,
        slopeDegrees.byteOffset,
        tolerance.byteOffset,
        area.byteOffset,
        landUse.byteOffset,
        landUseNodata,
        landUseUnmapped,
        whole,
        product.byteOffset,
        cause.byteOffset,
      );
      if (hasGaps === 1) this.markCommonCauses(layers, whole, cause);
    }
    if (whole === product.length) return;
    const rest = Object.fromEntries(Object.entries(layers).map(([name, values]) => [name, values.subarray(whole)]));
    const out = { product: product.subarray(whole), cause: cause.subarray(whole) };
    referenceKernels.evaluateCommon(rest as unknown as CommonLayers, out);
  };

  evaluate: AnnualKernels['evaluate'] = (common, tolerance, practices, out) => {
    const { modulus, intensity, cause } = out;
    const own = practices.flatMap(({ values, causes }) => (causes ? [values, causes] : [values]));
    const fits = practices.length === 2 || practices.length === 3;
    const used = [modulus, intensity, cause, common.product, common.cause, tolerance, ...own];
    const whole = fits ? this.wholeCount(16, ...used) : 0;
    if (whole > 0) {
      const [a, b, c] = practices as [PracticeLayer, PracticeLayer, PracticeLayer?];
      const hasGaps = this.run.evaluate(
        common.product.byteOffset,
        a.values.byteOffset,
        b.values.byteOffset,
        c?.values.byteOffset ?? 0,
        tolerance.byteOffset,
        common.cause.byteOffset,
        whole,
        modulus.byteOffset,
        intensity.byteOffset,
        cause.byteOffset,
      );
      if (hasGaps === 1) this.markPracticeCauses(practices, whole, cause);
    }
    if (whole === modulus.length) return;
    const rest = <Values extends Float32Array | Uint8Array>(values: Values): Values => values.subarray(whole) as Values;
    const practicesOfRest = practices.map(({ values, causes, cause }) => ({
      values: rest(values),
      ...(causes ? { causes: rest(causes) } : {}),
      cause,
    }));
    const commonOfRest = { product: rest(common.product), cause: rest(common.cause) };
    referenceKernels.evaluate(commonOfRest, rest(tolerance), practicesOfRest, {
      modulus: rest(modulus),
      intensity: rest(intensity),
      cause: rest(cause),
    });
  };

  slotsOfCells: AnnualKernels['slotsOfCells'] = (ground, from, to, memory, tuples) => {
    const { zones, landUse, slopeDegrees } = ground;
    const { starts, edges, slots } = memory;
    const stride = zones.every((values) => values instanceof Uint16Array) ? this.strideOf(zones) : undefined;
    const used = [landUse, slopeDegrees, memory.zones, starts, edges, slots];
    if (stride === undefined || !used.every((array) => this.holds(array)))
      return referenceKernels.slotsOfCells(ground, from, to, memory, tuples);
    return this.run.slotsOfCells(
      zones[0]?.byteOffset ?? 0,
      stride,
      zones.length,
      landUse.byteOffset,
      slopeDegrees.byteOffset,
      from,
      to,
      memory.zones.byteOffset,
      tuples,
      starts.byteOffset,
      edges.byteOffset,
      edges.length,
      slots.byteOffset,
    );
  };

  countCells: AnnualKernels['countCells'] = (cells, from, to, slots, sums) => {
    const { intensity, modulus, cause } = cells;
    const isHeld = [intensity, modulus, cause, slots, sums].every((array) => this.holds(array));
    const whole = isHeld ? (to - from) & ~15 : 0;
    if (whole > 0) {
      const counted = this.run.countCells(
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
  };

  tabledPractice: AnnualKernels['tabledPractice'] = (at, out) => {
    const { landUse, erosivity, starts, steps, ground, cover, ratios } = at;
    const coverStride = this.strideOf(cover);
    const weights = this.erosivityAddresses(at);
    const arrays = [landUse, starts, steps, ratios, out, ...(ground ? [ground] : [])];
    if (coverStride === undefined || weights === undefined || !arrays.every((array) => this.holds(array)))
      return referenceKernels.tabledPractice(at, out);
    const { width } = erosivity.halfMonths;
    const isMissing = this.run.tabledPractice(
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
  };

  seasonalPractice: AnnualKernels['seasonalPractice'] = (at, out) => {
    const { landUse, erosivity, group, cover, ground, coefficients } = at;
    const lines = 'line' in cover ? cover : undefined;
    const layers = 'line' in cover ? undefined : cover;
    const coverStride = layers === undefined ? 0 : this.strideOf(layers);
    const weights = this.erosivityAddresses(at);
    const arrays = [
      landUse,
      group,
      ground,
      coefficients,
      out,
      ...(lines ? [lines.line, lines.place, lines.share] : []),
    ];
    if (coverStride === undefined || weights === undefined || !arrays.every((array) => this.holds(array)))
      return referenceKernels.seasonalPractice(at, out);
    const { width } = erosivity.halfMonths;
    const isMissing = this.run.seasonalPractice(
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
  };

  /* Why the first cells have no modulus, whatever their practices: in the place of 255. */
  private markCommonCauses(layers: CommonLayers, count: number, { byteOffset: out }: Uint8Array): void {
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
    const landUse = layers.landUse.byteOffset;
    run.markBytes(landUse, landUseNodata, causeCode['land-use'], count, out);
    run.markBytes(landUse, landUseUnmapped, causeCode['land-use-unmapped'], count, out);
    run.markOutside(layers.area.byteOffset, causeCode['outside-area'], count, out);
    run.dropUnexplained(count, out);
  }

  /* The same by their practices: in the place of 255, and of those of higher codes. */
  private markPracticeCauses(
    practices: readonly PracticeLayer[],
    count: number,
    { byteOffset: out }: Uint8Array,
  ): void {
    const { run } = this;
    for (const { values, causes, cause } of practices)
      if (causes) run.markMissingBy(values.byteOffset, causes.byteOffset, cause, count, out);
      else run.markMissing(values.byteOffset, cause, count, out);
    run.dropUnexplained(count, out);
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

  /* Bytes from each of some layers to the next; undefined where they do not lie at even distances in the memory. */
  private strideOf(layers: readonly ArrayBufferView[], count = layers.length): number | undefined {
    const [first, second] = layers;
    const stride = second === undefined ? 0 : second.byteOffset - first!.byteOffset;
    for (let b = 0; b < count; b++) {
      const layer = layers[b]!;
      if (!this.holds(layer) || layer.byteOffset !== first!.byteOffset + b * stride) return undefined;
    }
    return stride;
  }

  /* Pixels that lines are made of; undefined where they are no floats, or an array lies outside the memory. */
  private lineSource(
    values: readonly (Float32Array | Float64Array)[],
    width: number,
    ...arrays: readonly ArrayBufferView[]
  ): [values: number, bandBytes: number, bands: number, width: number] | undefined {
    const bandBytes = this.strideOf(values);
    const fits = values.every((band) => band instanceof Float32Array) && arrays.every((array) => this.holds(array));
    return fits && bandBytes !== undefined ? [values[0]!.byteOffset, bandBytes, values.length, width] : undefined;
  }

  /* Undefined where the lines lie outside the memory. */
  private erosivityAddresses({
    erosivity,
    even,
  }: Pick<TabledCells, 'erosivity' | 'even'>): ErosivityAddresses | undefined {
    const { line, places, place, share, shareStep } = erosivity.halfMonths;
    const total = erosivity.year.line;
    if (![line, total, place, share, even].every((array) => this.holds(array))) return undefined;
    return [line.byteOffset, total.byteOffset, places, place.byteOffset, share.byteOffset, shareStep, even.byteOffset];
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
