import type { Cube } from '../../../models/statistics/cube.ts';
import type { ReportOptions } from '../../../models/statistics/tables/report-tables.ts';
import { type TileLayers, tileCube } from '../../../models/statistics/tile-cube.ts';
import type { Zone } from '../../../models/statistics/zones.ts';
import { seededRandom } from './random-layers.ts';

/** Seven counties on a square of `size` cells, drawn as the cells nearest to seven seats; believable, not real. */
export const exampleCounties = [
  ['621102', '安澜区', 'Anlan'],
  ['621121', '双泉县', 'Shuangquan'],
  ['621122', '柳湾县', 'Liuwan'],
  ['621123', '石堡县', 'Shibao'],
  ['621124', '清河县', 'Qinghe'],
  ['621125', '云台县', 'Yuntai'],
  ['621126', '长塬县', 'Changyuan'],
] as const;

export interface ExampleRegion {
  readonly size: number;
  readonly cellSizeMetres: number;
  readonly layers: TileLayers;
  readonly cube: Cube;
  readonly options: ReportOptions;
}

function nearest(seats: readonly (readonly [number, number])[], x: number, y: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  seats.forEach(([sx, sy], index) => {
    const distance = (sx - x) ** 2 + (sy - y) ** 2 + 0.02 * Math.sin(9 * x + 5 * y) * Math.cos(7 * y);
    if (distance < least) {
      least = distance;
      best = index;
    }
  });
  return best;
}

/** The same region for the same size; cells are as large as it takes for about 12 000 km². */
export function exampleRegion(size = 400): ExampleRegion {
  const random = seededRandom(621100);
  const cells = size * size;
  const seats = exampleCounties.map(
    (_, i) => [0.2 + 0.3 * (i % 3) + 0.1 * random(), 0.18 + 0.32 * Math.floor(i / 3) + 0.1 * random()] as const,
  );
  const towns = Array.from({ length: 30 }, () => [random(), random()] as const);
  const basins = Array.from({ length: 5 }, () => [random(), random()] as const);
  const county = new Uint16Array(cells);
  const township = new Uint16Array(cells);
  const watershed = new Uint16Array(cells);
  const landUse = new Uint8Array(cells);
  const slopeDegrees = new Float32Array(cells);
  const intensity = new Uint8Array(cells);
  const modulus = new Float32Array(cells);
  const cause = new Uint8Array(cells);
  const codes = [11, 12, 13, 13, 13, 21, 31, 32, 41, 43, 43, 52, 61, 83];
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const i = row * size + column;
      const [x, y] = [column / size, row / size];
      const outside = (x - 0.5) ** 2 / 0.24 + (y - 0.5) ** 2 / 0.22 + 0.12 * Math.sin(8 * x) * Math.sin(11 * y) > 1;
      if (!outside) {
        county[i] = nearest(seats, x, y) + 1;
        township[i] = nearest(towns, x, y) + 1;
        watershed[i] = nearest(basins, x, y) + 1;
      }
      const relief = Math.abs(Math.sin(23 * x + 4 * Math.sin(9 * y)) * Math.cos(19 * y + 3 * Math.sin(7 * x)));
      slopeDegrees[i] = 38 * relief * relief + 3 * random();
      const water = Math.abs(y - 0.5 - 0.15 * Math.sin(6 * x)) < 0.006;
      landUse[i] = water
        ? 71
        : codes[Math.floor(((Math.sin(40 * x) * Math.cos(33 * y) + 1) / 2) * 9.9 + random() * 4)]!;
      if (outside || (Math.hypot(x - 0.71, y - 0.36) < 0.022 && !water)) {
        modulus[i] = Number.NaN;
        cause[i] = outside ? 1 : 2;
        continue;
      }
      const cover = landUse[i]! < 20 ? 1 : landUse[i]! < 50 ? 0.28 : 0.5;
      modulus[i] = water ? 0 : slopeDegrees[i]! ** 1.75 * 48 * cover * (0.6 + 0.6 * random());
      const a = modulus[i]!;
      intensity[i] = a < 1000 ? 1 : a < 2500 ? 2 : a < 5000 ? 3 : a < 8000 ? 4 : a <= 15000 ? 5 : 6;
    }
  const layers = { zones: [county, township, watershed], landUse, slopeDegrees, intensity, modulus, cause };
  const cellSizeMetres = Math.round(140000 / size);
  const zone = (index: number, code: string, zh: string, en: string, extra: Partial<Zone> = {}): Zone => ({
    index,
    code,
    name: { zh, en },
    ...extra,
  });
  const counts = new Float64Array(8);
  for (const value of county) counts[value]!++;
  const options: ReportOptions = {
    cellSizeMetres,
    regionName: { zh: '安澜市', en: 'Anlan City' },
    regionCode: '621100',
    regionTargetRatePercent: 62,
    landAreaRule: 'scale',
    administrativeLevels: [0, 1],
    zoneSets: [
      {
        id: 'county',
        name: { zh: '县区', en: 'county' },
        zones: exampleCounties.map(([code, zh, en], i) =>
          zone(i + 1, code, zh, en, {
            officialAreaSquareKilometres:
              Math.round(counts[i + 1]! * (cellSizeMetres / 1000) ** 2 * (1 + 0.002 * (i - 3)) * 100) / 100,
            targetRatePercent: 58 + i,
          }),
        ),
      },
      {
        id: 'township',
        name: { zh: '乡镇', en: 'township' },
        zones: towns.map((_, i) => zone(i + 1, `621100${101 + i}`, `第${i + 1}乡`, `Township ${i + 1}`)),
      },
      {
        id: 'watershed',
        name: { zh: '流域', en: 'watershed' },
        zones: basins.map((_, i) => zone(i + 1, `W${i + 1}`, `${'甲乙丙丁戊'[i]}河流域`, `Basin ${i + 1}`)),
      },
    ],
  };
  return { size, cellSizeMetres, layers, cube: tileCube(layers), options };
}
