import { hashUnit } from '../noise.ts';
import type { RegionFrame } from '../region-frame.ts';

/** Fields of about 0.8 hm²: for every cell of the 10 m grid the number of its parcel. */
export interface ParcelMap {
  readonly parcel: Int32Array;
  readonly count: number;
}

const spacing = 9;

/** Cuts the region into parcels: every cell belongs to the nearest of scattered centres, one in each square of 90 m. */
export function cutParcels(frame: RegionFrame): ParcelMap {
  const { size, seed } = frame;
  const across = Math.ceil(size / spacing) + 2;
  const centreX = new Float32Array(across * across);
  const centreY = new Float32Array(across * across);
  for (let row = 0; row < across; row++)
    for (let column = 0; column < across; column++) {
      centreX[row * across + column] = (column - 1 + hashUnit(seed + 301, column, row)) * spacing;
      centreY[row * across + column] = (row - 1 + hashUnit(seed + 302, column, row)) * spacing;
    }
  const parcel = new Int32Array(size * size);
  for (let y = 0; y < size; y++) {
    const row = Math.floor(y / spacing) + 1;
    for (let x = 0; x < size; x++) {
      const column = Math.floor(x / spacing) + 1;
      let nearest = Number.POSITIVE_INFINITY;
      let best = 0;
      for (let r = row - 1; r <= row + 1; r++) {
        for (let k = r * across + column - 1; k <= r * across + column + 1; k++) {
          const dx = x + 0.5 - centreX[k]!;
          const dy = y + 0.5 - centreY[k]!;
          const away = dx * dx + dy * dy;
          if (away >= nearest) continue;
          nearest = away;
          best = k;
        }
      }
      parcel[y * size + x] = best;
    }
  }
  return { parcel, count: across * across };
}
