import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { referenceTerrain } from '../../pipeline/kernels/terrain/reference-terrain.ts';
import { compiledVisits, terrainOfTile } from '../../pipeline/kernels/terrain/terrain-kernels.ts';
import type { BenchOptions } from './options.ts';
import type { Bench, BenchResult, CellResult } from './result.ts';
import { type BenchCountry, benchCountry, type ChainSeconds, runChain } from './terrain-chain.ts';
import { countryElevation, countryKinds, provinceElevation } from './terrain-elevation.ts';

const side = 2048;
const repetitions = 5;
/** Tiles of the country that the target was set on. */
const provinceTileSize = 1024;
/** What the whole chain is to do. */
const wantedCellsPerSecond = 22e6;

/**
 * The terrain visits in place, tile by tile, with their reductions: each visit against TypeScript on hills, and the whole chain
 * against what it is to do, warm: on the province that the target was set on, with a third of its raster nodata and all
 * cells of the raster counted, and on hills without any nodata, on rasters of growing size; then on other kinds of country and
 * sizes of tile.
 */
export const terrainKernels: Bench = async (directory, options) => {
  if (compiledVisits() === undefined) throw new Error('no compiled kernels: run npm run build');
  const withCountry = <T>(make: (place: string) => BenchCountry, use: (country: BenchCountry) => T): T => {
    const place = join(directory, 'country');
    try {
      return use(make(place));
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  };
  const results: BenchResult[] = [];
  for (const kind of countryKinds)
    for (const tileSize of kind === 'hills' ? [512, 1024, 2048] : [512])
      withCountry(
        (place) => benchCountry(place, side, tileSize, (frame) => countryElevation(kind, frame)),
        (country) => {
          const compiled = leastSeconds(terrainOfTile, country, repetitions);
          if (kind === 'hills' && tileSize === 512)
            results.push(...byVisit(country, compiled, leastSeconds(referenceTerrain, country, 1)));
          results.push(wholeChain(`${kind}, tiles of ${tileSize}`, country, compiled));
        },
      );
  for (const kind of ['province with a third nodata', 'hills'] as const)
    results.push(...bySize(kind, withCountry, options));
  return results;
};

type WithCountry = <T>(make: (place: string) => BenchCountry, use: (country: BenchCountry) => T) => T;

/** The whole chain on rasters of growing size, and of provinces the largest against the smallest. */
function bySize(
  kind: 'province with a third nodata' | 'hills',
  withCountry: WithCountry,
  { sizes, long }: BenchOptions,
): BenchResult[] {
  const sides = sizes.filter((size) => size > provinceTileSize && (long || size <= 8000));
  const results = sides.map((size) => {
    const make = (place: string) =>
      benchCountry(place, size, provinceTileSize, (frame) =>
        kind === 'hills' ? countryElevation(kind, frame) : provinceElevation(frame, size),
      );
    const name = `${kind}, tiles of ${provinceTileSize}, ${size}²`;
    return withCountry(make, (country) => wholeChain(name, country, leastSeconds(terrainOfTile, country, 2)));
  });
  const [first, last] = [results[0], results.at(-1)];
  // The larger a raster of hills, the more of it lies in lakes: only provinces of two sizes are alike.
  if (kind === 'hills' || first === undefined || last === undefined || first === last) return results;
  const nanoseconds = ({ seconds, cells }: CellResult): number => (seconds / cells) * 1e9;
  const flatness = {
    name: `whole chain, ${kind}, ${sides.at(-1)}²`,
    against: `${sides[0]}²`,
    figure: nanoseconds(last),
    againstFigure: nanoseconds(first),
    unit: 'ns per cell',
    target: 1.1,
  };
  return [...results, flatness];
}

const wholeChain = (name: string, country: BenchCountry, compiled: ChainSeconds): CellResult => ({
  name: `whole chain, ${name}`,
  cells: country.side ** 2,
  seconds: sum(compiled),
  against: '22 million cells a second',
  againstSeconds: country.side ** 2 / wantedCellsPerSecond,
  target: 1,
});

function byVisit(country: BenchCountry, compiled: ChainSeconds, reference: ChainSeconds): CellResult[] {
  const cells = country.side ** 2;
  const against = 'the same in TypeScript';
  const steps = Object.keys(compiled).map((name) => ({
    name: `${name}, hills`,
    cells,
    seconds: compiled[name]!,
    against,
    againstSeconds: reference[name]!,
  }));
  const chain = { name: 'whole chain, hills', cells, seconds: sum(compiled), against, againstSeconds: sum(reference) };
  const isVisit = ({ name }: CellResult): boolean => name.startsWith('visit');
  const reductions = {
    name: 'the four reductions, hills',
    cells,
    seconds: steps.filter((step) => !isVisit(step)).reduce((total, { seconds }) => total + seconds, 0),
    against: 'the whole chain',
    againstSeconds: sum(compiled),
    target: 0.05,
  };
  return [...steps.filter(isVisit), reductions, chain];
}

const sum = (seconds: ChainSeconds): number => Object.values(seconds).reduce((a, b) => a + b);

/** Least time of each step over some repetitions after one to warm up. */
function leastSeconds(terrainOf: typeof terrainOfTile, country: BenchCountry, times: number): ChainSeconds {
  const least: Record<string, number> = {};
  for (let repetition = 0; repetition <= times; repetition++)
    for (const [step, seconds] of Object.entries(runChain(terrainOf, country)))
      if (repetition > 0) least[step] = Math.min(least[step] ?? Number.POSITIVE_INFINITY, seconds);
  return least;
}
