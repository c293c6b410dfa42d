import type { Geometry, Position } from '../../pipeline/formats/geometry.ts';
import type { RegisteredBoundary } from '../../pipeline/supervision/boundary.ts';
import { type PatchDraft, unknownSurroundings } from '../../pipeline/supervision/patch-record.ts';

/** System of the shapes of the benchmark. */
export const overlayCrs = 'EPSG:4544';
export const overlayImageDate = '2024-09-12';
export const overlayKnownOn = '2024-12-01';

const sideMetres = 300_000;

export interface OverlayInputs {
  readonly drafts: readonly PatchDraft[];
  readonly boundaries: readonly RegisteredBoundary[];
}

/**
 * Patches and boundary versions: stars of 24 corners strewn over 300 km × 300 km with a fixed seed. Every third project has
 * a later version; two of three patches lie at a project.
 */
export function overlayInputs(patchCount: number, versionCount: number): OverlayInputs {
  const random = seededRandom(20240912);
  const star = (x: number, y: number, radius: number): Geometry => {
    const ring = Array.from({ length: 24 }, (_, at): Position => {
      const [angle, reach] = [(Math.PI * at) / 12, radius * (0.7 + 0.6 * random())];
      return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
    });
    return { type: 'MultiPolygon', coordinates: [[[...ring, ring[0]!]]] };
  };
  const place = (): Position => [400_000 + random() * sideMetres, 3_700_000 + random() * sideMetres];
  const sites: Position[] = [];
  const boundaries: RegisteredBoundary[] = [];
  while (boundaries.length < versionCount) {
    const at = place();
    sites.push(at);
    const first: RegisteredBoundary = {
      project: `P${sites.length}`,
      version: 1,
      kind: random() < 0.9 ? '防治责任范围' : '示意性范围',
      approved: `20${18 + Math.floor(random() * 7)}-0${1 + Math.floor(random() * 9)}-15`,
      validTo: null,
      cancelled: null,
      accepted: random() < 0.1 ? '2023-01-01' : null,
      knownFrom: '2018-01-01',
      name: '',
      approvalNumber: '',
      sourceDocument: '',
      state: '',
      crs: overlayCrs,
      geometry: star(...at, 100 + random() * 500),
      areaSquareMetres: 1,
      attributes: {},
    };
    boundaries.push(first);
    if (sites.length % 3 === 0)
      boundaries.push({ ...first, version: 2, knownFrom: '2024-06-01', geometry: star(...at, 100 + random() * 600) });
  }
  const drafts = Array.from({ length: patchCount }, (_, at): PatchDraft => {
    const [x, y] = random() < 0.67 ? sites[Math.floor(random() * sites.length)]! : place();
    const geometry = star(x + (random() - 0.5) * 600, y + (random() - 0.5) * 600, 30 + random() * 150);
    return {
      key: `I${at}`,
      source: { kind: 'imported', issuer: '部', number: null, attributes: {} },
      type: '其他扰动',
      imageDate: overlayImageDate,
      disturbed: { earliest: '2023-09-05', latest: overlayImageDate },
      crs: overlayCrs,
      geometry,
      areaSquareMetres: 10_000,
      counties: [{ code: '621121', share: 1 }],
      ground: null,
      surroundings: unknownSurroundings,
      change: null,
    };
  });
  return { drafts, boundaries };
}

/** Seeded pseudo-random numbers in [0, 1) (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
