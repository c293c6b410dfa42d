import type { Dataset } from 'gdal-async';
import type { AreaMask } from './area-mask.ts';
import type { BandStatistics, CellType } from './inspection.ts';
import { countHoles } from './nodata-holes.ts';
import { BandAccumulator, type CellArray } from './raster-statistics.ts';

/** Cells read at once per band; with eight bytes each this is the largest single buffer. */
const windowCells = 1 << 20;
const largestWindowCells = 8 << 20;
const holeMaskCells = 4 << 20;

export interface ScanPlan {
  readonly width: number;
  readonly height: number;
  readonly blockWidth: number;
  readonly blockHeight: number;
  readonly bands: readonly number[];
  readonly cellType: CellType;
  readonly nodata: number | undefined;
  readonly decodedBytes: number;
  readonly readMilliseconds: number;
  /** True when the block at (column, row) of the block grid holds bytes. */
  readonly hasBlock: (column: number, row: number) => boolean;
  readonly holes: boolean;
  /** False for damaged files: blocks are then read one by one, so that the good ones are not lost with their neighbours. */
  readonly joinBlocks: boolean;
  /** Area of interest as rings in cell coordinates. */
  readonly area?: AreaMask;
}

export interface ScanResult {
  readonly statistics: BandStatistics[];
  readonly readShare: number;
  /** Windows that could not be decoded, and what the decoder said first. */
  readonly failedWindows: number;
  readonly firstFailure?: string;
}

const histogramRanges: Partial<Record<CellType, readonly [number, number]>> = {
  uint8: [0, 255],
  int8: [-128, 127],
  uint16: [0, 65535],
  int16: [-32768, 32767],
};

function cellArray(cellType: CellType, length: number): CellArray {
  switch (cellType) {
    case 'uint8':
      return new Uint8Array(length);
    case 'uint16':
      return new Uint16Array(length);
    case 'int16':
      return new Int16Array(length);
    case 'uint32':
      return new Uint32Array(length);
    case 'int32':
      return new Int32Array(length);
    case 'float32':
    case 'float16':
      return new Float32Array(length);
    case 'int8':
      return new Uint8Array(length);
    default:
      return new Float64Array(length);
  }
}

interface Window {
  x: number;
  y: number;
  width: number;
  height: number;
  empty: boolean;
}

/** Windows made of whole blocks, joined along a row of blocks and over strips, each at most `windowCells` when possible. */
function* windows(plan: ScanPlan): Generator<Window> {
  const across = Math.ceil(plan.width / plan.blockWidth);
  const down = Math.ceil(plan.height / plan.blockHeight);
  const joinDown = Math.max(1, Math.floor(windowCells / (plan.blockHeight * Math.min(plan.width, plan.blockWidth))));
  const stepDown = across === 1 && plan.joinBlocks ? joinDown : 1;
  for (let row = 0; row < down; row += stepDown) {
    const y = row * plan.blockHeight;
    const height = Math.min(plan.blockHeight * stepDown, plan.height - y);
    for (let column = 0; column < across; column++) {
      const x = column * plan.blockWidth;
      const width = Math.min(plan.blockWidth, plan.width - x);
      let empty = true;
      for (let inner = row; inner < Math.min(down, row + stepDown); inner++)
        if (plan.hasBlock(column, inner)) empty = false;
      if (empty) {
        yield { x, y, width, height, empty };
        continue;
      }
      // A very large block (one uncompressed strip for the whole raster) is read in bands of rows; a compressed one is
      // never that large, and reading it in parts would decode it again for each.
      const rows = width * height <= largestWindowCells ? height : Math.max(1, Math.floor(windowCells / width));
      for (let part = 0; part < height; part += rows)
        yield { x, y: y + part, width, height: Math.min(rows, height - part), empty: false };
    }
  }
}

/**
 * Reads the values of a raster window by window and gathers statistics, in memory that does not grow with the raster.
 * When the time would not suffice an evenly spread part of the windows is read, and `readShare` says how much.
 */
