import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { referenceTerrain } from '../../pipeline/kernels/terrain/reference-terrain.ts';
import { compiledVisits, terrainOfTile } from '../../pipeline/kernels/terrain/terrain-kernels.ts';
import { LeastSeconds } from './least-seconds.ts';
import type { BenchOptions } from './options.ts';
import type { Bench, BenchResult, CellResult } from './result.ts';
import { type BenchCountry, benchCountry, runChain } from './terrain-chain.ts';
import { countryElevation, countryKinds, provinceElevation } from './terrain-elevation.ts';
import { terrainMethods } from './terrain-methods.ts';

const side = 2048;
/** Of the country on which methods of L and S are compared. */
const methodsSide = 1024;
const repetitions = 5;
/** Of rasters by size. */
const sizeRepetitions = 3;
/** Of the first raster, until the reductions are compiled too. */
const warmUps = 3;
/** Tiles of the country that the target was set on. */
const provinceTileSize = 1024;
/** What the whole chain is to do. */
const wantedCellsPerSecond = 22e6;

/**
 * The terrain visits in place, tile by tile, with their reductions: each visit against TypeScript on hills, and the whole chain
 * against what it is to do, warm: on the province that the target was set on, with a third of its raster nodata and all
 * cells of the raster counted, and on hills without any nodata, on rasters of growing size in turns; then on other kinds of
 * country and sizes of tile, and the last visit with other methods of L and S.
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
  withCountry(
    (place) => benchCountry(place, methodsSide, 512, (frame) => countryElevation('hills', frame)),
    (country) => results.push(...terrainMethods(country)),
  );
  for (const kind of ['province with a third nodata', 'hills'] as const)
    results.push(...bySize(kind, directory, options));
  return results;
};

/** The whole chain on rasters of growing size in turns, and of provinces the largest against the smallest. */
function bySize(
  kind: 'province with a third nodata' | 'hills',
  directory: string,
  { sizes, long }: BenchOptions,
): BenchResult[] {
  const most = long && kind !== 'hills' ? Number.POSITIVE_INFINITY : 8000;
  const sides = sizes.filter((size) => size > provinceTileSize && size <= most);
  const places = sides.map((size) => join(directory, `country-${size}`));
  try {
    const countries = sides.map((size, i) =>
      benchCountry(places[i]!, size, provinceTileSize, (frame) =>
        kind === 'hills' ? countryElevation(kind, frame) : provinceElevation(frame, size),
      ),
    );
    const leasts = leastSecondsInTurns(terrainOfTile, countries, sizeRepetitions);
    const results = countries.map((country, i) =>
      wholeChain(`${kind}, tiles of ${provinceTileSize}, ${country.side}²`, country, leasts[i]!),
    );
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
  } finally {
    for (const place of places) rmSync(place, { recursive: true, force: true });
  }
}

const wholeChain = (name: string, country: BenchCountry, compiled: LeastSeconds): CellResult => ({
  name: `whole chain, ${name}`,
  cells: country.side ** 2,
  seconds: compiled.total,
  against: '22 million cells a second',
  againstSeconds: country.side ** 2 / wantedCellsPerSecond,
  target: 1,
});

function byVisit(country: BenchCountry, compiled: LeastSeconds, reference: LeastSeconds): CellResult[] {
  const cells = country.side ** 2;
  const against = 'the same in TypeScript';
  const inTypeScript = reference.steps;
  const steps = Object.entries(compiled.steps).map(([name, seconds]) => ({
    name: `${name}, hills`,
    cells,
    seconds,
    against,
    againstSeconds: inTypeScript[name]!,
  }));
  const chain = {
    name: 'whole chain, hills',
    cells,
    seconds: compiled.total,
    against,
    againstSeconds: reference.total,
  };
  const isVisit = ({ name }: CellResult): boolean => name.startsWith('visit');
  const reductions = {
    name: 'the four reductions, hills',
    cells,
    seconds: steps.filter((step) => !isVisit(step)).reduce((total, { seconds }) => total + seconds, 0),
    against: 'the whole chain',
    againstSeconds: compiled.total,
    target: 0.05,
  };
  return [...steps.filter(isVisit), reductions, chain];
}

/** Least time of each piece of each step over some repetitions, warm. */
function leastSeconds(terrainOf: typeof terrainOfTile, country: BenchCountry, times: number): LeastSeconds {
  return leastSecondsInTurns(terrainOf, [country], times)[0]!;
}

/** The same of several countries, done in turns. */
function leastSecondsInTurns(
  terrainOf: typeof terrainOfTile,
  countries: readonly BenchCountry[],
  times: number,
): LeastSeconds[] {
  for (const country of countries.slice(0, 1))
    for (let turn = 0; turn < warmUps; turn++) runChain(terrainOf, country, new LeastSeconds());
  const leasts = countries.map(() => new LeastSeconds());
  for (let turn = 0; turn < times; turn++)
    for (const [i, country] of countries.entries()) runChain(terrainOf, country, leasts[i]!);
  return leasts;
}
