import { describe, expect, it } from 'vitest';
import { biologicalPracticeConstants, soilLossRatioGroups } from '../../../models/parameters/biological-practice.ts';
import { confidenceRemark, isUncertain, type ParameterFacts, validOn } from '../../../models/parameters/confidence.ts';
import { bandOfCover, coverBands } from '../../../models/parameters/cover-bands.ts';
import { engineeringMeasures } from '../../../models/parameters/engineering-measures.ts';
import { erosionClassesSl190 } from '../../../models/parameters/erosion-classes-sl190.ts';
import {
  isCropland,
  isVegetated,
  landUseClass,
  landUseClasses,
  landUseGroupCode,
  landUseGroups,
} from '../../../models/parameters/land-use-classes.ts';
import { crosswalkCodes } from '../../../models/parameters/land-use-crosswalk.ts';
import { landUseCrosswalks } from '../../../models/parameters/land-use-crosswalks.ts';
import { bandOfSlope, croplandSlopeBands, surfaceSlopeBands } from '../../../models/parameters/slope-bands.ts';
import { slopeLengthExponentTables } from '../../../models/parameters/slope-length-exponents.ts';
import { contouringBands, supportPracticeSlopeBands } from '../../../models/parameters/support-practice.ts';
import { rotationZones, tillageMeasures } from '../../../models/parameters/tillage-measures.ts';
import {
  toleranceByConservationZone,
  toleranceByErosionRegion,
} from '../../../models/parameters/tolerable-soil-loss.ts';

const codes = landUseClasses.map(({ code }) => code);

const rows: readonly ParameterFacts[] = [
  ...biologicalPracticeConstants,
  ...soilLossRatioGroups,
  ...coverBands,
  ...engineeringMeasures,
  ...landUseClasses,
  ...slopeLengthExponentTables,
  ...contouringBands,
  ...supportPracticeSlopeBands,
  ...rotationZones,
  ...tillageMeasures,
  ...toleranceByConservationZone,
  ...toleranceByErosionRegion,
];

