import { hashUnit } from '../noise.ts';
import { type RegionFrame, roundTo } from '../region-frame.ts';
import type { Terrain } from '../terrain/terrain.ts';
import { boundaryArcs } from './boundary-arcs.ts';
import { connectedPieces } from './grow-regions.ts';
import { polygonsArea, polygonsByGroup, type SampleFeature } from './polygons.ts';
import { latticePlace } from './zone-layers.ts';

const stepCells = 2;
const smallestSquareMetres = 8000;

const terraceKinds = [
  { code: '020101', name: '土坎水平梯田' },
  { code: '020103', name: '坡式梯田' },
  { code: '020104', name: '隔坡梯田' },
] as const;
const plantingKinds = [
  { code: '0203', name: '水平阶（反坡梯田）' },
  { code: '0204', name: '水平沟（竹节沟）' },
  { code: '0205', name: '鱼鳞坑' },
] as const;

/**
 * Engineering measures as polygons: terraces where the ground is terraced, benches, trenches and pits under planted woods
 * (31–33) on slopes. The raster of each is cut at 20 m, so polygons never overlap.
 */
export function measurePolygons(frame: RegionFrame, terrain: Terrain, landUse: Uint8Array): SampleFeature[] {
  const side = frame.size / stepCells;
  const lattice = { width: side, height: side };
  const labels = new Int32Array(side * side).fill(-1);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const i = y * stepCells * frame.size + x * stepCells;
      const corners = [i, i + 1, i + frame.size, i + frame.size + 1];
      const count = (test: (cell: number) => boolean) => corners.filter(test).length;
      if (count((c) => terrain.terraced[c] === 1 && landUse[c]! < 50) >= 3) labels[y * side + x] = 0;
      else if (count((c) => landUse[c]! >= 31 && landUse[c]! <= 33 && terrain.slopeTangent[c]! > 0.2) >= 3)
        labels[y * side + x] = 1;
    }
  const { piece, sizes } = connectedPieces(lattice, labels);
  const groups = new Map<number, number>();
  const kindOf = new Map<number, number>();
  for (let i = 0; i < piece.length; i++) {
    const p = piece[i]!;
    if (p < 0 || sizes[p]! * 400 < smallestSquareMetres) continue;
    // Not every wood stands on prepared ground.
    if (labels[i] === 1 && hashUnit(frame.seed + 411, p) > 0.45) continue;
    groups.set(p, p);
    kindOf.set(p, labels[i]!);
  }
  const kept = piece.map((p) => (groups.has(p) ? p : -1));
  const polygons = polygonsByGroup(boundaryArcs(lattice, kept), (label) => label, latticePlace(frame, stepCells));
  return [...polygons].map(([label, coordinates], n) => {
    const draw = hashUnit(frame.seed + 412, label);
    const kinds = kindOf.get(label) === 0 ? terraceKinds : plantingKinds;
    const kind = kindOf.get(label) === 0 ? kinds[draw < 0.8 ? 0 : draw < 0.93 ? 1 : 2]! : kinds[Math.floor(draw * 3)]!;
    return {
      geometry: { type: 'MultiPolygon', coordinates },
      properties: {
        CSBH: `CS${String(n + 1).padStart(5, '0')}`,
        CSDM: kind.code,
        CSMC: kind.name,
        SSND: 1988 + Math.floor(hashUnit(frame.seed + 413, label) * 35),
        MJ: roundTo(polygonsArea(coordinates) / 10000, 2),
      },
    };
  });
}
