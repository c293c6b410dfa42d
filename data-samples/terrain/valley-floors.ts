import { gradientNoise } from '../noise.ts';
import type { RegionFrame } from '../region-frame.ts';
import type { CarvedLandscape } from './landscape-evolution.ts';

const channelSquareMetres = 1.2e6;
const crossSlope = 0.012;
const bluffSlope = 0.55;

/**
 * Widens the valleys of the larger streams to flat floors, in place, and tells how far each cell of 20 m lies from the
 * edge of the nearest floor, metres, negative on the floor. The half-width grows with the root of the drained area.
 */
export function widenValleys(frame: RegionFrame, landscape: CarvedLandscape): Float32Array {
  const { heights, width, height, drainedArea } = landscape;
  const edgeDistance = new Float32Array(heights.length).fill(1e9);
  const bed = new Float32Array(heights.length);
  const halfWidth = new Float32Array(heights.length);
  const threshold = channelSquareMetres * Math.max(0.15, frame.scale);
  for (let i = 0; i < heights.length; i++) {
    if (drainedArea[i]! < threshold || heights[i]! > 1e5) continue;
    const x = i % width;
    const y = (i - x) / width;
    const wander = 1 + 0.8 * gradientNoise(frame.seed + 61, x / 45, y / 45);
    halfWidth[i] = 16 * Math.sqrt(drainedArea[i]! / 1e6) * Math.max(0.5, wander);
    edgeDistance[i] = -halfWidth[i]!;
    bed[i] = heights[i]!;
  }
  spread(edgeDistance, bed, halfWidth, width, height);
  for (let i = 0; i < heights.length; i++) {
    const outside = edgeDistance[i]!;
    if (outside > 400 || heights[i]! > 1e5) continue;
    const fromBed = outside + halfWidth[i]!;
    if (outside <= 0) heights[i] = bed[i]! + crossSlope * fromBed;
    else {
      const foot = bed[i]! + crossSlope * halfWidth[i]!;
      heights[i] = Math.max(Math.min(heights[i]!, foot + bluffSlope * outside), foot + crossSlope * outside);
    }
  }
  return edgeDistance;
}

/** Two sweeps of a chamfer distance that carry the nearest bed along. */
function spread(distance: Float32Array, bed: Float32Array, halfWidth: Float32Array, width: number, height: number) {
  const diagonal = 20 * Math.SQRT2;
  const offer = (i: number, j: number, step: number) => {
    const through = distance[j]! + step;
    if (through >= distance[i]!) return;
    distance[i] = through;
    bed[i] = bed[j]!;
    halfWidth[i] = halfWidth[j]!;
  };
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      offer(i, i - 1, 20);
      offer(i, i - width, 20);
      offer(i, i - width - 1, diagonal);
      offer(i, i - width + 1, diagonal);
    }
  for (let y = height - 2; y >= 1; y--)
    for (let x = width - 2; x >= 1; x--) {
      const i = y * width + x;
      offer(i, i + 1, 20);
      offer(i, i + width, 20);
      offer(i, i + width + 1, diagonal);
      offer(i, i + width - 1, diagonal);
    }
}