describe('official tables', () => {
  it('give every row a name in both languages, a source and a period', () => {
    for (const { name, source, confidence, validFrom, validTo } of rows) {
      expect(Math.min(name.zh.length, name.en.length, source.length)).toBeGreaterThan(0);
      expect(['seen', 'recalled', 'uncertain', 'design']).toContain(confidence);
      for (const day of [validFrom, validTo]) if (day !== null) expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });

  it('hold factors between 0 and 1 under codes of their own', () => {
    for (const table of [biologicalPracticeConstants, engineeringMeasures, tillageMeasures, rotationZones]) {
      expect(new Set(table.map(({ code }) => code)).size).toBe(table.length);
      for (const { value } of table) if (value !== null) expect(value >= 0 && value <= 1).toBe(true);
    }
  });

  it('mark a doubtful or missing value as 参数待核, and no other', () => {
    const saline = biologicalPracticeConstants.find(({ code }) => code === 81)!;
    const dry = biologicalPracticeConstants.find(({ code }) => code === 13)!;
    expect(saline.value).toBeNull();
    expect(confidenceRemark(saline)?.zh).toBe('参数待核');
    expect(isUncertain(dry)).toBe(false);
    expect(isUncertain({ confidence: 'recalled', value: null })).toBe(true);
    expect(rotationZones.filter((row) => !isUncertain(row)).map(({ value }) => value)).toEqual([0.281]);
  });

  it('hold on the first and the last day of their period', () => {
    const period = { validFrom: '2018-01-01', validTo: '2020-12-31' };
    expect(['2017-12-31', '2018-01-01', '2020-12-31', '2021-01-01'].map((day) => validOn(period, day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(validOn({ validFrom: null, validTo: null }, '1900-01-01')).toBe(true);
  });
});

describe('land use', () => {
  it('has 25 classes in 8 groups, numbered by group', () => {
    expect(codes).toHaveLength(25);
    expect(new Set(codes).size).toBe(25);
    expect([...new Set(codes.map(landUseGroupCode))]).toEqual(landUseGroups.map(({ code }) => code));
    expect(landUseClass(53)?.name.zh).toBe('人为扰动用地');
    expect(landUseClass(14)).toBeUndefined();
  });

  it('gives every class exactly one way to B', () => {
    const covered = soilLossRatioGroups.flatMap((group) => group.codes);
    const constant = biologicalPracticeConstants.map(({ code }) => code);
    expect([...covered, ...constant].sort()).toEqual([...codes].sort());
    expect(codes.filter(isVegetated).sort()).toEqual([...covered].sort());
    expect(codes.filter(isCropland)).toEqual([11, 12, 13]);
  });
});

describe('translations of other legends', () => {
  const expectedRows = { gbt21010: 73, clcd: 9, 'esa-worldcover': 11, globeland30: 10 };

  it('cover every class of the legend once, and reach classes that exist', () => {
    for (const [id, crosswalk] of Object.entries(landUseCrosswalks)) {
      expect(crosswalk.id).toBe(id);
      expect(crosswalk.confidence).toBe('design');
      expect(crosswalk.rows).toHaveLength(expectedRows[id as keyof typeof expectedRows]);
      expect(crosswalkCodes(crosswalk).size).toBe(crosswalk.rows.length);
      for (const { to, alternatives } of crosswalk.rows) {
        expect(codes).toContain(to);
        expect(alternatives).not.toContain(to);
        for (const other of alternatives) expect(codes).toContain(other);
      }
    }
  });

  it('keep the leading zero of GB/T 21010 in text and drop it in rasters', () => {
    expect(landUseCrosswalks.gbt21010.rows[0]!.from).toBe('0101');
    expect(crosswalkCodes(landUseCrosswalks.gbt21010).get(101)).toBe(11);
    expect(crosswalkCodes(landUseCrosswalks.gbt21010).get(1206)).toBe(83);
    expect(crosswalkCodes(landUseCrosswalks.clcd).get(0)).toBeUndefined();
  });
});

describe('bands', () => {
  it('of slope keep the upper limit', () => {
    expect([0, 2, 2.01, 6, 15, 25, 25.01].map((slope) => bandOfSlope(slope, croplandSlopeBands))).toEqual([
      1, 1, 2, 2, 3, 4, 5,
    ]);
    expect(bandOfSlope(Number.NaN, surfaceSlopeBands)).toBe(0);
    expect(croplandSlopeBands.bands.map(({ zh }) => zh)).toEqual(['≤ 2°', '2–6°', '6–15°', '15–25°', '> 25°']);
    expect(surfaceSlopeBands.bands).toHaveLength(surfaceSlopeBands.limits.length + 1);
  });

  it('of cover keep the lower limit', () => {
    expect([0, 29.9, 30, 45, 60, 74.9, 75, 100].map(bandOfCover)).toEqual([1, 1, 2, 3, 4, 4, 5, 5]);
    expect(bandOfCover(Number.NaN)).toBe(0);
  });

  it('of intensity are six, in the order of their limits, each with a colour', () => {
    expect(erosionClassesSl190.map(({ code }) => code)).toEqual([1, 2, 3, 4, 5, 6]);
    const limits = erosionClassesSl190.map(({ fromModulus }) => fromModulus).filter((limit) => limit !== null);
    expect(limits).toEqual([...limits].sort((a, b) => a - b));
    for (const { colour } of erosionClassesSl190) expect(colour).toMatch(/^#[0-9a-f]{6}$/);
    // The depths of the standard belong to 1.35 t/m³.
    for (const { fromModulus, fromDepthMillimetres } of erosionClassesSl190)
      if (fromModulus !== null) expect(Math.abs(fromModulus / 1350 - fromDepthMillimetres!)).toBeLessThan(0.05);
  });

  it('of exponents and supporting practice rise', () => {
    for (const { bands } of slopeLengthExponentTables)
      expect(bands.map(({ upTo }) => upTo)).toEqual(bands.map(({ upTo }) => upTo).sort((a, b) => a - b));
    expect(contouringBands.map(({ upToPercent }) => upToPercent)).toEqual([2, 8, 12, 16, 20, 25]);
  });
});
