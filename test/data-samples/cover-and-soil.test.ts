import { describe, expect, it } from 'vitest';
import { coverGrid } from '../../data-samples/land/vegetation-cover.ts';
import { makeRegion, sampleYears } from '../../data-samples/region-content.ts';
import { correctErodibilityZhang2008 } from '../../models/factors/soil-erodibility-epic-china-zhang2008.ts';
import { erodibilityUsEpicWilliams1990 } from '../../models/factors/soil-erodibility-epic-williams1990.ts';

const region = makeRegion(320, 11);

describe.each(sampleYears)('vegetation cover of %i', (year) => {
  it('has 24 layers of percent that are greener in August than in January', () => {
    const layers = region.vegetationCover[year];
    expect(layers).toHaveLength(24);
    const means = layers.map((layer) => {
      let sum = 0;
      for (const percent of layer) {
        if (percent > 100) throw new Error(`${percent} %`);
        sum += percent;
      }
      return sum / layer.length;
    });
    expect(means[14]).toBeGreaterThan(3 * means[0]!);
    expect(Math.max(...means)).toBe(Math.max(...means.slice(11, 16)));
  });

  it('covers the region with its own cells', () => {
    const { width, cellSizeMetres } = coverGrid(region.frame);
    expect(width * cellSizeMetres).toBeGreaterThanOrEqual(region.frame.sideMetres);
    for (const layer of region.vegetationCover[year]) expect(layer).toHaveLength(width * width);
  });
});

it('has understorey cover under every wood and orchard', () => {
  const { width } = coverGrid(region.frame);
  const { size } = region.frame;
  for (let row = 0; row < width; row++)
    for (let column = 0; column < width; column++) {
      const x = Math.min(size - 1, column * 3 + 1);
      const code = region.landUse[2024][Math.min(size - 1, row * 3 + 1) * size + x]!;
      const percent = region.understoreyCover[row * width + column]!;
      if (percent > 95 || ([21, 23, 31, 33].includes(code) && percent < 5))
        throw new Error(`${percent} % under land use ${code}`);
    }
});

it('has soil parts that add up to one hundred percent', () => {
  const { sand, silt, clay } = region.soil;
  sand.forEach((percent, cell) => {
    expect(Math.abs(percent + silt[cell]! + clay[cell]! - 100)).toBeLessThan(0.2);
  });
});

it('has the erodibility that the method of the run files gives for its texture', () => {
  const { sand, silt, clay, organicCarbon, erodibility } = region.soil;
  erodibility.forEach((value, cell) => {
    const epic = erodibilityUsEpicWilliams1990(sand[cell]!, silt[cell]!, clay[cell]!, organicCarbon[cell]!);
    expect(Math.abs(value - correctErodibilityZhang2008(epic))).toBeLessThan(6e-6);
  });
});
