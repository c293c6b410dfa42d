import { hashUnit } from '../noise.ts';
import type { RegionFrame } from '../region-frame.ts';
import { directions } from './shapes.ts';

/** Ground on which sites are sought. */
export interface SiteGround {
  readonly frame: RegionFrame;
  readonly slopeTangent: Float32Array;
  readonly landUse: Uint8Array;
  readonly elevation: Float32Array;
}

export interface Site {
  /** Map position, metres. */
  readonly x: number;
  readonly y: number;
  readonly radiusMetres: number;
}

export interface SiteWish {
  readonly radiusMetres: number;
  readonly steepest: number;
  /** Must be at least this far from the position, when given. */
  readonly awayFrom?: { readonly x: number; readonly y: number; readonly metres: number };
  /** Any further demand on the position. */
  readonly accept?: (x: number, y: number) => boolean;
}

/** Finds places for projects one after another; places never come near each other, water, towns or the region's edge. */
export class SiteFinder {
  private readonly taken: Site[] = [];
  private readonly ground: SiteGround;

  constructor(ground: SiteGround) {
    this.ground = ground;
  }

  /** A place as wished, or undefined when the region has none. */
  find(wish: SiteWish): Site | undefined {
    const { frame } = this.ground;
    const seed = frame.seed + 501 + this.taken.length * 13;
    const inset = wish.radiusMetres + 60;
    for (let n = 0; n < 3000; n++) {
      const x = frame.grid.originX + inset + hashUnit(seed, n, 1) * (frame.sideMetres - 2 * inset);
      const y = frame.grid.originY - inset - hashUnit(seed, n, 2) * (frame.sideMetres - 2 * inset);
      if (wish.awayFrom && distance(x, y, wish.awayFrom) < wish.awayFrom.metres + wish.radiusMetres) continue;
      if (this.taken.some((site) => distance(x, y, site) < site.radiusMetres + wish.radiusMetres + 120)) continue;
      if (wish.accept && !wish.accept(x, y)) continue;
      if (!this.suits(x, y, wish)) continue;
      const site = { x: Math.floor(x), y: Math.floor(y), radiusMetres: wish.radiusMetres };
      this.taken.push(site);
      return site;
    }
    return undefined;
  }

  private suits(x: number, y: number, wish: SiteWish): boolean {
    const { frame, slopeTangent, landUse, elevation } = this.ground;
    let steep = 0;
    let probes = 0;
    for (let ring = 0; ring <= 3; ring++) {
      for (const [dx, dy] of ring === 0 ? [[0, 0] as const] : directions) {
        const reach = (wish.radiusMetres * ring) / 3;
        const column = Math.floor((x + dx * reach - frame.grid.originX) / 10);
        const row = Math.floor((frame.grid.originY - y - dy * reach) / 10);
        const i = row * frame.size + column;
        const code = landUse[i]!;
        if (code === 71 || code === 72 || code === 51 || Number.isNaN(elevation[i]!)) return false;
        steep += slopeTangent[i]!;
        probes++;
      }
    }
    return steep / probes < wish.steepest;
  }
}

export function distance(x: number, y: number, to: { readonly x: number; readonly y: number }): number {
  return Math.sqrt((x - to.x) * (x - to.x) + (y - to.y) * (y - to.y));
}
