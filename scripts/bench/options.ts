import { parseArgs } from 'node:util';

/** What every benchmark is asked for. */
export interface BenchOptions {
  /** Sides of the rasters, cells, ascending. */
  readonly sizes: readonly number[];
  /** Benchmarks that take more than some minutes are run too, and others with more repetitions. */
  readonly long: boolean;
}

const usualSizes = [2000, 4000];
const longSizes = [4000, 8000, 16_000];

export const benchUsage = 'npm run bench -- [NAME …] [--sizes 4000,8000] [--long]';

/**
 * Names and options of a command line.
 * @throws RangeError or a TypeError of `parseArgs` with one line about what is wrong
 */
export function benchOptions(args: readonly string[]): { readonly names: string[]; readonly options: BenchOptions } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { sizes: { type: 'string' }, long: { type: 'boolean', default: false } },
  });
  const { long } = values;
  const sizes = values.sizes?.split(',').map(Number) ?? (long ? longSizes : usualSizes);
  if (sizes.some((size) => !Number.isInteger(size) || size < 256 || size > 65_536))
    throw new RangeError(`--sizes: expected sides of 256 to 65536 cells such as 4000,8000, found ${values.sizes}`);
  return { names: positionals, options: { sizes: sizes.sort((a, b) => a - b), long } };
}
