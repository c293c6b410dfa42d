import type { BandStatistics } from './inspection.ts';
import { float32Maximum } from './nodata-text.ts';

/** Cell values as they come from a decoder. */
export type CellArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

const maximumClasses = 1024;
const sampleSize = 32768;
/** Values that programs and agencies write for "no value"; 32766 and 32700 are the weather bureau's missing and trace. */
const knownSentinels = [-9999, -99999, -999, -32768, 32767, 32766, 32744, 32700, 65535, 999999, -3000] as const;

/** Statistics of one band, gathered window by window in bounded memory. */
export class BandAccumulator {
  readonly #band: number;
  readonly #nodata: number | undefined;
  readonly #small: boolean;
  readonly #histogram: Uint32Array | undefined;
  readonly #second: Uint32Array;
  readonly #shift: number;
  readonly #classes = new Map<number, number>();
  #classesOverflow = false;
  readonly #rim = new Map<number, number>();
  #rimCells = 0;
  readonly #sentinels = new Map<number, number>();
  readonly #sample: number[] = [];
  #sampleStep = 1;
  #seen = 0;
  #cells = 0;
  #nodataCells = 0;
  #nan = 0;
  #infinite = 0;
  #minimum = Number.POSITIVE_INFINITY;
  #maximum = Number.NEGATIVE_INFINITY;
  #sum = 0;
  #valid = 0;
  #negative = 0;
  #zero = 0;
  #whole = true;
  #areaCells = 0;
  #areaNodata = 0;
  #hasArea = false;

  /**
   * @param nodata value of the cells without a value, as stored; NaN is always one
   * @param range smallest and largest value of a type of at most 16 bits: a full histogram is kept for it
   */
  constructor(band: number, nodata: number | undefined, range?: readonly [number, number]) {
    this.#band = band;
    this.#nodata = nodata;
    this.#small = range !== undefined;
    this.#shift = range ? -range[0] : 0;
    this.#histogram = range ? new Uint32Array(range[1] - range[0] + 1) : undefined;
    this.#second = new Uint32Array(this.#histogram?.length ?? 0);
  }

