import { fractalNoise, gradientNoise } from '../noise.ts';
import type { RegionFrame } from '../region-frame.ts';
import type { CarvedLandscape } from './landscape-evolution.ts';
import { creepOnce } from './surface-tools.ts';

const riserMetres = 7;

/**
 * How well each cell of 20 m suits terraces; above zero it is terraced. Villages terrace whole hillsides of gentle and
 * middling slope, so the field varies slowly.
 */
export function terraceSuitability(frame: RegionFrame, landscape: CarvedLandscape, edge: Float32Array): Float32Array {
  const { width, height, heights } = landscape;
  const smooth = { width, height, heights: heights.slice() };
  for (let pass = 0; pass < 4; pass++) creepOnce(smooth, 0.2);
  const suit = new Float32Array(heights.length).fill(-1);
  for (let y = 2; y < height - 2; y++) {
    for (let x = 2; x < width - 2; x++) {
      const i = y * width + x;
      const east = (smooth.heights[i + 2]! - smooth.heights[i - 2]!) / 80;
      const south = (smooth.heights[i + 2 * width]! - smooth.heights[i - 2 * width]!) / 80;
      const steep = Math.sqrt(east * east + south * south);
      const will = fractalNoise(frame.seed + 81, x / 38, y / 38, 3);
      const offFloor = Math.min(0, (edge[i]! - 40) / 100);
      suit[i] = will * 0.55 + 0.13 - Math.max(0, steep - 0.2) * 4.5 - Math.max(0, 0.06 - steep) * 5 + offFloor * 3;
    }
  }
  return suit;
}

/** Turns the terraced slopes into treads and risers, in place, on the 10 m grid. */
export function buildTerraces(
  frame: RegionFrame,
  elevation: Float32Array,
  suitability: Float32Array,
  excluded: Uint8Array,
): Uint8Array {
  const { size } = frame;
  const terraced = new Uint8Array(size * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const i = y * size + x;
      const suit = suitability[i]!;
      if (suit <= 0 || excluded[i]) continue;
      terraced[i] = 1;
      const h = elevation[i]! + 1.2 * gradientNoise(frame.seed + 83, x / 30, y / 30);
      const level = Math.floor(h / riserMetres);
      const within = h / riserMetres - level;
      const rise = within < 0.66 ? within * 0.12 : 0.0792 + ((within - 0.66) / 0.34) * 0.9208;
      const stepped = elevation[i]! + (rise - within) * riserMetres;
      elevation[i]! += (stepped - elevation[i]!) * Math.min(1, suit * 12);
    }
  }
  return terraced;
}
