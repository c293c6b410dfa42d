import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfMonthWeights, monthlyApproximateWeights } from '../../../models/factors/half-month-weights.ts';
import { daysInYear, halfMonthIndex, rainCalendar } from '../../../models/factors/rain-calendar.ts';
import { dailyErosivityXie2016 } from '../../../models/factors/rainfall-erosivity-daily-xie2016.ts';
import { factorMethod } from '../../../models/factors/registry.ts';

const xie = factorMethod('rainfallErosivity', 'xie2016-daily');
const seed = { seed: 20240501, numRuns: 20 };

/** Position of a day in a series of one year. */
function dayOf(month: number, day: number, year: number): number {
  const february = daysInYear(year) === 366 ? 29 : 28;
  return (
    [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].slice(0, month - 1).reduce((a, b) => a + b, 0) + day - 1
  );
}

describe('calendar of a daily series', () => {
  it('counts 365 and 366 days, the centuries included', () => {
    expect([1900, 2000, 2023, 2024].map(daysInYear)).toEqual([365, 366, 365, 366]);
  });

  it('puts day 15 in the first half, day 16 in the second, 29 February in the fourth and 31 December in the last', () => {
    const { halfMonth, month } = rainCalendar([2024]);
    expect(halfMonth[dayOf(3, 15, 2024)]).toBe(5);
    expect(halfMonth[dayOf(3, 16, 2024)]).toBe(6);
    expect(halfMonth[dayOf(2, 29, 2024)]).toBe(4);
    expect(month[dayOf(2, 29, 2024)]).toBe(2);
    expect(halfMonth[365]).toBe(24);
    expect(halfMonthIndex(1, 15)).toBe(1);
  });

  it('takes a leap year without 29 February when told so', () => {
    const { length, month } = rainCalendar([{ year: 2024, days: 365 }]);
    expect(length).toBe(365);
    expect(month[59]).toBe(3);
  });

  it('refuses no years, a year twice, a 366th day in a common year and a series of another length', () => {
    expect(() => rainCalendar([])).toThrow('at least one year');
    expect(() => rainCalendar([2023, 2023])).toThrow('twice');
    expect(() => rainCalendar([{ year: 2023, days: 366 }])).toThrow('2023 cannot have 366 days');
    expect(() => xie.evaluate(new Float64Array(365), rainCalendar([2024]))).toThrow('expected 366 values, got 365');
  });
});

