import { parseArgs } from 'node:util';

/** What every benchmark is asked for. */
export interface BenchOptions {
  /** Sides of the rasters, cells, ascending. */
  readonly sizes: readonly number[];
  /** Sides of tiles for those that can have any; left out, what each finds fit for its sizes. */
  readonly tileSizes?: readonly number[];
  /** Benchmarks that take more than some minutes are run too, and others with more repetitions. */
  readonly long: boolean;
}

const usualSizes = [2000, 4000];
const longSizes = [4000, 8000, 16_000];

export const benchUsage = 'npm run bench -- [NAME …] [--sizes 4000,8000] [--tiles 1024,2048] [--long]';

/**
 * Names and options of a command line.
 * @throws RangeError or a TypeError of `parseArgs` with one line about what is wrong
 */
export function benchOptions(args: readonly string[]): { readonly names: string[]; readonly options: BenchOptions } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { sizes: { type: 'string' }, tiles: { type: 'string' }, long: { type: 'boolean', default: false } },
  });
  const { long } = values;
  const sizes = sides('sizes', values.sizes, '4000,8000') ?? (long ? longSizes : usualSizes);
  const tileSizes = sides('tiles', values.tiles, '1024,2048');
  return { names: positionals, options: { sizes, long, ...(tileSizes ? { tileSizes } : {}) } };
}

/** Sides named by an option, ascending; undefined where it was not given. */
function sides(option: string, text: string | undefined, example: string): number[] | undefined {
  const sizes = text?.split(',').map(Number);
  if (sizes?.some((size) => !Number.isInteger(size) || size < 256 || size > 65_536))
    throw new RangeError(`--${option}: expected sides of 256 to 65536 cells such as ${example}, found ${text}`);
  return sizes?.sort((a, b) => a - b);
}
