import type { Polygon, SampleFeature } from '../../data-samples/zones/polygons.ts';

/** A reader's own reading of the overlay rules, by counting points; the generator states verdicts by construction. */
export interface PatchOnGround {
  readonly geometry: SampleFeature['geometry'];
  readonly firstDisturbed: string;
  readonly imageDate: string;
  readonly areaSquareMetres: number;
}

const stepMetres = 3;
const searchMetres = 2000;

interface Overlay {
  readonly inside: number;
  readonly all: number;
}

function extent(polygons: readonly Polygon[]): [west: number, south: number, east: number, north: number] {
  const points = polygons.flatMap(([shell]) => shell!);
  const x = points.map((point) => point[0]);
  const y = points.map((point) => point[1]);
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
}

/** Points of a regular grid, shifted off round numbers, that lie in the patch, and those also in the boundaries. */
function overlay(patch: readonly Polygon[], all: readonly SampleFeature[]): Overlay {
  const [west, south, east, north] = extent(patch);
  const near = all.filter(({ geometry }) => {
    const [left, low, right, high] = extent(geometry.coordinates);
    return left <= east && right >= west && low <= north && high >= south;
  });
  if (near.length === 0) return { inside: 0, all: 1 };
  return countPoints(patch, near, [west, south, east, north]);
}

function countPoints(
  patch: readonly Polygon[],
  boundaries: readonly SampleFeature[],
  [west, south, east, north]: ReturnType<typeof extent>,
): Overlay {
  let inside = 0;
  let all = 0;
  for (let y = south + 0.37; y < north; y += stepMetres)
    for (let x = west + 0.41; x < east; x += stepMetres) {
      if (!holds(patch, x, y)) continue;
      all++;
      if (boundaries.some(({ geometry }) => holds(geometry.coordinates, x, y))) inside++;
    }
  return { inside, all };
}

/** Winding by crossings of a ray to the north, unlike the generator's own test, which shoots east. */
function holds(polygons: readonly Polygon[], x: number, y: number): boolean {
  let crossings = 0;
  for (const rings of polygons)
    for (const ring of rings)
      for (let at = 1; at < ring.length; at++) {
        const [ax, ay] = ring[at - 1]!;
        const [bx, by] = ring[at]!;
        if (ax > x === bx > x) continue;
        if (ay + ((x - ax) / (bx - ax)) * (by - ay) > y) crossings++;
      }
  return crossings % 2 === 1;
}

function yearsLater(date: string, years: number): string {
  return `${Number(date.slice(0, 4)) + years}${date.slice(4)}`;
}

const nearest = (patch: readonly Polygon[], boundary: readonly Polygon[]): number => {
  let best = Number.POSITIVE_INFINITY;
  for (const [px, py] of patch[0]![0]!)
    for (const [ax, ay] of densified(boundary[0]![0]!)) best = Math.min(best, Math.hypot(px - ax, py - ay));
  return best;
};

function densified(ring: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  return ring.slice(1).flatMap(([bx, by], n) => {
    const [ax, ay] = ring[n]!;
    return Array.from({ length: 20 }, (_, k) => [ax + ((bx - ax) * k) / 20, ay + ((by - ay) * k) / 20] as const);
  });
}

/** Verdict (扰动合规性) on a patch, and its part outside valid boundaries, m², to about one percent. */
export function expectedVerdict(
  patch: PatchOnGround,
  boundaries: readonly SampleFeature[],
  patches: readonly SampleFeature[],
): { verdict: string; outsideSquareMetres: number } {
  const shape = patch.geometry.coordinates;
  const text = (feature: SampleFeature, name: string) => String(feature.properties[name]);
  const valid = boundaries.filter((boundary) => {
    const cancelled = text(boundary, 'CNCL_TIME');
    return text(boundary, 'RP_TIME') <= patch.imageDate && (cancelled === '' || cancelled > patch.firstDisturbed);
  });
  const definite = valid.filter((boundary) => text(boundary, 'VEC_TYPE') === '防治责任范围');
  const schematic = valid.filter((boundary) => text(boundary, 'VEC_TYPE') === '示意性范围');
  const { inside, all } = overlay(shape, definite);
  const outsideSquareMetres = (1 - inside / all) * patch.areaSquareMetres;
  const result = (verdict: string) => ({ verdict, outsideSquareMetres });
  if (inside === all) {
    const around = definite.filter((boundary) => overlay(shape, [boundary]).inside > 0);
    const accepted = (boundary: SampleFeature) => {
      const date = text(boundary, 'ACPT_TIME');
      return date !== '' && date < patch.firstDisturbed;
    };
    if (around.every(accepted)) return result('验收后新增扰动');
    const lapsed = around.every((each) => yearsLater(text(each, 'RP_TIME'), 3) < patch.firstDisturbed);
    return result(lapsed ? '方案待重新审核' : '合规');
  }
  if (inside > 0) return result('疑似超出防治责任范围');
  if (overlay(shape, schematic).inside > 0) return result('待核边界');
  if (patch.areaSquareMetres < 5000) return result('可不编报(待核土石方)');
  const around = definite.filter(({ geometry }) => nearest(shape, geometry.coordinates) <= searchMetres);
  const moved = around.some(
    (boundary) => !patches.some((other) => overlay(other.geometry.coordinates, [boundary]).inside > 0),
  );
  return result(moved ? '疑似建设地点变更' : '疑似未批先建');
}
