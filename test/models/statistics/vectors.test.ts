import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  cellsToSquareMetres,
  squareMetresToHectares,
  squareMetresToMu,
  wanMuToSquareKilometres,
} from '../../../models/statistics/area-units.ts';
import { change, sharePercent } from '../../../models/statistics/change.ts';
import {
  checkTarget,
  combinedRatePercent,
  conservationRatePercent,
  rateCeilingPercent,
  soilLossControlRatio,
} from '../../../models/statistics/conservation-rate.ts';
import { largestRemainderPercents } from '../../../models/statistics/largest-remainder.ts';
import { regionFigures } from '../../../models/statistics/region-figures.ts';
import { tileCube } from '../../../models/statistics/tile-cube.ts';
import { zoneStatistics } from '../../../models/statistics/zone-statistics.ts';

interface Case {
  // The file holds numbers, lists and objects of many shapes.
  // biome-ignore lint/suspicious/noExplicitAny: shapes differ by group
  inputs: any;
  // biome-ignore lint/suspicious/noExplicitAny: shapes differ by group
  out: any[];
}
const vectors = JSON.parse(readFileSync(new URL('../../fixtures/vectors.json', import.meta.url), 'utf8')) as Record<
  string,
  Case[]
>;
function group(name: string): Case[] {
  const found = Object.entries(vectors).find(([title]) => title.startsWith(`${name} `));
  if (found === undefined) throw new Error(`no vectors ${name}`);
  return found[1];
}
const close = (actual: number | undefined, expected: number) => expect(actual).toBeCloseTo(expected, 9);

describe('vectors of the statistics', () => {
  it('W1 conservation rate', () => {
    for (const { inputs, out } of group('W1')) close(conservationRatePercent(inputs.total, inputs.eroded), out[0]);
  });
  it('W2 change', () => {
    for (const { inputs, out } of group('W2')) {
      const { difference, percent } = change(inputs.prev, inputs.cur);
      close(difference, out[0]);
      if (out[1] === null) expect(percent).toBeUndefined();
      else close(percent, out[1]);
    }
  });
  it('W3 shares of the eroded area', () => {
    for (const { inputs, out } of group('W3')) {
      close(sharePercent(inputs.light, inputs.total), out[0]);
      close(sharePercent(inputs.total - inputs.light, inputs.total), out[1]);
    }
  });
  it('W5 highest rate', () => {
    for (const { inputs, out } of group('W5')) close(rateCeilingPercent(inputs.total, inputs.permanent), out[0]);
  });
  it('W6 soil-loss control ratio', () => {
    for (const { inputs, out } of group('W6')) {
      const ratio = soilLossControlRatio(inputs.T, inputs.modulus);
      if (typeof out[0] === 'string') expect(ratio).toBeUndefined();
      else close(ratio, out[0]);
    }
  });
  it('W7 rates combine by area', () => {
    for (const { inputs, out } of group('W7')) {
      const parts = (inputs['counties(total,eroded)'] as [number, number][]).map(([landArea, erodedArea]) => ({
        landArea,
        erodedArea,
      }));
      close(combinedRatePercent(parts), out[0]);
    }
  });
  it('W8 targets are judged unrounded', () => {
    for (const { inputs, out } of group('W8')) {
      const check = checkTarget(inputs.rate, inputs.target, 1000);
      expect(check.met).toBe(out[0]);
      close(check.gapPoints, inputs.rate - inputs.target);
      close(check.gapArea, check.met ? 0 : (inputs.target - inputs.rate) * 10);
    }
  });
  it('A1 and A2 area units', () => {
    for (const { inputs, out } of group('A1')) {
      const metres = cellsToSquareMetres(inputs.n, inputs.cell);
      const areas = [metres, squareMetresToHectares(metres), metres / 1e6, squareMetresToMu(metres)];
      areas.forEach((area, i) => {
        close(area, out[i]);
      });
    }
    for (const { inputs, out } of group('A2')) close(wanMuToSquareKilometres(inputs.wan_mu), out[0]);
  });
  it('E2 percentages by largest remainder', () => {
    for (const { inputs, out } of group('E2')) expect(largestRemainderPercents(inputs.v)).toEqual(out[2]);
  });
  it('T3 slope bands of the cube', () => {
    for (const { inputs, out } of group('T3')) {
      const layers = {
        zones: [],
        landUse: Uint8Array.of(13),
        slopeDegrees: Float32Array.of(inputs.theta_deg),
        intensity: Uint8Array.of(1),
        modulus: Float32Array.of(1),
        cause: Uint8Array.of(0),
      };
      expect(tileCube(layers).slopeBand[0]).toBe(out[0]);
      expect(tileCube(layers, [5, 8, 15, 25, 35]).slopeBand[0]).toBe(out[1]);
    }
  });
});

describe('E1 statistics per county', () => {
  const { inputs, out } = group('E1')[0]!;
  const classes = (out[1] as number[][]).flat();
  const modulus = (out[0] as number[][]).flat();
  const cube = tileCube({
    zones: [Uint16Array.from((inputs.county as number[][]).flat())],
    landUse: Uint8Array.from((inputs.landuse as number[][]).flat()),
    slopeDegrees: Float32Array.from((inputs.slope_deg as number[][]).flat()),
    intensity: Uint8Array.from(classes),
    modulus: Float32Array.from(modulus),
    cause: Uint8Array.from(classes.map((grade) => (grade === 0 ? 3 : 0))),
  });
  const statistics = (landAreaRule: 'pixels' | 'residual-micro') =>
    zoneStatistics(
      regionFigures(cube, {
        cellSizeMetres: 10,
        regionName: { zh: '区域', en: 'region' },
        landAreaRule,
        uncoveredRefusePercent: 50,
        zoneSets: [
          {
            id: 'county',
            name: { zh: '县', en: 'county' },
            zones: [1, 2].map((index) => ({
              index,
              code: `00000${index}`,
              name: { zh: `县${index}`, en: `County ${index}` },
              // The official area of the vectors is that of all cells of the county, 10 and 6.
              officialAreaSquareKilometres: index === 1 ? 0.001 : 0.0006,
            })),
          },
        ],
      }),
    );

  it('counts cells, eroded area and rate of valid cells', () => {
    const [, ...counties] = statistics('pixels');
    for (const county of counties) {
      const expected = out[2][String(county.path[0])];
      expect(Array.from(county.tally.classCells)).toEqual([expected.nodata_px, ...expected.class_px]);
      close(county.landArea, expected.valid_km2);
      close(county.erodedArea, expected.eroded_km2);
      expect(county.conservationRate).toBeCloseTo(expected.rate_pct_of_valid, 6);
      expect(county.landAreaSource).toBe('pixels');
    }
  });

  it('gives the rate of the official area', () => {
    const [region, ...counties] = statistics('residual-micro');
    for (const county of counties) {
      expect(county.conservationRate).toBeCloseTo(out[2][String(county.path[0])].rate_pct_if_official_area, 6);
      expect(county.landAreaSource).toBe('official');
    }
    close(region!.landArea, 0.0016);
    close(region!.conservationRate, (1 - 0.0007 / 0.0016) * 100);
  });
});
