import type { TileLayers } from '../../../models/statistics/tile-cube.ts';

/** Small repeatable generator of numbers in [0, 1) (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Random layers of `length` cells; zones change rarely, as on a map. */
export function randomLayers(seed: number, length: number, zoneCounts: readonly number[]): TileLayers {
  const random = seededRandom(seed);
  const zones = zoneCounts.map((count) => {
    const values = new Uint16Array(length);
    let zone = 0;
    for (let i = 0; i < length; i++) {
      if (i === 0 || random() < 0.05) zone = Math.floor(random() * (count + 1));
      values[i] = zone;
    }
    return values;
  });
  const landUse = new Uint8Array(length);
  const slopeDegrees = new Float32Array(length);
  const intensity = new Uint8Array(length);
  const modulus = new Float32Array(length);
  const cause = new Uint8Array(length);
  const codes = [11, 12, 13, 21, 31, 32, 43, 51, 53, 61, 71, 83];
  for (let i = 0; i < length; i++) {
    landUse[i] = random() < 0.02 ? 0 : codes[Math.floor(random() * codes.length)]!;
    slopeDegrees[i] = random() < 0.02 ? Number.NaN : random() * 40;
    if (random() < 0.05) {
      modulus[i] = Number.NaN;
      cause[i] = 1 + Math.floor(random() * 15);
    } else {
      intensity[i] = 1 + Math.floor(random() * 6);
      modulus[i] = random() * 20000;
    }
  }
  return { zones, landUse, slopeDegrees, intensity, modulus, cause };
}

/** Cells `from` to `to` of the layers. */
export function sliceLayers(layers: TileLayers, from: number, to: number): TileLayers {
  return {
    zones: layers.zones.map((values) => values.slice(from, to)),
    landUse: layers.landUse.slice(from, to),
    slopeDegrees: layers.slopeDegrees.slice(from, to),
    intensity: layers.intensity.slice(from, to),
    modulus: layers.modulus.slice(from, to),
    cause: layers.cause.slice(from, to),
  };
}