export function scanRaster(dataset: Dataset, plan: ScanPlan): ScanResult {
  const elapsed = processorClock();
  const range = plan.bands.length <= 64 ? histogramRanges[plan.cellType] : undefined;
  const accumulators = plan.bands.map((band) => new BandAccumulator(band, plan.nodata, range));
  const pixels = plan.bands.map((band) => dataset.bands.get(band).pixels);
  const shrink = Math.max(1, Math.ceil(Math.sqrt((plan.width * plan.height) / holeMaskCells)));
  const maskWidth = Math.ceil(plan.width / shrink);
  const mask = plan.holes ? new Uint8Array(maskWidth * Math.ceil(plan.height / shrink)) : undefined;
  // A cautious rate of decoding and counting; slower files are stopped by the clock.
  const expected = plan.decodedBytes / 120_000;
  const stride = expected > plan.readMilliseconds ? plan.readMilliseconds / expected : 1;
  let buffer: CellArray | undefined;
  let due = 0;
  let readCells = 0;
  let visited = 0;
  let late = false;
  let failedWindows = 0;
  let firstFailure: string | undefined;
  for (const window of windows(plan)) {
    const count = window.width * window.height;
    if (window.empty) {
      for (const accumulator of accumulators) accumulator.addEmpty(count);
      readCells += count;
      if (mask && plan.nodata !== undefined) markAll(mask, maskWidth, shrink, window);
      if (plan.area) areaOfEmpty(plan, accumulators, window);
      continue;
    }
    due += stride;
    if (due < 1) continue;
    if (++visited % 16 === 0 && elapsed() > plan.readMilliseconds) late = true;
    if (late) continue;
    due -= 1;
    if (!buffer || buffer.length < count) buffer = cellArray(plan.cellType, count);
    let failed = false;
    for (let index = 0; index < accumulators.length; index++) {
      const accumulator = accumulators[index]!;
      try {
        pixels[index]!.read(window.x, window.y, window.width, window.height, buffer as Uint8Array);
      } catch (error) {
        failed = true;
        firstFailure ??= error instanceof Error ? error.message : String(error);
        break;
      }
      const values = plan.cellType === 'int8' ? new Int8Array(buffer.buffer, buffer.byteOffset, buffer.length) : buffer;
      accumulator.add(values, count);
      rim(accumulator, values, window, plan);
      if (plan.area) areaOf(plan.area, accumulator, values, window);
      if (index === 0 && mask) markMissing(mask, maskWidth, shrink, window, values, accumulator);
    }
    if (failed) failedWindows++;
    else readCells += count;
    // A file whose blocks fail one after another is damaged throughout; reading on would only cost time.
    if (failedWindows > 50 && readCells === 0) break;
  }
  if (plan.area) for (const accumulator of accumulators) accumulator.addAreaOutside(cellsOutside(plan, plan.area));
  const statistics = accumulators.map((accumulator) => accumulator.finish());
  const readShare = readCells / (plan.width * plan.height);
  if (mask && readShare > 0.9999 && statistics[0])
    statistics[0] = { ...statistics[0], holes: scaled(countHoles(mask, maskWidth, mask.length / maskWidth), shrink) };
  return { statistics, readShare, failedWindows, ...(firstFailure ? { firstFailure } : {}) };
}

/** Milliseconds of processor time since the call: on a busy machine the same part of a file is read as on an idle one. */
function processorClock(): () => number {
  const start = process.cpuUsage();
  return () => {
    const used = process.cpuUsage(start);
    return (used.user + used.system) / 1000;
  };
}

const scaled = (holes: { patches: number; cells: number }, shrink: number): { patches: number; cells: number } => ({
  patches: holes.patches,
  cells: holes.cells * shrink * shrink,
});

function rim(accumulator: BandAccumulator, values: CellArray, window: Window, plan: ScanPlan): void {
  const { x, y, width, height } = window;
  const lastRow = y + height === plan.height;
  for (let column = 0; column < width; column++) {
    if (y === 0) accumulator.addRim(values[column]!);
    if (lastRow && plan.height > 1) accumulator.addRim(values[(height - 1) * width + column]!);
  }
  if (x === 0) for (let row = 0; row < height; row++) accumulator.addRim(values[row * width]!);
  if (x + width === plan.width)
    for (let row = 0; row < height; row++) accumulator.addRim(values[row * width + width - 1]!);
}

function areaOf(area: AreaMask, accumulator: BandAccumulator, values: CellArray, window: Window): void {
  for (let row = 0; row < window.height; row++) {
    const spans = area.spans(window.y + row);
    for (let index = 0; index < spans.length; index += 2) {
      const from = Math.max(0, spans[index]! - window.x);
      const to = Math.min(window.width, spans[index + 1]! - window.x);
      if (to > from) accumulator.addArea(values, row * window.width + from, row * window.width + to);
    }
  }
}

function areaOfEmpty(plan: ScanPlan, accumulators: BandAccumulator[], window: Window): void {
  if (plan.nodata === undefined) return;
  let cells = 0;
  for (let row = 0; row < window.height; row++) {
    const spans = plan.area!.spans(window.y + row);
    for (let index = 0; index < spans.length; index += 2) {
      const from = Math.max(window.x, spans[index]!);
      const to = Math.min(window.x + window.width, spans[index + 1]!);
      cells += Math.max(0, to - from);
    }
  }
  for (const accumulator of accumulators) accumulator.addAreaOutside(cells);
}

function cellsOutside(plan: ScanPlan, area: AreaMask): number {
  let outside = 0;
  for (let row = area.firstRow; row <= area.lastRow; row++) {
    const spans = area.spans(row);
    const inRaster = row >= 0 && row < plan.height;
    for (let index = 0; index < spans.length; index += 2) {
      const [from, to] = [spans[index]!, spans[index + 1]!];
      outside += inRaster ? to - from - Math.max(0, Math.min(to, plan.width) - Math.max(from, 0)) : to - from;
    }
  }
  return outside;
}

function markMissing(
  mask: Uint8Array,
  maskWidth: number,
  shrink: number,
  window: Window,
  values: CellArray,
  accumulator: BandAccumulator,
): void {
  for (let row = 0; row < window.height; row++) {
    const base = Math.floor((window.y + row) / shrink) * maskWidth;
    for (let column = 0; column < window.width; column++)
      if (accumulator.isNodata(values[row * window.width + column]!))
        mask[base + Math.floor((window.x + column) / shrink)] = 1;
  }
}

function markAll(mask: Uint8Array, maskWidth: number, shrink: number, window: Window): void {
  for (let row = Math.floor(window.y / shrink); row * shrink < window.y + window.height; row++)
    for (let column = Math.floor(window.x / shrink); column * shrink < window.x + window.width; column++)
      mask[row * maskWidth + column] = 1;
}
