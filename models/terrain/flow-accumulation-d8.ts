import { d8OffsetsByCode, noDirection } from '../grid/d8.ts';

/**
 * Number of cells whose water passes each cell's outlet, the cell itself included (so every valid cell has at least 1,
 * and a D8 inlet area is accumulation − 1 cells). Sums of whole numbers: exact, and the same for any order of work.
 *
 * @param direction resolved codes of models/grid/d8.ts, free of cycles
 * @param weights cells to count at each cell instead of 1, whole numbers; total below 2³²
 * @returns uint32; 0 = nodata
 */
export function flowAccumulation(
  direction: Uint8Array,
  width: number,
  weights?: Uint8Array | Uint32Array,
  out: Uint32Array = new Uint32Array(direction.length),
): Uint32Array {
  const waiting = donorCounts(direction, width);
  for (let i = 0; i < direction.length; i++) out[i] = direction[i] === noDirection ? 0 : weights ? weights[i] : 1;
  sweepDownstream(direction, width, waiting, (from, to) => {
    out[to] += out[from];
  });
  return out;
}

/** How many neighbours drain into each cell. */
export function donorCounts(direction: Uint8Array, width: number): Uint8Array {
  const offsets = d8OffsetsByCode(width);
  const counts = new Uint8Array(direction.length);
  for (let i = 0; i < direction.length; i++) {
    const offset = offsets[direction[i]];
    if (offset !== 0) counts[i + offset]++;
  }
  return counts;
}

/**
 * Visits every link from a cell to its receiver, each cell's own link after all links into it.
 *
 * @param waiting donor counts; used up by the sweep
 */
export function sweepDownstream(
  direction: Uint8Array,
  width: number,
  waiting: Uint8Array,
  visit: (from: number, to: number) => void,
): void {
  const offsets = d8OffsetsByCode(width);
  const done = 255;
  for (let i = 0; i < direction.length; i++) {
    let cell = i;
    while (waiting[cell] === 0) {
      waiting[cell] = done;
      const offset = offsets[direction[cell]];
      if (offset === 0) break;
      visit(cell, cell + offset);
      cell += offset;
      waiting[cell]--;
    }
  }
}

/**
 * Upstream area at each cell's outlet, m²: accumulation × cell area.
 *
 * @returns float64; NaN where the accumulation is 0 (nodata)
 */
export function upstreamArea(
  accumulation: Uint32Array,
  cellSizeMetres: number,
  out: Float64Array = new Float64Array(accumulation.length),
): Float64Array {
  const cellArea = cellSizeMetres * cellSizeMetres;
  for (let i = 0; i < accumulation.length; i++)
    out[i] = accumulation[i] === 0 ? Number.NaN : accumulation[i] * cellArea;
  return out;
}
