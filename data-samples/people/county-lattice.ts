import { gradientNoise, hashUnit } from '../noise.ts';
import type { RegionFrame } from '../region-frame.ts';
import type { Terrain } from '../terrain/terrain.ts';
import { growRegions } from '../zones/grow-regions.ts';

/** Side of a lattice cell on which land is shared out, cells of 10 m. */
export const latticeStep = 4;

/** Counties and townships on a lattice of 40 m. */
export interface CountyLattice {
  readonly width: number;
  readonly height: number;
  /** 0–6 by cell. */
  readonly county: Int32Array;
  /** 0–27 by cell; the townships of a county are 4·county … 4·county + 3, its seat in the first. */
  readonly township: Int32Array;
  /** Lattice cells of the townships' seats. */
  readonly seats: readonly number[];
}

const anchors = [
  [0.49, 0.33],
  [0.17, 0.16],
  [0.79, 0.15],
  [0.2, 0.52],
  [0.86, 0.5],
  [0.27, 0.86],
  [0.69, 0.8],
] as const;

/**
 * Shares the land among seven counties and four townships in each. Land falls to the seat from which it is reached first;
 * ridges and the main river are slow to cross, so most borders run along them.
 */
export function shareLand(frame: RegionFrame, terrain: Terrain): CountyLattice {
  const side = frame.size / latticeStep;
  const cost = new Float32Array(side * side);
  const floor = new Float32Array(side * side);
  const { landscape } = terrain;
  const bigRiver = 1.2e8 * frame.scale * frame.scale;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const i = y * side + x;
      const centre = (y * latticeStep + 2) * frame.size + x * latticeStep + 2;
      const distance = Math.max(0, terrain.floorDistance[centre]!);
      floor[i] = terrain.floorDistance[centre]! + (terrain.reservoir[centre] ? 1e4 : 0);
      let river = false;
      for (let k = 0; k < 4; k++) {
        const row = y * 2 + (k >> 1) + landscape.margin;
        const column = x * 2 + (k & 1) + landscape.margin;
        if (landscape.drainedArea[row * landscape.width + column]! > bigRiver) river = true;
      }
      const ridge = Math.min(5, (distance / 350) * (distance / 350));
      cost[i] =
        (1 + ridge + (river ? 14 : 0)) *
        Math.max(0.2, 1 + 1.5 * gradientNoise(frame.seed + 201, x / 7, y / 7)) *
        (0.6 + 0.8 * hashUnit(frame.seed + 203, x, y));
    }
  }
  const countySeats = anchors.map(([ax, ay]) => seatNear(side, floor, ax * side, ay * side));
  const lattice = { width: side, height: side };
  const county = new Int32Array(side * side).fill(-1);
  growRegions(
    lattice,
    cost,
    countySeats.map((cell, label) => ({ cell, label })),
    county,
  );
  const seats: number[] = [];
  const township = new Int32Array(side * side).fill(-1);
  for (let c = 0; c < 7; c++) {
    const own = townshipSeats(frame, side, county, c, countySeats[c]!, floor);
    const inside = cost.map((price, i) => (county[i] === c ? price : Number.POSITIVE_INFINITY));
    const labels = new Int32Array(side * side).fill(-1);
    growRegions(
      lattice,
      inside,
      own.map((cell, k) => ({ cell, label: c * 4 + k })),
      labels,
    );
    for (let i = 0; i < labels.length; i++) if (labels[i]! >= 0) township[i] = labels[i]!;
    seats.push(...own);
  }
  return { ...lattice, county, township, seats };
}

/** The broadest piece of valley floor not far from a point. */
function seatNear(side: number, floor: Float32Array, ax: number, ay: number): number {
  let best = 0;
  let bestWorth = Number.POSITIVE_INFINITY;
  const reach = 0.13 * side;
  for (let y = Math.max(3, Math.floor(ay - reach)); y < Math.min(side - 3, ay + reach); y++) {
    for (let x = Math.max(3, Math.floor(ax - reach)); x < Math.min(side - 3, ax + reach); x++) {
      const dx = x - ax;
      const dy = y - ay;
      const worth = Math.max(-150, floor[y * side + x]!) + (Math.sqrt(dx * dx + dy * dy) * 200) / reach;
      if (worth >= bestWorth) continue;
      bestWorth = worth;
      best = y * side + x;
    }
  }
  return best;
}

/** The county seat and three more seats, each as far as possible from those before and rather low. */
function townshipSeats(
  frame: RegionFrame,
  side: number,
  county: Int32Array,
  label: number,
  first: number,
  floor: Float32Array,
): number[] {
  const seats = [first];
  while (seats.length < 4) {
    let best = first;
    let bestWorth = -1;
    for (let i = 0; i < county.length; i++) {
      if (county[i] !== label || floor[i]! > 1e3) continue;
      const x = i % side;
      const y = (i - x) / side;
      if (x < 6 || y < 6 || x >= side - 6 || y >= side - 6) continue;
      let nearest = Number.POSITIVE_INFINITY;
      for (const seat of seats) {
        const dx = x - (seat % side);
        const dy = y - Math.floor(seat / side);
        nearest = Math.min(nearest, dx * dx + dy * dy);
      }
      const lowness = 1.4 - Math.min(1, Math.max(0, floor[i]! / 400));
      const worth = Math.sqrt(nearest) * lowness * (0.75 + 0.25 * hashUnit(frame.seed + 202, x, y));
      if (worth <= bestWorth) continue;
      bestWorth = worth;
      best = i;
    }
    seats.push(best);
  }
  return seats;
}
