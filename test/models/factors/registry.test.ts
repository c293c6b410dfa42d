import { readdirSync } from 'node:fs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { ErosionError } from '../../../models/errors.ts';
import { type CellFactorMethod, type FactorMethod, factorNames } from '../../../models/factors/factor-method.ts';
import { factorMethod, factorMethodIds, factorMethods } from '../../../models/factors/registry.ts';

const folder = new URL('../../../models/factors/', import.meta.url);

/** Files that serve several methods and hold none. */
const helpers = [
  'breakpoint-rain.ts',
  'code-table.ts',
  'exponent-table.ts',
  'factor-method.ts',
  'half-month-totals.ts',
  'half-month-weights.ts',
  'monthly-rain.ts',
  'rain-calendar.ts',
  'registry.ts',
  'slope-input.ts',
  'unit-system.ts',
  'slope-length-exponent.ts',
  'soil-loss-ratio.ts',
  'soil-texture.ts',
  'unit-rain-energy-brown-foster1987.ts',
];

const all: readonly FactorMethod[] = Object.values(factorMethods).flat();
const isMethod = (value: unknown): value is FactorMethod =>
  typeof value === 'object' && value !== null && 'evaluate' in value && 'factor' in value;

describe('registry of factor methods', () => {
  it('holds exactly one method of every file in the folder', async () => {
    const files = readdirSync(folder).filter((file) => !helpers.includes(file));
    const found: FactorMethod[] = [];
    for (const file of files) {
      const exported = Object.values(await import(new URL(file, folder).href)).filter(isMethod);
      expect(exported, `${file} must export one method, or be listed as a helper`).toHaveLength(1);
      found.push(...exported);
    }
    for (const method of found) expect(all, `${method.id} is not registered`).toContain(method);
    expect(all).toHaveLength(found.length);
  });

  it('names every helper that exists', () => {
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(helpers));
  });

  it('lists each method under its own factor, with an id of its own', () => {
    for (const factor of factorNames) {
      const ids = factorMethodIds(factor);
      expect(ids.length).toBeGreaterThan(0);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(factorMethod(factor, id as string).factor).toBe(factor);
    }
  });

  it('says of each method what a reader needs', () => {
    for (const method of all) {
      for (const text of [method.citation, method.formula, method.unit]) expect(text.length).toBeGreaterThan(0);
      for (const { zh, en } of [method.name, method.validRange])
        expect(Math.min(zh.length, en.length)).toBeGreaterThan(0);
      expect(method.inputs.length).toBeGreaterThan(0);
      if ('defaults' in method)
        expect(Object.keys(method.parameters).sort()).toEqual(Object.keys(method.defaults).sort());
    }
  });

  it('gives a method with its own type', () => {
    expectTypeOf(factorMethod('slopeSteepness', 'csle-liu1994').evaluate).toEqualTypeOf<(slope: number) => number>();
    expectTypeOf(factorMethod('slopeSteepness', 'usle1978' as string)).toEqualTypeOf<FactorMethod<'slopeSteepness'>>();
  });

  it('names the ids there are when asked for another', () => {
    expect(() => factorMethod('soilErodibility', 'epic')).toThrow(ErosionError);
    expect(() => factorMethod('soilErodibility', 'epic')).toThrow('no method epic for soilErodibility');
  });
});

describe('parameters of a method', () => {
  const steepness = factorMethod('slopeSteepness', 'csle-liu1994');

  it('refuse an unknown name, a wrong kind and a value that is no choice', () => {
    const wide = steepness as CellFactorMethod;
    expect(() => wide.prepare({ steepCoeficient: 21.91 })).toThrow('no parameter steepCoeficient');
    expect(() => wide.prepare({ steepCoefficient: '21.91' })).toThrow('cannot be 21.91');
    expect(() => wide.prepare({ steepCoefficient: Number.NaN })).toThrow('cannot be NaN');
    expect(() => wide.prepare({ steepCoefficient: null })).toThrow('cannot be null');
    expect(() => (factorMethod('soilErodibility', 'ready') as CellFactorMethod).prepare({ unit: 'us' })).toThrow(
      'one of SI, US',
    );
  });

  it('keep their defaults when not given', () => {
    expect(steepness.prepare({ maxSlopeDegrees: 30 })(20)).toBe(steepness.evaluate(20));
    expect(steepness.prepare({ maxSlopeDegrees: 30 })(40)).toBe(steepness.evaluate(30));
    expect(steepness.prepare({ maxSlopeDegrees: undefined })(40)).toBe(steepness.evaluate(40));
  });
});

describe('missing data', () => {
  it('gives NaN wherever an input of a cell is NaN', () => {
    // Inside the range of every method, so that nothing but the missing value can decide.
    const usual: Record<string, number> = {
      sand: 40,
      silt: 40,
      clay: 20,
      organicCarbon: 1,
      siltAndVeryFineSand: 50,
      organicMatter: 2,
      structureClass: 2,
      permeabilityClass: 3,
      slopeDegrees: 12,
      inletMetres: 10,
      outletMetres: 20,
      lengthMetres: 50,
      inletAreaSquareMetres: 1000,
      cellSizeMetres: 10,
      aspectDegrees: 45,
      specificCatchmentArea: 100,
      ndvi: 0.4,
      coverPercent: 40,
      julyCoverPercent: 40,
      annualRain: 600,
      meanAnnualRain: 600,
      rainfallErosivity: 1000,
      soilErodibility: 0.02,
      landUseCode: 53,
    };
    // The values of measures and zones are codes, not measurements.
    const coded = ['measureCode', 'zoneCode'];
    for (const method of all) {
      if (method.kind !== 'cell') continue;
      const numbers = method.inputs.map(({ name }) => (coded.includes(name) ? 0 : usual[name]!));
      for (const [at, { name }] of method.inputs.entries()) {
        if (coded.includes(name)) continue;
        expect(usual, `${name} needs a usual value`).toHaveProperty(name);
        const holed = numbers.with(at, Number.NaN);
        expect(method.evaluate(...holed), `${method.factor} ${method.id} without ${name}`).toBeNaN();
      }
    }
  });
});
