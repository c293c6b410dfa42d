import { describe, expect, it } from 'vitest';
import { erosionClassesSl190 } from '../../../models/parameters/erosion-classes-sl190.ts';
import {
  type IntensityMap,
  intensityMap,
  intensityMapSvg,
  mapPageWidth,
  mapPlace,
} from '../../../pipeline/exports/intensity-map.ts';
import { printedZones } from '../../../pipeline/exports/printed-zones.ts';
import { example, exampleReport, exampleSize } from './example-report.ts';
import { hex, readPng } from './read-png.ts';

const region = printedZones(exampleReport())[0]!;
const counties = example.options.zoneSets[0]!;
const facts = { region, zoneName: counties.name, model: 'CSLE', cellSizeMetres: 10 };

const map: IntensityMap = {
  ...facts,
  title: { zh: '安澜市2023年度土壤侵蚀强度分布图', en: 'Erosion intensity' },
  grid: {
    crs: 'EPSG:4544',
    cellSizeMetres: example.cellSizeMetres,
    originX: 420000,
    originY: 3980000,
    width: exampleSize,
    height: exampleSize,
  },
  classes: example.layers.intensity,
  zones: example.layers.zones[0]!,
  zoneNames: new Map(counties.zones.map(({ index, name }) => [index, name])),
};

/** 8 × 6 cells: two zones side by side in a rim of nothing, all classes and a gap. */
const small: IntensityMap = {
  ...map,
  grid: { ...map.grid, width: 8, height: 6 },
  classes: Uint8Array.from({ length: 48 }, (_, cell) => (cell * 5 + Math.floor(cell / 8)) % 7),
  zones: Uint16Array.from({ length: 48 }, (_, cell) => {
    const [column, row] = [cell % 8, Math.floor(cell / 8)];
    return column === 0 || row === 0 || column === 7 || row === 5 ? 0 : column < 4 ? 1 : 2;
  }),
  zoneNames: new Map(),
};

describe('the map of erosion intensity', async () => {
  const smallPng = await intensityMap(small);
  const picture = readPng(smallPng);
  it('shows each cell in the colour of its class, gaps hatched in grey, the outside white', () => {
    const { x, y, scale } = mapPlace(small.grid);
    for (let cell = 0; cell < 48; cell++) {
      const [column, row] = [cell % 8, Math.floor(cell / 8)];
      const centre = picture.pixel(Math.round(x + (column + 0.5) * scale), Math.round(y + (row + 0.5) * scale));
      const code = small.classes[cell]!;
      if (small.zones[cell] === 0) expect(hex(centre), `outside ${cell}`).toBe('#ffffff');
      else if (code > 0) expect(hex(centre), `cell ${cell}`).toBe(erosionClassesSl190[code - 1]!.colour);
      else {
        expect(centre[0]).toBeLessThan(0xe0);
        expect(centre[1]).toBe(centre[0]);
      }
    }
  });

  it('draws a border where zones meet and none where classes change within a zone', () => {
    const { x, y, scale } = mapPlace(small.grid);
    const edge = (column: number) => picture.pixel(Math.round(x + column * scale), Math.round(y + 2.5 * scale));
    expect(Math.max(...edge(4).slice(0, 3))).toBeLessThan(0x60);
    expect(Math.max(...edge(3).slice(0, 3))).toBeGreaterThanOrEqual(0x80);
  });

  it('is 1800 pixels wide, with every class of the legend on it', async () => {
    const page = readPng(await intensityMap(map));
    expect([page.width, page.height]).toEqual([mapPageWidth, mapPlace(map.grid).pageHeight]);
    const colours = page.colours();
    for (const { colour } of erosionClassesSl190) expect(colours.get(colour)).toBeGreaterThan(46 * 25);
  });

  it('names its zones, and quotes areas, share and rate as table 1 prints them', () => {
    const svg = intensityMapSvg(map, 'zh');
    const texts = new Set([...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text));
    for (const { name } of counties.zones) expect(texts).toContain(name.zh);
    for (const { code, name } of erosionClassesSl190) {
      expect(texts).toContain(name.zh);
      expect(texts).toContain(region.classAreas[code]);
    }
    for (const text of [
      region.uncoveredArea,
      `${region.erodedArea} (${region.erodedShare}%)`,
      `${region.conservationRate}%`,
    ])
      expect(texts).toContain(text);
    expect([...texts].some((text) => text!.includes('坐标系：EPSG:4544'))).toBe(true);
  });

  it('keeps page and map in bounds for narrow, wide and tiny rasters', () => {
    for (const [width, height] of [
      [1, 1],
      [2000, 50],
      [50, 2000],
      [1300, 1300],
    ] as const) {
      const place = mapPlace({ ...map.grid, width, height });
      expect(place.width / place.height).toBeCloseTo(width / height, 9);
      expect(place.x).toBeGreaterThanOrEqual(100);
      expect(place.x + place.width).toBeLessThanOrEqual(mapPageWidth - 440);
      expect(place.y + place.height).toBeLessThanOrEqual(place.pageHeight - 99);
      expect(place.pageHeight).toBeLessThan(2000);
    }
  });

  it('gives the same bytes each time, and refuses rasters of another size', async () => {
    expect(Buffer.compare(await intensityMap(small), smallPng)).toBe(0);
    expect(() => intensityMapSvg({ ...map, classes: new Uint8Array(5) }, 'zh')).toThrow(RangeError);
  });
});
