import { gradientNoise, hashUnit } from '../noise.ts';
import type { RegionFrame } from '../region-frame.ts';
import type { Terrain } from '../terrain/terrain.ts';
import { type CountyLattice, latticeStep } from './county-lattice.ts';
import { placeName } from './names.ts';

export type SettlementKind = 'county seat' | 'township seat' | 'village';

/** A built-up place; position in cells of the 10 m grid. */
export interface Settlement {
  readonly kind: SettlementKind;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly radiusCells: number;
}

const villageSpacingCells = 120;

/** County and township seats on their lattice cells, and a village on the gentlest ground of every 1.2 km square. */
export function placeSettlements(frame: RegionFrame, terrain: Terrain, land: CountyLattice): Settlement[] {
  const { size, seed } = frame;
  const places: Settlement[] = land.seats.map((cell, n) => {
    const kind = n % 4 === 0 ? 'county seat' : 'township seat';
    const radiusCells = (kind === 'county seat' ? 30 : 11) * Math.max(0.45, Math.sqrt(frame.scale));
    const x = (cell % land.width) * latticeStep + 2;
    const y = Math.floor(cell / land.width) * latticeStep + 2;
    return { kind, name: placeName(n), x, y, radiusCells };
  });
  const squares = Math.max(2, Math.floor(size / villageSpacingCells));
  const step = size / squares;
  for (let row = 0; row < squares; row++) {
    for (let column = 0; column < squares; column++) {
      const site = gentlestSite(frame, terrain, column * step, row * step, step);
      if (!site) continue;
      const crowded = places.some((p) => {
        const dx = p.x - site.x;
        const dy = p.y - site.y;
        return dx * dx + dy * dy < (p.radiusCells + 28) * (p.radiusCells + 28);
      });
      if (crowded) continue;
      const radiusCells = 4 + 6 * hashUnit(seed + 211, column, row);
      places.push({ kind: 'village', name: placeName(places.length), ...site, radiusCells });
    }
  }
  return places;
}

function gentlestSite(frame: RegionFrame, terrain: Terrain, x0: number, y0: number, step: number) {
  const { size, seed } = frame;
  let best: { x: number; y: number } | undefined;
  let bestWorth = 0.34;
  for (let n = 0; n < 40; n++) {
    const x = Math.floor(x0 + step * (0.1 + 0.8 * hashUnit(seed + 212, n, Math.floor(x0) * 7919 + Math.floor(y0))));
    const y = Math.floor(y0 + step * (0.1 + 0.8 * hashUnit(seed + 213, n, Math.floor(x0) * 7919 + Math.floor(y0))));
    if (x < 14 || y < 14 || x >= size - 14 || y >= size - 14) continue;
    let worth = 0;
    for (let k = 0; k < 9; k++) {
      const at = (y + ((k % 3) - 1) * 5) * size + x + (Math.floor(k / 3) - 1) * 5;
      worth += terrain.slopeTangent[at]! / 9 + (terrain.reservoir[at] ? 1 : 0);
    }
    if (worth >= bestWorth) continue;
    bestWorth = worth;
    best = { x, y };
  }
  return best;
}

/**
 * Ground of the settlements: 0 none, 1 county or township seat, 2 village. Levels the ground under them, in place: villages
 * stand on platforms cut into the slope.
 */
export function buildSettlements(frame: RegionFrame, terrain: Terrain, places: readonly Settlement[]): Uint8Array {
  const { size, seed } = frame;
  const ground = new Uint8Array(size * size);
  for (const place of places) {
    const reach = Math.ceil(place.radiusCells * 1.6);
    const cells: { cell: number; share: number }[] = [];
    // Towns have longer edges than villages, not spikier ones.
    const wave = place.kind === 'county seat' ? 16 : 7;
    let sum = 0;
    for (let y = Math.max(0, place.y - reach); y <= Math.min(size - 1, place.y + reach); y++) {
      for (let x = Math.max(0, place.x - reach); x <= Math.min(size - 1, place.x + reach); x++) {
        const i = y * size + x;
        if (terrain.reservoir[i]) continue;
        const dx = x - place.x;
        const dy = y - place.y;
        const ragged = 1 + 0.75 * gradientNoise(seed + 214, x / wave, y / wave) + terrain.slopeTangent[i]! * 0.6;
        const out = (Math.sqrt(dx * dx + dy * dy) * ragged) / place.radiusCells;
        if (out > 1) continue;
        cells.push({ cell: i, share: 1 - out * out });
        sum += terrain.elevation[i]!;
      }
    }
    const mean = cells.length > 0 ? sum / cells.length : 0;
    const levelled = place.kind === 'village' ? 0.75 : 0.2;
    for (const { cell, share } of cells) {
      terrain.elevation[cell]! += (mean - terrain.elevation[cell]!) * levelled * share;
      ground[cell] = place.kind === 'village' ? 2 : 1;
    }
  }
  return ground;
}
