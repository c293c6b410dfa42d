import { gradientNoise } from '../noise.ts';
import type { RegionFrame } from '../region-frame.ts';
import type { Terrain } from '../terrain/terrain.ts';
import { drawLine, eased, type LinePoint } from './lines.ts';

/**
 * Open water of the rivers: 1 where it flows. Follows the drainage of the larger streams with a swing on the wide floors, and
 * lowers their beds by a metre or two, in place.
 */
export function drawRivers(frame: RegionFrame, terrain: Terrain): Uint8Array {
  const { size, seed } = frame;
  const { landscape } = terrain;
  const { receivers, drainedArea, order, width, margin } = landscape;
  const smallest = 1.5e7 * Math.max(0.06, frame.scale * frame.scale);
  const river = new Uint8Array(size * size);
  const walked = new Uint8Array(receivers.length);
  for (const start of order) {
    if (drainedArea[start]! < smallest || walked[start]) continue;
    const line: LinePoint[] = [];
    const halfWidths: number[] = [];
    for (let i = start; ; i = receivers[i]!) {
      const x = i % width;
      const y = Math.floor(i / width);
      const swing = Math.min(5, Math.sqrt(drainedArea[i]! / 1e7));
      line.push([
        (x - margin) * 2 + 1 + swing * gradientNoise(seed + 221, x / 14, y / 14),
        (y - margin) * 2 + 1 + swing * gradientNoise(seed + 222, x / 14, y / 14),
      ]);
      halfWidths.push(Math.max(0.5, Math.min(2, Math.sqrt(drainedArea[i]! / 3e8) * 2)));
      if (walked[i] || receivers[i] === i) break;
      walked[i] = 1;
    }
    const course = eased(line, 8);
    for (let at = 0; at + 1 < course.length; at++)
      drawLine(course.slice(at, at + 2), size, halfWidths[at]!, (i) => {
        if (!terrain.reservoir[i]) river[i] = 1;
      });
  }
  for (let i = 0; i < river.length; i++) if (river[i]) terrain.elevation[i]! -= 1.8;
  return river;
}
