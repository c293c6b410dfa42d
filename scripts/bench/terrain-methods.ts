import type { TileExtent } from '../../models/terrain/tiled/tiled-reduction.ts';
import { referenceTerrain } from '../../pipeline/kernels/terrain/reference-terrain.ts';
import { terrainOfTile } from '../../pipeline/kernels/terrain/terrain-kernels.ts';
import type { TileTerrain } from '../../pipeline/kernels/terrain/tile-terrain.ts';
import { terrainOptions } from '../../pipeline/tasks/terrain/terrain-methods.ts';
import { LeastSeconds } from './least-seconds.ts';
import type { CellResult } from './result.ts';
import { type BenchCountry, benchTerrain, lastVisit, runChain } from './terrain-chain.ts';

const repetitions = 5;

const length = (method: string, settings = {}) => ({ length: { method, settings } });
const steepness = (method: string) => ({ steepness: { method, settings: {} } });

/** What a run file can name in place of the default, one at a time. */
const choices = {
  'L and S of the default': {},
  'L csle-foster-wischmeier1974, m mccool1989': length('csle-foster-wischmeier1974', { exponent: 'mccool1989' }),
  'L rusle-wischmeier-smith1978, m mccool1989': length('rusle-wischmeier-smith1978'),
  'L desmet-govers1996, m mccool1989': length('desmet-govers1996'),
  'L desmet-govers1996, m van-remortel2001': length('desmet-govers1996', { exponent: 'van-remortel2001' }),
  'S mccool1987': steepness('mccool1987'),
  'S nearing1997': steepness('nearing1997'),
  'S usle1978': steepness('usle1978'),
};

/** The last visit with each method of L and S, in turns, against the same in TypeScript. */
export function terrainMethods(country: BenchCountry): CellResult[] {
  const methods = Object.entries(choices).map(([name, choice]) => ({
    name,
    options: terrainOptions({ ...benchTerrain, ...choice }),
    compiled: new LeastSeconds(),
    reference: new LeastSeconds(),
  }));
  const run = (terrainOf: (extent: TileExtent) => TileTerrain, side: 'compiled' | 'reference', turns: number): void => {
    for (let turn = 0; turn < turns; turn++)
      for (const method of methods) runChain(terrainOf, country, method[side], method.options);
  };
  run(terrainOfTile, 'compiled', repetitions);
  run(referenceTerrain, 'reference', 1);
  return methods.map(({ name, compiled, reference }) => ({
    name: `visit 4, hills: ${name}`,
    cells: country.side ** 2,
    seconds: compiled.steps[lastVisit]!,
    against: 'the same in TypeScript',
    againstSeconds: reference.steps[lastVisit]!,
  }));
}
