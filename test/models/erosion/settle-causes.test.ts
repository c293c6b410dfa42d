import { describe, expect, it } from 'vitest';
import { type CommonLayers, commonCauses, settleCauses } from '../../../models/erosion/annual-erosion.ts';
import { causeCode } from '../../../models/erosion/nodata-cause.ts';

const ones = () => Float32Array.of(1, 1, 1);

function layers(change: Partial<CommonLayers>): CommonLayers {
  return {
    area: Uint16Array.of(1, 1, 1),
    slopeDegrees: ones(),
    rainfallErosivity: ones(),
    soilErodibility: ones(),
    slopeLengthFactor: ones(),
    slopeSteepnessFactor: ones(),
    landUse: Uint8Array.of(11, 11, 11),
    tolerance: ones(),
    ...change,
  };
}

/** Causes of three cells, the middle one changed, with the modulus that the factors give. */
function settle(change: Partial<CommonLayers>, practice = ones(), causes?: Uint8Array) {
  const all = layers(change);
  const factors = [
    all.rainfallErosivity,
    all.soilErodibility,
    all.slopeLengthFactor,
    all.slopeSteepnessFactor,
    practice,
  ];
  const modulus = Float32Array.from(practice, (_, i) => factors.reduce((product, factor) => product * factor[i]!, 100));
  const layer = { values: practice, cause: causeCode.tillage, ...(causes ? { causes } : {}) };
  const common = commonCauses(all, new Uint8Array(3).fill(66));
  return { causes: [...settleCauses(common, [layer], modulus, new Uint8Array(3).fill(77))], modulus: [...modulus] };
}

const hole = () => Float32Array.of(1, Number.NaN, 1);

describe('causes of nodata', () => {
  it.each([
    ['outside-area', { area: Uint16Array.of(1, 0, 1) }],
    ['elevation', { slopeDegrees: hole() }],
    ['rainfall', { rainfallErosivity: hole() }],
    ['soil', { soilErodibility: hole() }],
    ['land-use', { landUse: Uint8Array.of(11, 0, 11) }],
    ['land-use-unmapped', { landUse: Uint8Array.of(11, 255, 11) }],
    ['slope', { slopeSteepnessFactor: hole() }],
    ['slope-length', { slopeLengthFactor: hole() }],
    ['tolerance', { tolerance: hole() }],
  ] as const)('%s takes away the modulus of its cell alone', (cause, change) => {
    expect(settle(change)).toEqual({ causes: [0, causeCode[cause], 0], modulus: [100, Number.NaN, 100] });
  });

  it('of a practice is the one known for the cell, else that of the practice', () => {
    expect(settle({}, hole()).causes).toEqual([0, causeCode.tillage, 0]);
    expect(settle({}, hole(), Uint8Array.of(0, causeCode.cover, 0)).causes).toEqual([0, causeCode.cover, 0]);
  });

  it('is the smallest of several, also beside a factor of 0', () => {
    const { causes } = settle({ soilErodibility: hole(), rainfallErosivity: Float32Array.of(0, 0, 0) }, hole());
    expect(causes).toEqual([0, causeCode.soil, 0]);
  });
});
