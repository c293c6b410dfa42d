import { statSync } from 'node:fs';
import type { Text } from '../../messages/text.ts';
import { lonLatExtent } from './crs-inspect.ts';
import { type RingFault, ringFault } from './geometry-validity.ts';
import type { CrsInspection, ExtentInspection, VectorInspection } from './inspection.ts';
import { RingPacker } from './packed-rings.ts';

const faultTexts: Readonly<Record<RingFault, Text>> = {
  coordinates: { zh: '坐标不是有限数值', en: 'coordinates are not finite numbers' },
  short: { zh: '环的点数不足 4 个', en: 'a ring has fewer than 4 points' },
  open: { zh: '环未闭合', en: 'a ring is not closed' },
  crossing: { zh: '边界自相交', en: 'a boundary crosses itself' },
};

/** What an inspection says of features and their place, whatever the format. */
type SummaryPart = Pick<
  VectorInspection,
  | 'kind'
  | 'path'
  | 'fileBytes'
  | 'featureCount'
  | 'geometryTypes'
  | 'nullGeometries'
  | 'emptyGeometries'
  | 'invalidGeometries'
  | 'crs'
  | 'extent'
  | 'lonLat'
  | 'rings'
>;

/** Rings kept for the area of interest; more points than this are not needed to measure coverage. */
const maximumRingNumbers = 4_000_000;

/** Points of one part, x, y, x, y, …; the parts of areas are rings. */
export interface GeometryPart {
  readonly points: ArrayLike<number>;
  readonly ring: boolean;
}

/** Counts what the features of a vector file are. */
export class VectorSummary {
  features = 0;
  nullGeometries = 0;
  emptyGeometries = 0;
  readonly types: Record<string, number> = {};
  readonly #rings: RingPacker | undefined;
  #invalid = 0;
  readonly #firstInvalid: number[] = [];
  #reason: Text | undefined;
  readonly #bounds = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };

  constructor(keepRings: boolean) {
    if (keepRings) this.#rings = new RingPacker(maximumRingNumbers);
  }

  /** Takes a feature: its type and its parts. */
  add(type: string | null, parts: readonly GeometryPart[]): void {
    const index = this.features++;
    if (type === null) {
      this.nullGeometries++;
      return;
    }
    this.types[type] = (this.types[type] ?? 0) + 1;
    if (parts.every((part) => part.points.length === 0)) {
      this.emptyGeometries++;
      return;
    }
    const bounds = this.#bounds;
    let fault: RingFault | undefined;
    for (const { points: part, ring } of parts) {
      for (let at = 0; at + 1 < part.length; at += 2) {
        const x = part[at]!;
        const y = part[at + 1]!;
        if (!Number.isFinite(x) || !Number.isFinite(y)) {
          fault ??= 'coordinates';
          continue;
        }
        if (x < bounds.west) bounds.west = x;
        if (x > bounds.east) bounds.east = x;
        if (y < bounds.south) bounds.south = y;
        if (y > bounds.north) bounds.north = y;
      }
      if (ring) {
        fault ??= ringFault(part);
        this.#rings?.add(part);
      }
    }
    if (fault) this.addInvalid(index, faultTexts[fault]);
  }

  addInvalid(index: number, reason: Text): void {
    this.#invalid++;
    if (this.#firstInvalid.length < 20) this.#firstInvalid.push(index);
    this.#reason ??= reason;
  }

  /** The part of an inspection that was counted here. */
  describe(path: string, crs: CrsInspection): SummaryPart {
    const extent = this.extent;
    const lonLat = lonLatExtent(extent, crs);
    return {
      kind: 'vector',
      path,
      fileBytes: statSync(path).size,
      featureCount: this.features,
      geometryTypes: this.types,
      nullGeometries: this.nullGeometries,
      emptyGeometries: this.emptyGeometries,
      invalidGeometries: this.invalid,
      crs,
      ...(extent ? { extent } : {}),
      ...(lonLat ? { lonLat } : {}),
      ...(this.#rings ? { rings: this.#rings.rings } : {}),
    };
  }

  private get extent(): ExtentInspection | undefined {
    const { west, south, east, north } = this.#bounds;
    return west <= east ? { west, south, east, north } : undefined;
  }

  private get invalid(): VectorInspection['invalidGeometries'] {
    return { count: this.#invalid, first: this.#firstInvalid, ...(this.#reason ? { reason: this.#reason } : {}) };
  }
}