  isNodata(value: number): boolean {
    if (Number.isNaN(value) || value === this.#nodata) return true;
    // Writers round the lowest float differently; with such a nodata every value near it is one.
    return (
      this.#nodata !== undefined &&
      Math.abs(this.#nodata) > 1e38 &&
      Math.abs(value) > 1e38 &&
      Math.sign(value) === Math.sign(this.#nodata)
    );
  }

  /** Takes `count` cells from the start of the array. */
  add(values: CellArray, count: number): void {
    this.#cells += count;
    if (this.#histogram) {
      const shift = this.#shift;
      const histogram = this.#histogram;
      const second = this.#second;
      const even = count & ~1;
      // Two histograms in turn: long runs of one value would otherwise wait for their own last increment.
      for (let index = 0; index < even; index += 2) {
        histogram[values[index]! + shift]!++;
        second[values[index + 1]! + shift]!++;
      }
      if (even < count) histogram[values[even]! + shift]!++;
      return;
    }
    for (let index = 0; index < count; index++) this.#one(values[index]!);
  }

  #one(value: number): void {
    if (Number.isNaN(value)) {
      this.#nan++;
      this.#nodataCells++;
      return;
    }
    if (this.isNodata(value)) {
      this.#nodataCells++;
      return;
    }
    if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) {
      this.#infinite++;
      return;
    }
    this.#valid++;
    this.#sum += value;
    if (value < this.#minimum) this.#minimum = value;
    if (value > this.#maximum) this.#maximum = value;
    if (value < 0) this.#negative++;
    else if (value === 0) this.#zero++;
    if (this.#whole && value !== Math.floor(value)) this.#whole = false;
    if (this.#whole && !this.#classesOverflow) {
      const held = this.#classes.get(value);
      if (held !== undefined) this.#classes.set(value, held + 1);
      else if (this.#classes.size < maximumClasses) this.#classes.set(value, 1);
      else this.#classesOverflow = true;
    }
    if (value < -900 || value > 32000) this.#maybeSentinel(value);
    if (this.#seen++ % this.#sampleStep === 0) this.#keep(value);
  }

  #maybeSentinel(value: number): void {
    if (Math.abs(value) > 1e38 || (knownSentinels as readonly number[]).includes(value))
      this.#sentinels.set(value, (this.#sentinels.get(value) ?? 0) + 1);
  }

  #keep(value: number): void {
    this.#sample.push(value);
    if (this.#sample.length < sampleSize) return;
    // Thin to every second value: the sample stays spread evenly over all cells seen.
    for (let index = 0; index < sampleSize / 2; index++) this.#sample[index] = this.#sample[index * 2]!;
    this.#sample.length = sampleSize / 2;
    this.#sampleStep *= 2;
  }

  /** Takes a cell of the outermost ring of the raster; it must have been given to `add` too. */
  addRim(value: number): void {
    if (this.isNodata(value)) return;
    this.#rimCells++;
    const held = this.#rim.get(value);
    if (held !== undefined) this.#rim.set(value, held + 1);
    else if (this.#rim.size < 256) this.#rim.set(value, 1);
  }

  /** Takes a run of cells inside the area of interest. */
  addArea(values: CellArray, start: number, end: number): void {
    this.#hasArea = true;
    this.#areaCells += end - start;
    for (let index = start; index < end; index++) if (this.isNodata(values[index]!)) this.#areaNodata++;
  }

  /** Takes cells of the area of interest that lie outside the raster. */
  addAreaOutside(cells: number): void {
    this.#hasArea = true;
    this.#areaCells += cells;
    this.#areaNodata += cells;
  }

  /** Takes cells of blocks that hold no bytes; they decode to nodata, or to zero where none is declared. */
  addEmpty(cells: number): void {
    this.#cells += cells;
    if (this.#nodata !== undefined) this.#nodataCells += cells;
    else if (this.#histogram && this.#shift >= 0) this.#histogram[this.#shift]! += cells;
    else {
      this.#valid += cells;
      this.#zero += cells;
      this.#minimum = Math.min(this.#minimum, 0);
      this.#maximum = Math.max(this.#maximum, 0);
    }
  }

  finish(): BandStatistics {
    if (this.#histogram) this.#fromHistogram(this.#histogram);
    const filled = this.#valid > 0;
    const classes =
      this.#whole && !this.#classesOverflow && filled ? [...this.#classes].sort((a, b) => a[0] - b[0]) : undefined;
    return {
      band: this.#band,
      cells: this.#cells,
      nodataCells: this.#nodataCells,
      nanCells: this.#nan,
      infiniteCells: this.#infinite,
      ...(filled
        ? {
            minimum: this.#minimum,
            maximum: this.#maximum,
            mean: this.#sum / this.#valid,
            median: this.#median(),
          }
        : {}),
      negativeCells: this.#negative,
      zeroCells: this.#zero,
      whole: this.#whole,
      ...(classes ? { classes } : {}),
      ...this.#suspected(classes),
      sentinels: [...this.#sentinels].sort((a, b) => b[1] - a[1]),
      ...(this.#hasArea ? { area: { cells: this.#areaCells, nodataCells: this.#areaNodata } } : {}),
    };
  }

  #fromHistogram(histogram: Uint32Array): void {
    for (let index = 0; index < histogram.length; index++) histogram[index]! += this.#second[index]!;
    this.#second.fill(0);
    let distinct = 0;
    for (let index = 0; index < histogram.length; index++) {
      const count = histogram[index]!;
      if (count === 0) continue;
      const value = index - this.#shift;
      if (value === this.#nodata) {
        this.#nodataCells += count;
        continue;
      }
      this.#valid += count;
      this.#sum += value * count;
      this.#minimum = Math.min(this.#minimum, value);
      this.#maximum = Math.max(this.#maximum, value);
      if (value < 0) this.#negative += count;
      if (value === 0) this.#zero += count;
      if ((knownSentinels as readonly number[]).includes(value)) this.#sentinels.set(value, count);
      if (++distinct <= maximumClasses) this.#classes.set(value, count);
      else this.#classesOverflow = true;
    }
  }

  #median(): number {
    if (this.#histogram) {
      const half = this.#valid / 2;
      let seen = 0;
      for (let index = 0; index < this.#histogram.length; index++) {
        if (index - this.#shift === this.#nodata) continue;
        seen += this.#histogram[index]!;
        if (seen >= half) return index - this.#shift;
      }
    }
    if (this.#sample.length === 0) return 0;
    const sorted = Float64Array.from(this.#sample).sort();
    return sorted[Math.floor(sorted.length / 2)]!;
  }

  /** A value that fills most of the rim and is the extreme of the values, or one of the usual marks. */
  #suspected(classes: BandStatistics['classes']): Pick<BandStatistics, 'suspectedNodata'> {
    let best: [number, number] | undefined;
    for (const entry of this.#rim) if (!best || entry[1] > best[1]) best = entry;
    if (!best || best[1] < 8 || best[1] < this.#rimCells * 0.6) return {};
    const [value] = best;
    const extreme = value === this.#minimum || value === this.#maximum;
    const usual =
      (knownSentinels as readonly number[]).includes(value) ||
      value === 0 ||
      value === 255 ||
      Math.abs(value) >= float32Maximum;
    if (!extreme || !usual || this.#minimum === this.#maximum) return {};
    const counted = this.#small
      ? this.#histogram![value + this.#shift]!
      : (classes?.find((entry) => entry[0] === value)?.[1] ??
        this.#sentinels.get(value) ??
        (value === 0 ? this.#zero : best[1]));
    return { suspectedNodata: { value, cells: counted } };
  }
}
