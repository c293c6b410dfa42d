import { biologicalPracticeRules } from '../../models/factors/biological-practice-half-month-csle2018.ts';
import { type Allocator, heapAllocator } from '../../models/kernels/allocator.ts';
import type { AnnualKernels } from '../../models/kernels/annual-kernels.ts';
import type { ErosivityLines } from '../../models/kernels/half-month-kernels.ts';
import { HalfMonthPractice, practiceMemory } from '../../models/kernels/half-month-practice.ts';
import { lineLength } from '../../models/kernels/line-rows.ts';
import { referenceKernels } from '../../models/kernels/reference-kernels.ts';
import { takeKernels } from '../../pipeline/kernels/kernel-set.ts';
import { cpuSecondsInTurns } from './cpu.ts';
import type { Bench } from './result.ts';

const cells = 1 << 13;
const rounds = 40;
const repetitions = 7;

/** The kernels of the annual pass in WebAssembly against their TypeScript reference, on cells in the cache. */
export const annualKernels: Bench = async () => {
  const compiled = takeKernels();
  const results = [];
  for (const [name, prepare] of Object.entries({
    'bilinear rows of four bands': bilinear,
    'B of 24 half-months, all grass': practice,
  })) {
    const fast = compiled.layOut((allocator) => prepare(compiled.kernels, allocator));
    const reference = prepare(referenceKernels, heapAllocator);
    const [seconds, againstSeconds] = await cpuSecondsInTurns(repetitions, [
      () => repeat(fast),
      () => repeat(reference),
    ]);
    const against = 'the same in TypeScript';
    results.push({ name, cells: cells * rounds, seconds: seconds!, against, againstSeconds: againstSeconds! });
  }
  return results;
};

const repeat = (work: () => void): void => {
  for (let round = 0; round < rounds; round++) work();
};

/** A row of 10 m cells over pixels of 30 m, of four bands. */
function bilinear(kernels: AnnualKernels, allocator: Allocator): () => void {
  const width = Math.ceil(cells / 3) + 1;
  const bands = Array.from({ length: 4 }, () => allocator.float32(2 * width));
  for (const values of bands) for (let i = 0; i < values.length; i++) values[i] = i % 97;
  const place = allocator.int32(cells);
  const share = allocator.float64(cells);
  for (let c = 0; c < place.length; c++) {
    place[c] = Math.floor(c / 3);
    share[c] = ((c % 3) + 0.5) / 3;
  }
  const rows = { first: allocator.int32(1).fill(0), below: allocator.float64(1).fill(0.5) };
  const line = allocator.float64(lineLength(width, 4));
  const lines = { bands: 4, width: cells, rows: 1, place, share, shareStep: 0, places: width, line };
  const out = bands.map(() => allocator.float32(cells));
  return () => {
    kernels.linesOfPixels(bands, width, rows, 1, 0.01, 0, line);
    kernels.alongLines(lines, out, 0);
  };
}

/** Erosivity of one place in all cells, on lines of its own. */
function erosivityOf(allocator: Allocator): ErosivityLines {
  const at = { width: cells, rows: 1, shareStep: 0, places: 1 };
  const places = { place: allocator.int32(cells).fill(0), share: allocator.float64(cells).fill(0.5) };
  const halfMonths = { ...at, ...places, bands: 24, line: allocator.float64(lineLength(1, 24)).fill(50) };
  const year = { ...at, ...places, bands: 1, line: allocator.float64(lineLength(1, 1)).fill(24 * 50) };
  return { halfMonths, year };
}

function practice(kernels: AnnualKernels, allocator: Allocator): () => void {
  const into = (step: number): Float32Array => {
    const values = allocator.float32(cells);
    for (let i = 0; i < values.length; i++) values[i] = ((i * step) % 101) / 100;
    return values;
  };
  const inputs = {
    landUse: allocator.uint8(cells).fill(41),
    cover: Array.from({ length: 24 }, (_, k) => into(k + 3)),
    understorey: 0.5,
    erosivity: erosivityOf(allocator),
  };
  const memory = practiceMemory(allocator, cells);
  const values = allocator.float32(cells);
  const causes = allocator.uint8(cells);
  // Its tables go into memory, which is there only when all of it has been asked for.
  let kernel: HalfMonthPractice | undefined;
  return () => {
    kernel ??= new HalfMonthPractice(biologicalPracticeRules(), kernels, memory);
    kernel.evaluate(inputs.landUse, () => inputs, values, causes);
  };
}
