import type { RegionFrame } from '../region-frame.ts';
import { neighbourOffsets } from './drainage.ts';
import type { CarvedLandscape } from './landscape-evolution.ts';

/** Where the dam stands and what its water covers, on the 20 m cells of the landscape. */
export interface ReservoirSite {
  readonly damCell: number;
  readonly waterLevel: number;
  /** 1 where the water stands. */
  readonly flooded: Uint8Array;
}

/** The dam site on a middling stream whose water comes nearest to the wanted surface. */
export function chooseReservoir(frame: RegionFrame, landscape: CarvedLandscape): ReservoirSite {
  const { heights, width, drainedArea, margin } = landscape;
  const regionArea = frame.sideMetres * frame.sideMetres;
  const wanted = 0.0016 * regionArea * (frame.scale < 0.5 ? 3 : 1);
  const damHeight = frame.scale < 0.5 ? 11 : 17;
  const inset = margin + Math.floor(frame.size * 0.06);
  let best: ReservoirSite | undefined;
  let bestMiss = Number.POSITIVE_INFINITY;
  for (let i = 0; i < heights.length; i += 1) {
    const share = drainedArea[i]! / regionArea;
    if (share < 0.025 || share > 0.1 || i % 7 !== 0) continue;
    const x = i % width;
    const y = (i - x) / width;
    if (x < inset || y < inset || x >= width - inset || y >= width - inset) continue;
    const waterLevel = Math.floor((heights[i]! + damHeight) * 10) / 10;
    const cells = floodedCells(landscape, i, waterLevel);
    const miss = Math.abs(cells.length * 400 - wanted);
    if (miss >= bestMiss) continue;
    bestMiss = miss;
    const flooded = new Uint8Array(heights.length);
    for (const cell of cells) flooded[cell] = 1;
    best = { damCell: i, waterLevel, flooded };
  }
  if (!best) throw new RangeError('no stream of the region can hold a reservoir; use another seed or a larger size');
  return best;
}

function floodedCells(landscape: CarvedLandscape, damCell: number, level: number): number[] {
  const { heights, receivers, width } = landscape;
  const offsets = neighbourOffsets(width);
  const cells = [damCell];
  for (let at = 0; at < cells.length && cells.length < 20000; at++) {
    for (let k = 0; k < 8; k++) {
      const j = cells[at]! + offsets[k]!;
      if (receivers[j] === cells[at] && heights[j]! < level) cells.push(j);
    }
  }
  return cells;
}

/**
 * Fills the reservoir to its level and builds the dam, in place, on the 10 m grid.
 *
 * @returns 1 on water, 2 on the dam.
 */
export function fillReservoir(
  frame: RegionFrame,
  landscape: CarvedLandscape,
  site: ReservoirSite,
  elevation: Float32Array,
): Uint8Array {
  const { size } = frame;
  const { width, margin, receivers } = landscape;
  const water = new Uint8Array(size * size);
  const at20 = (i: number) => ({ x: (i % width) - margin, y: Math.floor(i / width) - margin });
  const dam = at20(site.damCell);
  let ahead = site.damCell;
  for (let step = 0; step < 6; step++) ahead = receivers[ahead]!;
  const below = at20(ahead);
  const length = Math.sqrt((below.x - dam.x) * (below.x - dam.x) + (below.y - dam.y) * (below.y - dam.y)) || 1;
  const flowX = (below.x - dam.x) / length;
  const flowY = (below.y - dam.y) / length;
  const centreX = dam.x * 2 + 1;
  const centreY = dam.y * 2 + 1;
  const crest = site.waterLevel + 2.5;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const i = y * size + x;
      if (elevation[i]! >= site.waterLevel) continue;
      const along = (x - centreX) * flowX + (y - centreY) * flowY;
      if (along > 0) continue;
      const i20 = ((y >> 1) + margin) * width + (x >> 1) + margin;
      let near = site.flooded[i20]!;
      near |= site.flooded[i20 + 1]! | site.flooded[i20 - 1]! | site.flooded[i20 + width]! | site.flooded[i20 - width]!;
      if (near) water[i] = 1;
    }
  }
  for (let side = -1; side <= 1; side += 2) {
    for (let t = 0; t < 120; t++) {
      const mx = centreX - side * flowY * t * 0.5;
      const my = centreY + side * flowX * t * 0.5;
      const middle = Math.floor(my) * size + Math.floor(mx);
      if (t > 4 && elevation[middle]! > crest + 0.5 && water[middle] !== 2) break;
      for (let across = -3; across <= 3; across++) {
        const i = Math.floor(my + flowY * across * 0.5) * size + Math.floor(mx + flowX * across * 0.5);
        if (elevation[i]! > crest) continue;
        elevation[i] = crest;
        water[i] = 2;
      }
    }
  }
  for (let i = 0; i < water.length; i++) if (water[i] === 1) elevation[i] = site.waterLevel;
  return water;
}
