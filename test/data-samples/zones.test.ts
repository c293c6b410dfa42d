import { beforeAll, describe, expect, it } from 'vitest';
import { makeRegion, type RegionContent } from '../../data-samples/region-content.ts';
import { polygonsArea, type SampleFeature } from '../../data-samples/zones/polygons.ts';
import { rasterizeFeatures } from '../../pipeline/formats/rasterize.ts';

let region: RegionContent;
beforeAll(() => {
  region = makeRegion(640, 7);
});

/** Number of the feature that holds each cell centre, from 1; 0 for none. The feature counted last wins with `last`. */
function cellsOf(features: readonly SampleFeature[], overlap: 'first' | 'last'): Uint16Array {
  const valued = features.map(({ geometry }, n) => ({ geometry, value: n + 1 }));
  return rasterizeFeatures(valued, region.frame.grid, undefined, { overlap });
}

const areaOf = (features: readonly SampleFeature[]): number =>
  features.reduce((sum, feature) => sum + polygonsArea(feature.geometry.coordinates), 0);

describe.each(['counties', 'townships', 'watersheds', 'rotationZones'] as const)('%s', (layer) => {
  it('cover every cell of the region exactly once', () => {
    const features = region.zones[layer];
    const first = cellsOf(features, 'first');
    expect(first.includes(0)).toBe(false);
    expect(Buffer.from(first.buffer).equals(Buffer.from(cellsOf(features, 'last').buffer))).toBe(true);
    expect(areaOf(features)).toBeCloseTo(region.frame.sideMetres ** 2, 3);
  });
});

it('has seven counties of one piece with four townships each', () => {
  const { counties, townships } = region.zones;
  expect(counties.map(({ properties }) => properties.XZQDM)).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `62116${n}`));
  for (const county of counties) {
    expect(county.geometry.coordinates).toHaveLength(1);
    expect(townships.filter(({ properties }) => properties.SJXZQDM === county.properties.XZQDM)).toHaveLength(4);
  }
  const codes = townships.map(({ properties }) => properties.XZQDM);
  expect(new Set(codes).size).toBe(28);
});

it('nests townships in their counties, cell by cell and in area', () => {
  const { counties, townships } = region.zones;
  const countyOfCell = cellsOf(counties, 'first');
  const townshipOfCell = cellsOf(townships, 'first');
  const strays = countyOfCell.findIndex((county, cell) => {
    const township = townships[townshipOfCell[cell]! - 1]!;
    return township.properties.SJXZQDM !== counties[county - 1]!.properties.XZQDM;
  });
  expect(strays).toBe(-1);
  for (const county of counties) {
    const parts = townships.filter(({ properties }) => properties.SJXZQDM === county.properties.XZQDM);
    expect(areaOf(parts)).toBeCloseTo(areaOf([county]), 3);
  }
});

it('differs from the official land areas by no more than surveys do', () => {
  region.officialAreas.forEach(({ code, landAreaKm2 }, n) => {
    const county = region.zones.counties[n]!;
    expect(county.properties.XZQDM).toBe(code);
    const ratio = landAreaKm2 / (areaOf([county]) / 1e6);
    expect(ratio).toBeGreaterThan(0.994);
    expect(ratio).toBeLessThan(1.006);
  });
});
