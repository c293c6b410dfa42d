import { describe, expect, it } from 'vitest';
import { daysOfYear } from '../../data-samples/climate/calendar.ts';
import { rainGrid } from '../../data-samples/climate/daily-rain.ts';
import { isMissing } from '../../data-samples/climate/stations.ts';
import { makeRegion, sampleYears } from '../../data-samples/region-content.ts';
import { coordinateTransform } from '../../pipeline/formats/crs.ts';

const region = makeRegion(320, 11);
const grid = rainGrid(region.frame);

describe.each(sampleYears)('rain of %i', (year) => {
  const days = region.rain[year];
  const dates = daysOfYear(year);

  it('has a layer for each day of the calendar', () => {
    expect(dates).toHaveLength(year === 2024 ? 366 : 365);
    expect(days).toHaveLength(dates.length);
    expect(dates.every((date, n) => new Date(Date.UTC(year, 0, n + 1)).toISOString().startsWith(date))).toBe(true);
  });

  it('is never negative, in steps of 0.1 mm, and has the yearly depth of the region', () => {
    let sum = 0;
    let wettest = 0;
    for (const depths of days)
      for (const depth of depths) {
        if (!(depth >= 0) || Math.abs(depth * 10 - Math.round(depth * 10)) > 1e-4) throw new Error(`${depth} mm`);
        sum += depth;
        wettest = Math.max(wettest, depth);
      }
    const yearly = sum / (grid.width * grid.height);
    expect(Math.abs(yearly - (year === 2023 ? 378 : 462))).toBeLessThan(1);
    expect(wettest).toBeGreaterThan(25);
    expect(wettest).toBeLessThan(160);
  });

  it('falls mostly in summer', () => {
    const depthOf = (months: readonly string[]): number =>
      days.reduce((sum, depths, n) => (months.includes(dates[n]!.slice(5, 7)) ? sum + depths[0]! : sum), 0);
    expect(depthOf(['06', '07', '08', '09'])).toBeGreaterThan(0.5 * days.reduce((sum, depths) => sum + depths[0]!, 0));
  });

  it('is what the gauges read, within their error', () => {
    const transform = coordinateTransform('EPSG:4490', grid.crs);
    for (const { station, date, rainMm } of region.stationDays[year]) {
      // The places of the table are rounded to four decimals, so a few metres off.
      const [x, y] = transform.point(station.lon, station.lat);
      expect(Math.abs(x - station.x) + Math.abs(y - station.y)).toBeLessThan(15);
      if (isMissing(station.code, date)) {
        expect(rainMm).toBeNull();
        continue;
      }
      const column = Math.floor((station.x - grid.originX) / grid.cellSizeMetres);
      const row = Math.floor((grid.originY - station.y) / grid.cellSizeMetres);
      const depth = days[dates.indexOf(date)]![row * grid.width + column]!;
      expect(Math.abs(rainMm! - depth)).toBeLessThanOrEqual(0.06 * depth + 0.0501);
    }
  });
});
