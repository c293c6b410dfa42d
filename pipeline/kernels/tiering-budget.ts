import { setFlagsFromString } from 'node:v8';

/**
 * V8 compiles a function of WebAssembly a second time, and better, once some 1.8 million bytes of it have run. That is right for
 * kernels, which run for minutes. Of large libraries that are called a few times it costs more than all they do.
 */
const usualBytes = 1_800_000;

/** For libraries whose functions hardly run again. */
export const seldomRunBytes = 100_000_000;

let currentBytes = usualBytes;

/** The flags of V8 that are changed here, as they are when a process starts. */
export const usualFlags: readonly string[] = [
  '--wasm-tier-up',
  '--wasm-dynamic-tiering',
  `--wasm-tiering-budget=${usualBytes}`,
];

/**
 * From now on V8 compiles a function of JavaScript a second time, and better, once six times as many bytes of it have run as by
 * itself: for programs whose kernels are WebAssembly. What calls these runs some dozens of times for each tile, and was worth
 * the 10 to 30 ms a function only when a process had done hundreds of tiles.
 */
export function optimiseLater(): void {
  setFlagsFromString('--interrupt-budget=400000');
}

/**
 * From now on no function is compiled a second time in this process, however much of it runs: for PostgreSQL. A budget hardly keeps
 * its largest functions from it, since each round of their loops counts for 20 to 100 kB; they take half a second each.
 */
export function compileOnce(): void {
  setFlagsFromString('--no-wasm-tier-up');
  // Follows from it on the command line, but not once V8 runs.
  setFlagsFromString('--no-wasm-dynamic-tiering');
}

/** Sets how many bytes of a function run before it is compiled again, in modules that are instantiated from now on. */
function setTieringBudget(bytes: number): void {
  setFlagsFromString(`--wasm-tiering-budget=${bytes}`);
  currentBytes = bytes;
}

/** Does work with another budget than that of the process. */
export async function withTieringBudget<T>(bytes: number, work: () => Promise<T>): Promise<T> {
  const before = currentBytes;
  setTieringBudget(bytes);
  try {
    return await work();
  } finally {
    setTieringBudget(before);
  }
}
