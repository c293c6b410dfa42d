import type { Lattice } from './grow-regions.ts';

/** A stretch of border between two labels, from one meeting point of borders to the next. */
export interface Arc {
  /** Lattice corners it starts and ends at; equal for a closed border. */
  readonly start: number;
  readonly end: number;
  /** Labels to the left and right when walking along it; −1 is outside. */
  readonly left: number;
  readonly right: number;
  /** Directions of the first and last step: 0 east, 1 south, 2 west, 3 north. */
  readonly firstStep: number;
  readonly lastStep: number;
  /** Smoothed points in lattice units, x east and y south. */
  readonly points: readonly (readonly [number, number])[];
}

const stepX = [1, 0, -1, 0];
const stepY = [0, 1, 0, -1];

/** The borders between labels, each one once, smoothed except along the frame, so that neighbours share every point. */
export function boundaryArcs(lattice: Lattice, labels: Int32Array): Arc[] {
  const { width, height } = lattice;
  const corners = width + 1;
  const label = (x: number, y: number) => (x < 0 || y < 0 || x >= width || y >= height ? -1 : labels[y * width + x]!);
  const leftOf = (x: number, y: number, d: number) =>
    d === 0 ? label(x, y - 1) : d === 1 ? label(x, y) : d === 2 ? label(x - 1, y) : label(x - 1, y - 1);
  const rightOf = (x: number, y: number, d: number) =>
    d === 0 ? label(x, y) : d === 1 ? label(x - 1, y) : d === 2 ? label(x - 1, y - 1) : label(x, y - 1);
  const isBorder = (x: number, y: number, d: number) => leftOf(x, y, d) !== rightOf(x, y, d);
  const degree = (x: number, y: number) => {
    let count = 0;
    for (let d = 0; d < 4; d++) if (isBorder(x, y, d)) count++;
    return count;
  };
  const walked = new Uint8Array(corners * (height + 1) * 4);
  const arcs: Arc[] = [];

  const walk = (x0: number, y0: number, d0: number) => {
    let x = x0;
    let y = y0;
    let d = d0;
    const points: [number, number][] = [[x, y]];
    for (;;) {
      walked[(y * corners + x) * 4 + d] = 1;
      x += stepX[d]!;
      y += stepY[d]!;
      walked[(y * corners + x) * 4 + ((d + 2) & 3)] = 1;
      points.push([x, y]);
      if ((x === x0 && y === y0) || degree(x, y) !== 2) break;
      for (let turn = 0; turn < 4; turn++) {
        const next = (d + 3 + turn) & 3;
        if (next === ((d + 2) & 3) || !isBorder(x, y, next)) continue;
        d = next;
        break;
      }
    }
    const left = leftOf(x0, y0, d0);
    const right = rightOf(x0, y0, d0);
    const start = y0 * corners + x0;
    const end = y * corners + x;
    const closed = start === end && degree(x0, y0) === 2;
    const onFrame = left === -1 || right === -1;
    arcs.push({
      start,
      end,
      left,
      right,
      firstStep: d0,
      lastStep: d,
      points: onFrame ? withoutStraightPoints(points) : smoothed(points, closed),
    });
  };

  for (let y = 0; y <= height; y++)
    for (let x = 0; x <= width; x++) {
      const borders = degree(x, y);
      if (borders === 0 || borders === 2) continue;
      for (let d = 0; d < 4; d++) if (isBorder(x, y, d) && !walked[(y * corners + x) * 4 + d]) walk(x, y, d);
    }
  // What is left are closed borders without a meeting point.
  for (let y = 0; y <= height; y++)
    for (let x = 0; x <= width; x++)
      for (let d = 0; d < 4; d++) if (isBorder(x, y, d) && !walked[(y * corners + x) * 4 + d]) walk(x, y, d);
  return arcs;
}

function withoutStraightPoints(points: readonly [number, number][]): [number, number][] {
  return points.filter((point, at) => {
    const before = points[at - 1];
    const after = points[at + 1];
    if (!before || !after) return true;
    return (point[0] - before[0]) * (after[1] - point[1]) !== (point[1] - before[1]) * (after[0] - point[0]);
  });
}

/** Takes the steps out of a lattice line: middles of its edges, then two rounds of a 1-2-1 mean; ends stay. */
function smoothed(points: readonly [number, number][], closed: boolean): [number, number][] {
  let line: [number, number][] = [];
  for (let at = 0; at + 1 < points.length; at++) {
    const [ax, ay] = points[at]!;
    const [bx, by] = points[at + 1]!;
    line.push([(ax + bx) / 2, (ay + by) / 2]);
  }
  if (!closed) line = [points[0]!, ...line, points[points.length - 1]!];
  for (let round = 0; round < 2; round++) {
    line = line.map((point, at) => {
      const before = line[at - 1] ?? (closed ? line[line.length - 1] : undefined);
      const after = line[at + 1] ?? (closed ? line[0] : undefined);
      if (!before || !after) return point;
      return [(before[0] + 2 * point[0] + after[0]) / 4, (before[1] + 2 * point[1] + after[1]) / 4];
    });
  }
  if (closed) line.push(line[0]!);
  return withoutStraightPoints(line);
}
