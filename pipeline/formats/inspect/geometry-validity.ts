/** What is wrong with a ring, or undefined. */
export type RingFault = 'coordinates' | 'short' | 'open' | 'crossing';

/**
 * Looks a ring over: enough points, closed, finite coordinates, no crossing with itself.
 *
 * Crossings are looked for with a sweep over the segments' horizontal ranges; rings above 20 000 points are not swept.
 */
export function ringFault(ring: ArrayLike<number>): RingFault | undefined {
  const count = ring.length / 2;
  for (let index = 0; index < ring.length; index++)
    if (!Number.isFinite(ring[index]!) || Math.abs(ring[index]!) > 1e15) return 'coordinates';
  if (count < 4) return 'short';
  if (ring[0] !== ring[ring.length - 2] || ring[1] !== ring[ring.length - 1]) return 'open';
  if (count > 20_000) return undefined;
  return crossesItself(ring, count - 1) ? 'crossing' : undefined;
}

function crossesItself(ring: ArrayLike<number>, segments: number): boolean {
  const order = Array.from({ length: segments }, (_, index) => index);
  const low = (index: number): number => Math.min(ring[index * 2]!, ring[index * 2 + 2]!);
  const high = (index: number): number => Math.max(ring[index * 2]!, ring[index * 2 + 2]!);
  order.sort((a, b) => low(a) - low(b));
  let active: number[] = [];
  for (const index of order) {
    const from = low(index);
    active = active.filter((other) => high(other) >= from);
    for (const other of active) if (properlyCross(ring, index, other)) return true;
    active.push(index);
  }
  return false;
}

/** True when the inner parts of two segments cross in one point. */
function properlyCross(ring: ArrayLike<number>, a: number, b: number): boolean {
  const [ax, ay, bx, by] = [ring[a * 2]!, ring[a * 2 + 1]!, ring[a * 2 + 2]!, ring[a * 2 + 3]!];
  const [cx, cy, dx, dy] = [ring[b * 2]!, ring[b * 2 + 1]!, ring[b * 2 + 2]!, ring[b * 2 + 3]!];
  if (Math.max(ay, by) < Math.min(cy, dy) || Math.max(cy, dy) < Math.min(ay, by)) return false;
  const side = (px: number, py: number, qx: number, qy: number, rx: number, ry: number): number =>
    Math.sign((qx - px) * (ry - py) - (qy - py) * (rx - px));
  const s1 = side(ax, ay, bx, by, cx, cy);
  const s2 = side(ax, ay, bx, by, dx, dy);
  const s3 = side(cx, cy, dx, dy, ax, ay);
  const s4 = side(cx, cy, dx, dy, bx, by);
  return s1 * s2 < 0 && s3 * s4 < 0;
}
