import { d8Receiver, drainsOut, noDirection } from '../../models/grid/d8.ts';

/** What any drainage network must satisfy. */
export interface Drainage {
  readonly elevation: Float32Array;
  readonly filled: Float32Array;
  readonly direction: Uint8Array;
  readonly accumulation: Uint32Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Checks the mathematics of a drainage result without knowing how it was computed. Returns the first few violations in
 * words; an empty list means that every valid cell reaches an outlet without climbing, and that no water is lost.
 */
export function validateDrainage(drainage: Drainage): string[] {
  const { elevation, filled, direction, accumulation, width, height } = drainage;
  const faults: string[] = [];
  const fault = (text: string, cell: number): void => {
    if (faults.length < 5) faults.push(`${text} at column ${cell % width}, row ${Math.floor(cell / width)}`);
  };

  let validCells = 0;
  let drained = 0;
  for (let i = 0; i < elevation.length; i++) {
    const valid = !Number.isNaN(elevation[i]);
    if (valid !== (direction[i] !== noDirection)) fault('direction and data disagree', i);
    if (valid !== !Number.isNaN(filled[i])) fault('filled surface and data disagree', i);
    if (valid !== accumulation[i] > 0) fault('accumulation and data disagree', i);
    if (!valid) continue;
    validCells++;
    if (filled[i] < elevation[i]) fault('filled below the ground', i);
    if (direction[i] === drainsOut) {
      drained += accumulation[i];
      if (!touchesOutside(elevation, i, width, height)) fault('drains out in the interior', i);
      continue;
    }
    const receiver = d8Receiver(i, direction[i], width, height);
    if (receiver < 0 || Number.isNaN(elevation[receiver])) fault('drains to no cell', i);
    else {
      if (filled[receiver] > filled[i]) fault('drains uphill', i);
      if (accumulation[receiver] <= accumulation[i]) fault('accumulation does not grow', i);
    }
  }
  if (drained !== validCells) faults.push(`outlets carry ${drained} cells of ${validCells}`);
  for (const cell of cellsOnCycles(direction, width, height)) fault('drains in a circle', cell);
  return faults;
}

function touchesOutside(elevation: Float32Array, cell: number, width: number, height: number): boolean {
  const column = cell % width;
  const row = Math.floor(cell / width);
  for (let dy = -1; dy <= 1; dy++)
    for (let dx = -1; dx <= 1; dx++) {
      const [x, y] = [column + dx, row + dy];
      if (x < 0 || y < 0 || x >= width || y >= height || Number.isNaN(elevation[y * width + x])) return true;
    }
  return false;
}

/** Cells from which the walk downstream never ends. */
function cellsOnCycles(direction: Uint8Array, width: number, height: number): number[] {
  const ends = new Uint8Array(direction.length);
  const looping: number[] = [];
  for (let i = 0; i < direction.length; i++) {
    const path: number[] = [];
    let cell = i;
    while (cell >= 0 && ends[cell] === 0) {
      ends[cell] = 2;
      path.push(cell);
      cell = d8Receiver(cell, direction[cell], width, height);
    }
    if (cell >= 0 && ends[cell] === 2) looping.push(i);
    for (const passed of path) ends[passed] = 1;
  }
  return looping;
}

/** Filled elevation by its definition alone: repeated relaxation until nothing changes. Slow and plain on purpose. */
export function filledByRelaxation(elevation: Float32Array, width: number, height: number): Float32Array {
  const filled = elevation.map((z, i) =>
    Number.isNaN(z) || touchesOutside(elevation, i, width, height) ? z : Number.POSITIVE_INFINITY,
  );
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = 0; i < filled.length; i++) {
      if (Number.isNaN(elevation[i]) || touchesOutside(elevation, i, width, height)) continue;
      let lowest = Number.POSITIVE_INFINITY;
      for (const step of [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1])
        lowest = Math.min(lowest, filled[i + step]);
      const level = Math.max(elevation[i], lowest);
      if (level < filled[i]) {
        filled[i] = level;
        changed = true;
      }
    }
  }
  return filled;
}
