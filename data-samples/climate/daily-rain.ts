import { gradientNoise, hashUnit } from '../noise.ts';
import type { RegionFrame } from '../region-frame.ts';
import { coveringGrid } from '../region-frame.ts';
import { daysOfYear } from './calendar.ts';

/** Rain cells are 1 km wide and reach 5 km beyond the region. */
export const rainGrid = (frame: RegionFrame) => coveringGrid(frame, 1000, 5000);

// Chance of rain on a day and mean depth of a wet day, mm, by month: dry winters, storms in July and August.
const wetChance = [0.1, 0.12, 0.18, 0.22, 0.3, 0.33, 0.38, 0.37, 0.36, 0.25, 0.12, 0.07];
const wetDepth = [1, 1.3, 2, 3.3, 4.6, 5.5, 8.5, 8.8, 6, 4, 2, 1.2];
/** Mean depth of the year over the region and its margin, mm. */
const yearDepth: Readonly<Record<number, number>> = { 2023: 378, 2024: 462 };
/** A widespread rainstorm on record; depth before the year is brought to its total. */
const rainstorm = { date: '2024-08-07', depth: 46 };

/** Daily rain of a year, one Float32Array (mm, steps of 0.1) per day on the rain grid. */
export function dailyRain(frame: RegionFrame, year: number): Float32Array[] {
  const { width } = rainGrid(frame);
  const seed = frame.seed + year;
  const days = daysOfYear(year).map((date, day) => {
    const month = Number(date.slice(5, 7)) - 1;
    const depths = new Float32Array(width * width);
    const planned = date === rainstorm.date;
    // Rainy days come in spells: the chance rises and falls over about a week.
    const spell = 1 + 1.3 * gradientNoise(seed, day / 5, 0.5);
    if (!planned && hashUnit(seed + 1, day) >= wetChance[month]! * spell) return depths;
    const u = hashUnit(seed + 2, day);
    // A long-tailed draw with mean 1.
    const tail = u / (1.15 - u) / 1.342;
    const mean = planned ? rainstorm.depth : wetDepth[month]! * tail;
    const convective = month >= 5 && month <= 8 && hashUnit(seed + 3, day) < 0.45;
    const centreX = hashUnit(seed + 4, day) * width;
    const centreY = hashUnit(seed + 5, day) * width;
    const radius = 5 + 6 * hashUnit(seed + 6, day);
    for (let y = 0; y < width; y++) {
      for (let x = 0; x < width; x++) {
        let depth = mean * (0.88 + (0.24 * y) / width) * (1 + 0.5 * gradientNoise(seed + 7 + day * 3, x / 9, y / 9));
        if (convective) {
          const away = ((x - centreX) * (x - centreX) + (y - centreY) * (y - centreY)) / (radius * radius);
          depth *= 0.6 + 0.9 / ((1 + away) * (1 + away));
        }
        depths[y * width + x] = depth;
      }
    }
    return depths;
  });
  let sum = 0;
  for (const depths of days) for (const depth of depths) sum += depth;
  const factor = ((yearDepth[year] ?? 420) * width * width) / sum;
  for (const depths of days)
    for (let i = 0; i < depths.length; i++) depths[i] = Math.floor(depths[i]! * factor * 10 + 0.5) / 10;
  return days;
}
