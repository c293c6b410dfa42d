import { biologicalPracticeRules } from '../../models/factors/biological-practice-half-month-csle2018.ts';
import { type Allocator, heapAllocator } from '../../models/kernels/allocator.ts';
import type { AnnualKernels } from '../../models/kernels/annual-kernels.ts';
import { HalfMonthPractice, practiceMemory } from '../../models/kernels/half-month-practice.ts';
import { referenceKernels } from '../../models/kernels/reference-kernels.ts';
import { rowWeights } from '../../pipeline/formats/bilinear-row.ts';
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
  const width = 4096;
  const bands = Array.from({ length: 4 }, () => allocator.float32(3 * width));
  for (const values of bands) for (let i = 0; i < values.length; i++) values[i] = i % 97;
  const weights = rowWeights(allocator, cells);
  for (let c = 0; c < weights.offset.length; c++) {
    const share = ((c % 3) + 0.5) / 3;
    weights.offset[c] = Math.floor(c / 3);
    for (const side of [weights.north, weights.south]) {
      side[c] = (1 - share) / 2;
      side[weights.offset.length + c] = share / 2;
    }
  }
  const out = bands.map(() => allocator.float32(cells));
  return () => void kernels.bilinearBands(bands, width, weights, 0.01, 0, out, 0);
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
    annual: allocator.float32(cells).fill(1200),
    halfMonth: Array.from({ length: 24 }, (_, k) => into(k + 5)),
  };
  const kernel = new HalfMonthPractice(biologicalPracticeRules(), kernels, practiceMemory(allocator, cells));
  const values = allocator.float32(cells);
  const causes = allocator.uint8(cells);
  return () => kernel.evaluate(inputs, values, causes);
}
