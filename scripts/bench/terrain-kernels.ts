import { referenceTerrain } from '../../pipeline/kernels/terrain/reference-terrain.ts';
import { compiledVisits, terrainOfTile } from '../../pipeline/kernels/terrain/terrain-kernels.ts';
import type { Bench, BenchResult, CellResult } from './result.ts';
import { type ChainSeconds, countryTiles, runChain } from './terrain-chain.ts';
import { countryKinds } from './terrain-elevation.ts';

const side = 2048;
const repetitions = 5;
/** What the whole chain is to do. */
const wantedCellsPerSecond = 22e6;

/**
 * The terrain visits in place on tiles in memory: each against TypeScript on hills, the whole chain with its reductions against what
 * it is to do, on four kinds of country and two sizes of tile.
 */
export const terrainKernels: Bench = async () => {
  if (compiledVisits() === undefined) throw new Error('no compiled kernels: run npm run build');
  const cells = side * side;
  const results: BenchResult[] = [];
  for (const kind of countryKinds)
    for (const tileSize of kind === 'hills' ? [512, 2048] : [512]) {
      const tiles = countryTiles(kind, side, tileSize);
      const compiled = leastSeconds(terrainOfTile, tiles, tileSize, repetitions);
      if (kind === 'hills' && tileSize === 512)
        results.push(...byVisit(cells, compiled, leastSeconds(referenceTerrain, tiles, tileSize, 1)));
      results.push({
        name: `whole chain, ${kind}, tiles of ${tileSize}`,
        cells,
        seconds: sum(compiled),
        against: '22 million cells a second',
        againstSeconds: cells / wantedCellsPerSecond,
        target: 1,
      });
    }
  return results;
};

function byVisit(cells: number, compiled: ChainSeconds, reference: ChainSeconds): CellResult[] {
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
function leastSeconds(
  terrainOf: typeof terrainOfTile,
  tiles: ReturnType<typeof countryTiles>,
  tileSize: number,
  times: number,
): ChainSeconds {
  const least: Record<string, number> = {};
  for (let repetition = 0; repetition <= times; repetition++)
    for (const [step, seconds] of Object.entries(runChain(terrainOf, tiles, side, tileSize)))
      if (repetition > 0) least[step] = Math.min(least[step] ?? Number.POSITIVE_INFINITY, seconds);
  return least;
}
