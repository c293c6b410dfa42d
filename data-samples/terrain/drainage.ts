/** A surface for drainage: heights in metres, row-major; the outermost ring of cells is a wall that nothing crosses. */
export interface Surface {
  readonly heights: Float64Array;
  readonly width: number;
  readonly height: number;
}

const bucketMetres = 0.05;
const fillStepMetres = 0.0005;

/** Index offsets of the eight neighbours: E, SE, S, SW, W, NW, N, NE. */
export function neighbourOffsets(width: number): Int32Array {
  return Int32Array.of(1, width + 1, width, width - 1, -1, -width - 1, -width, -width + 1);
}

/**
 * Raises every closed hollow until it drains to the outlet, in place. Cells are visited by height in buckets of 5 cm,
 * which takes time proportional to their number.
 */
export function fillHollows(surface: Surface, outlet: number): void {
  const { heights, width, height } = surface;
  const count = heights.length;
  let low = heights[outlet]!;
  let high = low;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const h = heights[y * width + x]!;
      if (h < low) low = h;
      if (h > high) high = h;
    }
  }
  const buckets = Math.floor((high - low) / bucketMetres) + 2;
  const head = new Int32Array(buckets).fill(-1);
  const next = new Int32Array(count);
  const seen = new Uint8Array(count);
  for (let x = 0; x < width; x++) seen[x] = seen[count - 1 - x] = 1;
  for (let y = 0; y < height; y++) seen[y * width] = seen[y * width + width - 1] = 1;
  const offsets = neighbourOffsets(width);
  const first = Math.floor((heights[outlet]! - low) / bucketMetres);
  head[first] = outlet;
  next[outlet] = -1;
  seen[outlet] = 1;
  for (let bucket = first; bucket < buckets; bucket++) {
    let cell = head[bucket]!;
    while (cell >= 0) {
      head[bucket] = next[cell]!;
      const floor = heights[cell]! + fillStepMetres;
      for (let k = 0; k < 8; k++) {
        const other = cell + offsets[k]!;
        if (seen[other]) continue;
        seen[other] = 1;
        if (heights[other]! < floor) heights[other] = floor;
        const target = Math.min(buckets - 1, Math.max(bucket, Math.floor((heights[other]! - low) / bucketMetres)));
        next[other] = head[target]!;
        head[target] = other;
      }
      cell = head[bucket]!;
    }
  }
}

/**
 * The neighbour each cell drains to, by steepest descent; the outlet, the ring and undrained cells drain to themselves.
 * `wobble` (0–1) varies the steepness of each direction a little, so that streams do not line up with the grid.
 */
export function steepestReceivers(surface: Surface, outlet: number, receivers: Int32Array, wobble = 0, seed = 0): void {
  const { heights, width, height } = surface;
  const offsets = neighbourOffsets(width);
  const diagonal = Math.SQRT1_2;
  const salt = Math.imul(seed, 0x9e3779b1);
  for (let i = 0; i < receivers.length; i++) receivers[i] = i;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const h = heights[i]!;
      // One hash gives all eight directions their four bits.
      let bits = Math.imul(i ^ salt, 0x85ebca6b) ^ (i >>> 7);
      bits = Math.imul(bits ^ (bits >>> 15), 0xc2b2ae35);
      let steepest = 0;
      let best = i;
      for (let k = 0; k < 8; k++) {
        const j = i + offsets[k]!;
        let drop = h - heights[j]!;
        if (drop <= 0) continue;
        if (k & 1) drop *= diagonal;
        drop *= 1 + wobble * (((bits >>> (k * 4)) & 15) / 15 - 0.5);
        if (drop > steepest) {
          steepest = drop;
          best = j;
        }
      }
      receivers[i] = best;
    }
  }
  receivers[outlet] = outlet;
}

/** Cells ordered so that each comes before the cell it drains to. */
export function upstreamFirstOrder(receivers: Int32Array): Int32Array {
  const count = receivers.length;
  const inflows = new Uint8Array(count);
  for (let i = 0; i < count; i++) if (receivers[i] !== i) inflows[receivers[i]!]!++;
  const order = new Int32Array(count);
  let tail = 0;
  for (let i = 0; i < count; i++) if (inflows[i] === 0) order[tail++] = i;
  for (let at = 0; at < tail; at++) {
    const i = order[at]!;
    const r = receivers[i]!;
    if (r !== i && --inflows[r]! === 0) order[tail++] = r;
  }
  return order;
}

/** Cells that drain through each cell, itself included, plus an inflow from outside the map at one cell. */
export function drainedCells(
  receivers: Int32Array,
  order: Int32Array,
  inflowCell: number,
  inflowCells: number,
): Float64Array {
  const area = new Float64Array(receivers.length).fill(1);
  area[inflowCell]! += inflowCells;
  for (let at = 0; at < order.length; at++) {
    const i = order[at]!;
    const r = receivers[i]!;
    if (r !== i) area[r]! += area[i]!;
  }
  return area;
}
