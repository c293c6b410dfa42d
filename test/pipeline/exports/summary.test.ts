import { describe, expect, it } from 'vitest';
import type { ReportOptions } from '../../../models/statistics/tables/report-tables.ts';
import { printedZones } from '../../../pipeline/exports/printed-zones.ts';
import { summaryParagraph } from '../../../pipeline/exports/summary.ts';
import { summaryFacts } from '../../../pipeline/exports/summary-facts.ts';
import { example, exampleReport } from './example-report.ts';

const context = { year: 2023, model: 'CSLE', unverifiedParameters: 3 };
const summary = (changes: Partial<ReportOptions> = {}, extra: object = {}, language: 'zh' | 'en' = 'zh') =>
  summaryParagraph(exampleReport(changes), { ...context, ...extra }, language);
const region = printedZones(exampleReport())[0]!;

describe('the summary of a run', () => {
  it('is one paragraph with the digits of table 1 in both languages', () => {
    for (const language of ['zh', 'en'] as const) {
      const text = summary({}, {}, language);
      expect(text).not.toContain('\n');
      expect(text).not.toMatch(/undefined|NaN|null/);
      const digits = [region.landArea, region.erodedArea, region.uncoveredArea, ...region.classAreas.slice(1)];
      for (const number of digits) expect(text).toContain(`${number} km²`);
      for (const share of [region.erodedShare, region.conservationRate, ...region.classShares.slice(2)])
        expect(text).toContain(`${share}%`);
    }
  });

  it('uses the official terms and names the denominator', () => {
    const text = summary();
    for (const term of ['土地总面积', '水土流失面积', '轻度', '中度', '强烈', '极强烈', '剧烈', '微度', '个百分点'])
      expect(text).toContain(term);
    expect(text).toContain(
      `以土地总面积${region.landArea} km²（法定面积，含水域和建设用地）为分母，水土保持率为${region.conservationRate}%`,
    );
    expect(summary({ landAreaRule: 'pixels' })).toMatch(/以土地总面积[\d.]+ km²（有效栅格面积/);
  });

  it('counts the values that have to be verified', () => {
    expect(summary()).toContain('3项参数待核');
    expect(summary({}, { unverifiedParameters: 0 })).toContain('无参数待核项');
    expect(summary({}, { unverifiedParameters: 1 }, 'en')).toContain('1 parameter value in use still has');
  });

  it('judges targets on unrounded rates and says so when the digits cannot show it', () => {
    const rate = region.statistics.conservationRate!;
    expect(summary({ regionTargetRatePercent: rate - 2 })).toContain('2.00个百分点，达到目标');
    expect(summary({ regionTargetRatePercent: rate + 2 })).toMatch(
      /低于目标值（[\d.]+%）2\.00个百分点，未达到目标，尚需减少水土流失面积[\d.]+ km²/,
    );
    expect(summary({ regionTargetRatePercent: rate + 0.001 })).toMatch(
      /相差不足0\.01个百分点，按未取整数值判断未达到目标/,
    );
    expect(summary({ regionTargetRatePercent: rate - 0.001 })).toMatch(
      /相差不足0\.01个百分点，按未取整数值判断达到目标/,
    );
    expect(summary({ regionTargetRatePercent: rate })).toMatch(/相等，达到目标/);
    expect(summary({ regionTargetRatePercent: undefined })).not.toContain('目标');
  });

  it('refuses a rate with the reason, for the region and for counties', () => {
    const text = summary({ uncoveredRefusePercent: 0.01 });
    expect(text).toMatch(/水土保持率无法计算：未覆盖比例[\d.]+%，超过0\.01%。/);
    expect(text).not.toContain('为分母');
    expect(text).toMatch(/水土保持率无法计算的县区：.*（未覆盖比例/);
    const empty = { index: 99, code: '621199', name: { zh: '空县', en: 'Empty' } };
    const [counties, ...others] = example.options.zoneSets;
    const zoneSets = [{ ...counties!, zones: [...counties!.zones, empty] }, ...others];
    expect(summary({ zoneSets })).toContain('空县（无有效栅格）');
    expect(summary({ zoneSets }, {}, 'en')).toContain('Empty (no valid cells)');
  });

  it('tells cells without a result from official area outside the grid', () => {
    const [counties, ...others] = example.options.zoneSets;
    const larger = counties!.zones.map((zone) => ({
      ...zone,
      officialAreaSquareKilometres: zone.officialAreaSquareKilometres! * 1.25,
    }));
    const zoneSets = [{ ...counties!, zones: larger }, ...others];
    expect(summary({ zoneSets })).toMatch(/水土保持率无法计算：栅格面积比法定面积小(19|20)\.\d\d%，超过5%。/);
    expect(summary({ zoneSets }, {}, 'en')).toMatch(/of the official area outside the grid, over the limit of 5%/);
    expect(summary()).not.toContain('比法定面积小');
  });

  it('names highest and lowest rate', () => {
    const rates = printedZones(exampleReport()).slice(1);
    const sorted = [...rates].sort((a, b) => Number(b.conservationRate) - Number(a.conservationRate));
    expect(summary()).toContain(`最高的为${sorted[0]!.statistics.name.zh}（${sorted[0]!.conservationRate}%）`);
    expect(summary()).toContain(`最低的为${sorted.at(-1)!.statistics.name.zh}（${sorted.at(-1)!.conservationRate}%）`);
  });

  it('gives the change as the difference of printed digits', () => {
    const area = Number(region.erodedArea);
    const rate = Number(region.conservationRate);
    const earlier = (erodedArea: number, conservationRate?: number) => ({
      previous: { year: 2022, erodedArea, ...(conservationRate === undefined ? {} : { conservationRate }) },
    });
    const less = summary({}, earlier(area + 10, rate - 0.5));
    const percent = ((10 / (area + 10)) * 100).toFixed(2);
    expect(less).toContain(`与2022年度相比，水土流失面积减少10.00 km²，减幅${percent}%，水土保持率提高0.50个百分点。`);
    expect(summary({}, earlier(area - 1, rate + 0.5))).toMatch(
      /增加1\.00 km²，增幅[\d.]+%，水土保持率下降0\.50个百分点/,
    );
    expect(summary({}, earlier(area))).toContain('与2022年度相比，水土流失面积持平。');
    expect(summary({}, earlier(0))).toMatch(/增加[\d.]+ km²。/);
    expect(summary()).not.toContain('相比');
  });

  it('has the same facts in both languages', () => {
    const facts = summaryFacts(exampleReport(), {
      ...context,
      previous: { year: 2022, erodedArea: 5000, conservationRate: 60 },
    });
    const numbers = (text: string) => (text.match(/\d+\.\d+/g) ?? []).sort();
    const options = { previous: { year: 2022, erodedArea: 5000, conservationRate: 60 } };
    expect(numbers(summary({}, options, 'en'))).toEqual(numbers(summary({}, options)));
    expect(facts.change?.area.sign).not.toBe(0);
  });
});
