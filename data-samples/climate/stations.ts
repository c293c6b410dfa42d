import { hashUnit } from '../noise.ts';
import { type RegionFrame, roundTo, toLonLat } from '../region-frame.ts';
import { daysOfYear } from './calendar.ts';
import { rainGrid } from './daily-rain.ts';

export interface RainStation {
  readonly code: string;
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
  readonly x: number;
  readonly y: number;
}

/** One line of the station table; `rainMm` is null where the gauge did not report. */
export interface StationDay {
  readonly station: RainStation;
  readonly date: string;
  readonly rainMm: number | null;
}

const positions: readonly (readonly [name: string, eastShare: number, southShare: number])[] = [
  ['云岘', 0.47, 0.34],
  ['双塬', 0.18, 0.17],
  ['柳峁', 0.8, 0.13],
  ['石岔', 0.22, 0.52],
  ['青梁', 0.85, 0.6],
  ['响川', 0.24, 0.86],
  ['杏湾', 0.7, 0.82],
  ['黑石岔', 0.55, 0.58],
  ['北塬', 0.4, -0.12],
  ['东梁', 1.13, 0.3],
  ['南坪', 0.5, 1.14],
  ['西湾', -0.15, 0.7],
];

/** Twelve rain gauges in and around the region. */
export function rainStations(frame: RegionFrame): RainStation[] {
  return positions.map(([name, east, south], n) => {
    // Beyond the region the gauges stay within the margin of the rain maps.
    const within = (share: number) => {
      const metres = share * frame.sideMetres;
      return Math.max(-4400, Math.min(frame.sideMetres + 4400, metres));
    };
    const x = Math.floor(frame.grid.originX + within(east)) + 3;
    const y = Math.floor(frame.grid.originY - within(south)) + 7;
    const { lon, lat } = toLonLat(x, y);
    return { code: `5298${String(n + 1).padStart(2, '0')}`, name, lon: roundTo(lon, 4), lat: roundTo(lat, 4), x, y };
  });
}

const silentStation = '529808';

/** Whether the gauge was silent: eleven days of August at one station. */
export function isMissing(code: string, date: string): boolean {
  return code === silentStation && date.slice(5) >= '08-11' && date.slice(5) <= '08-21';
}

/** The station table of a year: gauges read the map's rain with an error of a few percent. */
export function stationTable(frame: RegionFrame, year: number, rain: readonly Float32Array[]): StationDay[] {
  const grid = rainGrid(frame);
  const dates = daysOfYear(year);
  return rainStations(frame).flatMap((station, n) => {
    const column = Math.floor((station.x - grid.originX) / grid.cellSizeMetres);
    const row = Math.floor((grid.originY - station.y) / grid.cellSizeMetres);
    return dates.map((date, day) => {
      const error = 0.94 + 0.12 * hashUnit(frame.seed + 71 + year, n, day);
      const rainMm = roundTo(rain[day]![row * grid.width + column]! * error, 1);
      return { station, date, rainMm: isMissing(station.code, date) ? null : rainMm };
    });
  });
}
