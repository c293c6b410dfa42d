import { describe, expect, it } from 'vitest';
import { erosionClassesSl190 } from '../../../models/parameters/erosion-classes-sl190.ts';
import { intensityChart, intensityChartSvg } from '../../../pipeline/exports/intensity-chart.ts';
import { type PrintedZone, printedZones } from '../../../pipeline/exports/printed-zones.ts';
import { exampleReport } from './example-report.ts';
import { readPng } from './read-png.ts';

const title = { zh: '安澜市2023年度水土流失面积', en: 'Eroded area' };
const zones = printedZones(exampleReport());
const texts = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text!);

/** The region and as many counties, named by number. */
const many = (count: number): PrintedZone[] => [
  zones[0]!,
  ...Array.from({ length: count }, (_, index) => {
    const zone = zones[1 + (index % 7)]!;
    const name = { zh: `第${index + 1}县`, en: `County ${index + 1}` };
    return { ...zone, statistics: { ...zone.statistics, name } };
  }),
];

describe('the chart of eroded area per county', () => {
  it('writes names, eroded areas and rates with the digits of table 1, and the region’s rate', () => {
    const written = texts(intensityChartSvg({ title, zones }, 'zh'));
    for (const { statistics, erodedArea, conservationRate } of zones.slice(1))
      for (const text of [statistics.name.zh, erodedArea, conservationRate!]) expect(written).toContain(text);
    expect(written).toContain(title.zh);
    expect(written).toContain('水土流失面积（km²）');
    expect(written).toContain(`安澜市 ${zones[0]!.conservationRate}%`);
    expect(written).not.toContain('微度');
  });

  it('stacks the five classes so that bar lengths are in the proportion of the areas', async () => {
    const picture = readPng(await intensityChart({ title, zones: zones.slice(0, 2) }));
    const colours = picture.colours();
    const lengths = erosionClassesSl190.slice(1).map(({ colour }) => colours.get(colour) ?? 0);
    const total = lengths.reduce((sum, length) => sum + length, 0);
    const { classAreas, erodedArea } = zones[1]!;
    // Legend swatches and edges of bars make the pixels inexact.
    for (const [index, length] of lengths.entries())
      expect(length / total).toBeCloseTo(Number(classAreas[index + 2]) / Number(erodedArea), 1);
    expect(colours.has(erosionClassesSl190[0].colour)).toBe(false);
  });

  it('says 无法计算 where a rate is refused', () => {
    const refused = { ...zones[2]!, conservationRate: undefined };
    const count = (all: readonly PrintedZone[]) =>
      texts(intensityChartSvg({ title, zones: all }, 'zh')).filter((text) => text === '无法计算').length;
    expect(count(zones)).toBe(0);
    expect(count([...zones.slice(0, 2), refused])).toBe(1);
  });

  it('has room for one zone and for 150', () => {
    expect(intensityChartSvg({ title, zones: many(1) }, 'en')).toMatch(/^<svg width="1600" height="334" /);
    const svg = intensityChartSvg({ title, zones: many(150) }, 'zh');
    for (let zone = 1; zone <= 150; zone++) expect(svg).toContain(`>第${zone}县<`);
    expect(svg).toMatch(/^<svg width="1600" height="3230" /);
    const baselines = [...svg.matchAll(/translate\([\d.]+ ([\d.]+)\)"[^>]*>第\d+县</g)].map(([, y]) => Number(y));
    expect(baselines).toHaveLength(150);
    for (const [index, y] of baselines.slice(1).entries()) expect(y - baselines[index]!).toBeCloseTo(20, 6);
  });

  it('draws names that hold what XML cannot', async () => {
    const name = { zh: '<县>&"\u0001', en: 'x' };
    const odd = { ...zones[1]!, statistics: { ...zones[1]!.statistics, name } };
    expect(texts(intensityChartSvg({ title: name, zones: [odd] }, 'zh'))).toContain('&lt;县&gt;&amp;&quot;');
    expect(readPng(await intensityChart({ title: name, zones: [odd] })).width).toBe(1600);
  });

  it('gives the same bytes each time', async () => {
    const chart = { title, zones: zones.slice(0, 3) };
    expect(Buffer.compare(await intensityChart(chart), await intensityChart(chart))).toBe(0);
  });
});
