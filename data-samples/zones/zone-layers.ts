import { hashUnit } from '../noise.ts';
import { type CountyLattice, latticeStep } from '../people/county-lattice.ts';
import { countyNames, placeName, valleyName } from '../people/names.ts';
import { cellSizeMetres, type RegionFrame, roundTo } from '../region-frame.ts';
import type { Terrain } from '../terrain/terrain.ts';
import { boundaryArcs } from './boundary-arcs.ts';
import { type Lattice, tidyPieces } from './grow-regions.ts';
import { type LatticePlace, polygonsArea, polygonsByGroup, type SampleFeature } from './polygons.ts';

/** Counties, townships, watersheds and rotation zones; each layer covers the region once. */
export interface ZoneLayers {
  readonly counties: SampleFeature[];
  readonly townships: SampleFeature[];
  readonly watersheds: SampleFeature[];
  readonly rotationZones: SampleFeature[];
}

export function latticePlace(frame: RegionFrame, stepCells: number): LatticePlace {
  return { originX: frame.grid.originX, originY: frame.grid.originY, cellSizeMetres: stepCells * cellSizeMetres };
}

function features(
  groups: ReturnType<typeof polygonsByGroup>,
  properties: (label: number, areaKm2: number) => SampleFeature['properties'],
): SampleFeature[] {
  return [...groups].map(([label, coordinates]) => ({
    geometry: { type: 'MultiPolygon', coordinates },
    properties: properties(label, roundTo(polygonsArea(coordinates) / 1e6, 4)),
  }));
}

/** The zone layers of the region. */
export function zoneLayers(frame: RegionFrame, terrain: Terrain, land: CountyLattice): ZoneLayers {
  const place = latticePlace(frame, latticeStep);
  const arcs = boundaryArcs(land, land.township);
  const counties = features(
    polygonsByGroup(arcs, (label) => label >> 2, place),
    (label, MJ) => ({ XZQDM: countyNames[label]!.code, XZQMC: countyNames[label]!.name, MJ }),
  );
  const townships = features(
    polygonsByGroup(arcs, (label) => label, place),
    (label, MJ) => {
      const county = countyNames[label >> 2]!;
      return {
        XZQDM: `${county.code}1${String(label & 3).padStart(2, '0')}`,
        XZQMC: `${placeName(label)}${(label & 3) < 2 ? '镇' : '乡'}`,
        SJXZQDM: county.code,
        SJXZQMC: county.name,
        MJ,
      };
    },
  );
  const basins = boundaryArcs(land, watershedLabels(frame, terrain, land));
  const watersheds = features(
    polygonsByGroup(basins, (label) => label, place),
    (label, MJ) => ({ LYDM: `LY${String(label + 1).padStart(3, '0')}`, LYMC: `${valleyName(label)}流域`, MJ }),
  );
  const rotations = boundaryArcs(land, rotationLabels(frame, terrain, land));
  const rotationZones = features(
    polygonsByGroup(rotations, (label) => label, place),
    (label, MJ) => ({ LZQDM: rotationKinds[label]!.code, LZQMC: rotationKinds[label]!.name, MJ }),
  );
  return { counties, townships, watersheds, rotationZones };
}

const rotationKinds = [
  { code: 'beibu-zhonggaoyuan', name: '北部中高原区' },
  { code: 'beibu-digaoyuan', name: '北部低高原区' },
  { code: 'xibei-guangai', name: '西北灌溉区' },
] as const;

/** Irrigated valley floor, and above it the middle plateau; the low plateau begins in the south-east. */
function rotationLabels(frame: RegionFrame, terrain: Terrain, lattice: Lattice): Int32Array {
  const labels = new Int32Array(lattice.width * lattice.height);
  for (let y = 0; y < lattice.height; y++)
    for (let x = 0; x < lattice.width; x++) {
      const centre = (y * latticeStep + 2) * frame.size + x * latticeStep + 2;
      const southEast = x / lattice.width + y / lattice.height + 0.04 * (hashUnit(frame.seed + 401, x, y) - 0.5);
      let label = southEast > 1.35 ? 1 : 0;
      if (terrain.floorDistance[centre]! < -20) label = 2;
      labels[y * lattice.width + x] = label;
    }
  return tidyPieces(lattice, labels, 40, false);
}

/** Basins between the meeting points of the larger streams; slopes beyond the edge join their neighbours. */
function watershedLabels(frame: RegionFrame, terrain: Terrain, lattice: Lattice): Int32Array {
  const { receivers, order, drainedArea, width, margin } = terrain.landscape;
  const regionArea = frame.sideMetres * frame.sideMetres;
  const channel = regionArea / 45;
  const basin = new Int32Array(receivers.length).fill(-1);
  let count = 0;
  const joining = new Uint8Array(receivers.length);
  for (const i of order) if (drainedArea[i]! > channel && receivers[i] !== i) joining[receivers[i]!]!++;
  for (let at = order.length - 1; at >= 0; at--) {
    const i = order[at]!;
    const r = receivers[i]!;
    const isChannel = drainedArea[i]! > channel;
    if (isChannel && (r === i || joining[r]! > 1)) basin[i] = count++;
    else if (r !== i) basin[i] = basin[r]!;
  }
  const labels = new Int32Array(lattice.width * lattice.height).fill(-1);
  for (let y = 0; y < lattice.height; y++)
    for (let x = 0; x < lattice.width; x++)
      labels[y * lattice.width + x] = basin[(y * 2 + 1 + margin) * width + x * 2 + 1 + margin]!;
  const smallest = Math.floor((lattice.width * lattice.height) / 250);
  const whole = tidyPieces(lattice, labels, smallest, true);
  return renumbered(whole);
}

/** Labels 0, 1, 2 … in the order in which they are met, from the north-west. */
function renumbered(labels: Int32Array): Int32Array {
  const numbers = new Map<number, number>();
  return labels.map((label) => {
    const known = numbers.get(label);
    if (known !== undefined) return known;
    numbers.set(label, numbers.size);
    return numbers.size - 1;
  });
}