describe('daily erosivity', () => {
  it('counts a day of exactly 10 mm, and 12 mm in the older model', () => {
    expect(dailyErosivityXie2016(10, 7)).toBeGreaterThan(0);
    expect(dailyErosivityXie2016(Math.fround(9.9999), 7)).toBe(0);
    const rain = new Float64Array(365);
    rain[200] = 12;
    const older = factorMethod('rainfallErosivity', 'zhang2002-daily');
    expect(older.evaluate(rain, rainCalendar([2023])).annual).toBeGreaterThan(0);
    rain[200] = 11.99;
    expect(older.evaluate(rain, rainCalendar([2023])).annual).toBe(0);
  });

  it('changes season on 1 May and 1 October', () => {
    const calendar = rainCalendar([2023]);
    const of = (month: number, day: number) => {
      const rain = new Float64Array(365);
      rain[dayOf(month, day, 2023)] = 30;
      return xie.evaluate(rain, calendar).annual;
    };
    const [cool, warm] = [dailyErosivityXie2016(30, 1), dailyErosivityXie2016(30, 7)];
    expect([of(4, 30), of(5, 1), of(9, 30), of(10, 1)]).toEqual([cool, warm, warm, cool]);
  });

  it('of several years is the mean of the years', () => {
    const wet = new Float64Array(365);
    wet[180] = 50;
    const both = Float64Array.from([...wet, ...new Float64Array(366)]);
    const one = xie.evaluate(wet, rainCalendar([2023]));
    const two = xie.evaluate(both, rainCalendar([2023, 2024]));
    expect(two.annual).toBeCloseTo(one.annual / 2, 12);
    expect(two.erosiveDays).toBe(1);
  });

  it('adds up: half-months to the year, weights to 1', () => {
    const rains = fc.array(fc.double({ min: 0, max: 120, noNaN: true }), { minLength: 365, maxLength: 365 });
    fc.assert(
      fc.property(rains, (rain) => {
        const { annual, halfMonth } = xie.evaluate(rain, rainCalendar([2023]));
        expect(halfMonth.reduce((sum, part) => sum + part, 0)).toBe(annual);
        const shares = halfMonthWeights(halfMonth);
        if (shares.defined) expect(shares.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        else expect(annual).toBe(0);
      }),
      seed,
    );
  });

  it('counts missing days and never takes them for dry ones', () => {
    const rain = new Float64Array(365).fill(20);
    rain[0] = Number.NaN;
    rain[1] = -9999;
    const calendar = rainCalendar([2023]);
    const few = xie.evaluate(rain, calendar);
    expect(few.missingDays).toBe(2);
    expect(few.annual).toBeGreaterThan(0);
    rain[2] = Number.NaN;
    const many = xie.evaluate(rain, calendar);
    expect(many.halfMonth[0]).toBeNaN();
    expect(many.halfMonth[1]).toBeGreaterThan(0);
    expect(many.annual).toBeNaN();
    expect(xie.prepare({ maxMissingDays: 3 })(rain, calendar).annual).toBeGreaterThan(0);
    expect(xie.evaluate(new Float64Array(365).fill(Number.NaN), calendar).annual).toBeNaN();
  });

  it('leaves a half-month with too many missing days out of the mean of the years', () => {
    const [first, second] = [new Float64Array(365).fill(20), new Float64Array(365).fill(20)];
    second.fill(Number.NaN, 0, 15);
    const calendar = rainCalendar([2022, 2023]);
    const { halfMonth } = xie.evaluate(Float64Array.from([...first, ...second]), calendar);
    expect(halfMonth[0]).toBeCloseTo(15 * dailyErosivityXie2016(20, 1), 9);
  });
});

describe('weights of the half-months', () => {
  it('are refused, not NaN, in a year without erosive rain or with missing rain', () => {
    expect(halfMonthWeights(new Float64Array(24))).toEqual({ defined: false, reason: 'no-erosive-rain' });
    expect(halfMonthWeights(new Float64Array(24).fill(Number.NaN))).toEqual({ defined: false, reason: 'missing-rain' });
    expect(() => halfMonthWeights(new Float64Array(23))).toThrow('expected 24 values, got 23');
  });

  it('from months split each month in halves and say that they are an approximation', () => {
    const shares = monthlyApproximateWeights([0, 0, 0, 0, 30, 0, 40, 0, 0, 0, 0, 0]);
    expect(shares.defined && shares.source).toBe('monthly-approx');
    expect(shares.defined && [...shares.weights].filter((weight) => weight > 0)).toEqual([0.18, 0.18, 0.32, 0.32]);
    expect(monthlyApproximateWeights(new Float64Array(12)).defined).toBe(false);
  });
});

describe('monthly and annual fallbacks', () => {
  it('are 0 without rain, not NaN', () => {
    for (const id of [
      'zhang-fu2003-monthly-years',
      'zhang-fu2003-monthly-mean',
      'wischmeier-smith1978-monthly',
    ] as const)
      expect(factorMethod('rainfallErosivity', id).evaluate(new Float64Array(12))).toBe(0);
  });

  it('average the index over the years, which differs from the index of the mean months', () => {
    const [early, late] = [new Float64Array(12), new Float64Array(12)];
    early[5] = 300;
    late[8] = 300;
    const years = factorMethod('rainfallErosivity', 'zhang-fu2003-monthly-years').evaluate([...early, ...late]);
    expect(years).toBeCloseTo(0.1833 * 300 ** 1.9957, 6);
    const means = factorMethod('rainfallErosivity', 'zhang-fu2003-monthly-mean').evaluate([...early, ...late]);
    expect(means).toBeCloseTo(0.3589 * 150 ** 1.9462, 6);
  });

  it('refuse eleven months and pass a missing one on', () => {
    const monthly = factorMethod('rainfallErosivity', 'zhang-fu2003-monthly-years');
    expect(() => monthly.evaluate(new Float64Array(11))).toThrow('whole years');
    expect(monthly.evaluate(new Float64Array(12).fill(50).with(3, Number.NaN))).toBeNaN();
  });
});
