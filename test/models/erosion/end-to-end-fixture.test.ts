import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classifyIntensity } from '../../../models/erosion/classify-sl190.ts';
import { erosionModulus } from '../../../models/erosion/soil-loss.ts';
import { factorMethod } from '../../../models/factors/registry.ts';
import { isCropland } from '../../../models/parameters/land-use-classes.ts';

const vectors = JSON.parse(readFileSync(new URL('../../fixtures/vectors.json', import.meta.url), 'utf8'));
const title = Object.keys(vectors).find((group) => group.startsWith('E1 '))!;
const [{ inputs, out }] = vectors[title];

describe('a 4 × 4 county by CSLE', () => {
  const landUse: number[] = inputs.landuse.flat();
  const cells = landUse.map((_, cell) => cell);
  const steepness = factorMethod('slopeSteepness', 'csle-liu1994').evaluate;
  const layer = (value: (cell: number) => number) => Float32Array.from(cells, value);
  const factors = [
    layer((cell) => (cell === 3 ? Number.NaN : 4500)),
    layer(() => inputs.K),
    layer((cell) => inputs.L[cell % 4]),
    layer((cell) => steepness(inputs.slope_deg.flat()[cell])),
    layer((cell) => inputs.B[landUse[cell]!] ?? Number.NaN),
    layer((cell) => (cell === 5 ? 0.084 : 1)),
    layer((cell) => (isCropland(landUse[cell]!) ? inputs.T_factor[landUse[cell]!] : 1)),
  ];
  const modulus = erosionModulus(factors, new Float32Array(16));

  it('gives the modulus of every cell, and none where rain or land use is missing', () => {
    const expected: number[] = out[0].flat();
    for (const cell of cells)
      if (expected[cell] === -9999) expect(modulus[cell]).toBeNaN();
      else expect(modulus[cell]).toBeCloseTo(expected[cell]!, 2);
  });

  it('gives the class of every cell', () => {
    expect([...classifyIntensity(modulus, 500, new Uint8Array(16))]).toEqual(out[1].flat());
  });
});
