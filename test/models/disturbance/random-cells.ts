import type { CellWindow } from '../../../models/grid/grid-spec.ts';
import { seededRandom } from '../../support/terrains.ts';

/** A small raster of values 0 … 3 with patches, holes and cells that touch by their tips. */
export interface RandomCells {
  readonly width: number;
  readonly height: number;
  readonly values: Uint8Array;
}

export function randomCells(seed: number, width: number, height: number, fill = 0.55): RandomCells {
  const random = seededRandom(seed);
  const values = Uint8Array.from({ length: width * height }, () =>
    random() < fill ? (random() < 0.85 ? 1 : 1 + Math.floor(random() * 3)) : 0,
  );
  return { width, height, values };
}

export const wholeWindow = ({ width, height }: { width: number; height: number }): CellWindow => ({
  x0: 0,
  y0: 0,
  width,
  height,
});

/** Labels by flooding from each unmet cell in reading order: slow and plain on purpose. */
export function floodLabels({ width, height, values }: RandomCells, connectivity: 4 | 8): Uint32Array {
  const labels = new Uint32Array(values.length);
  let count = 0;
  values.forEach((value, start) => {
    if (value === 0 || labels[start] !== 0) return;
    labels[start] = ++count;
    const todo = [start];
    while (todo.length > 0) {
      const cell = todo.pop()!;
      const [column, row] = [cell % width, Math.floor(cell / width)];
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++) {
          if (connectivity === 4 && dx !== 0 && dy !== 0) continue;
          const [x, y] = [column + dx, row + dy];
          if (x < 0 || y < 0 || x >= width || y >= height) continue;
          const other = y * width + x;
          if (values[other] !== value || labels[other] !== 0) continue;
          labels[other] = count;
          todo.push(other);
        }
    }
  });
  return labels;
}
