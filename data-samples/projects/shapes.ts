import { hashUnit } from '../noise.ts';
import { roundTo } from '../region-frame.ts';
import type { Position } from '../zones/polygons.ts';

// Sixteen directions, counter-clockwise from east; literals, because sine and cosine are not equal on all machines.
const c1 = 0.9238795325112867;
const s1 = 0.3826834323650898;
const d1 = 0.7071067811865476;
export const directions: readonly Position[] = [
  [1, 0],
  [c1, s1],
  [d1, d1],
  [s1, c1],
  [0, 1],
  [-s1, c1],
  [-d1, d1],
  [-c1, s1],
  [-1, 0],
  [-c1, -s1],
  [-d1, -d1],
  [-s1, -c1],
  [0, -1],
  [s1, -c1],
  [d1, -d1],
  [c1, -s1],
];

const rounded = (points: Position[]): Position[] => points.map(([x, y]) => [roundTo(x, 2), roundTo(y, 2)]);

const closedRing = (points: Position[]): Position[] => [...points, [points[0]![0], points[0]![1]]];

/** An uneven round shape with eased corners, counter-clockwise; `rough` 0 gives an ellipse. */
export function blob(cx: number, cy: number, radiusX: number, radiusY: number, seed: number, rough = 0.3): Position[] {
  const corners = directions.map(([dx, dy], k): Position => {
    const reach = 1 - rough * hashUnit(seed, k, 17);
    return [cx + dx * radiusX * reach, cy + dy * radiusY * reach];
  });
  const eased: Position[] = [];
  corners.forEach(([ax, ay], k) => {
    const [bx, by] = corners[(k + 1) % corners.length]!;
    eased.push([0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by], [0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by]);
  });
  return closedRing(rounded(eased));
}

/** An upright rectangle, counter-clockwise. */
export function rectangle(west: number, south: number, east: number, north: number): Position[] {
  return closedRing(
    rounded([
      [west, south],
      [east, south],
      [east, north],
      [west, north],
    ]),
  );
}

/** The part of a ring west (`keep` −1) or east (+1) of a meridian line; exact, by Sutherland and Hodgman. */
export function clippedAt(ring: readonly Position[], x: number, keep: -1 | 1): Position[] {
  const out: Position[] = [];
  for (let at = 0; at + 1 < ring.length; at++) {
    const [ax, ay] = ring[at]!;
    const [bx, by] = ring[at + 1]!;
    const insideA = (ax - x) * keep >= 0;
    const insideB = (bx - x) * keep >= 0;
    if (insideA) out.push([ax, ay]);
    if (insideA !== insideB) out.push([x, ay + ((by - ay) * (x - ax)) / (bx - ax)]);
  }
  return closedRing(out);
}

/** The same ring walked the other way, for a hole. */
export function reversed(ring: readonly Position[]): Position[] {
  return [...ring].reverse();
}
