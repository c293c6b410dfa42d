import type { RegionFrame } from '../region-frame.ts';
import type { Terrain } from '../terrain/terrain.ts';
import { MinHeap } from '../zones/min-heap.ts';
import { drawLine, eased, type LinePoint } from './lines.ts';
import type { Settlement } from './settlements.ts';

const step = 4;

/** Ground on which roads are sought, in squares of 40 m; `reach` and `before` are scratch, clean between searches. */
interface RoadGround {
  readonly side: number;
  readonly height: Float32Array;
  readonly wet: Uint8Array;
  readonly network: Uint8Array;
  readonly reach: Float64Array;
  readonly before: Int32Array;
}

/** 0 no road, 1 country road (61), 2 main road (62). Main roads join the county seats and leave the region along the river. */
export function buildRoads(frame: RegionFrame, terrain: Terrain, places: readonly Settlement[]): Uint8Array {
  const side = frame.size / step;
  const height = new Float32Array(side * side);
  const wet = new Uint8Array(side * side);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const i = (y * step + 2) * frame.size + x * step + 2;
      height[y * side + x] = terrain.elevation[i]!;
      wet[y * side + x] = terrain.reservoir[i] === 1 ? 1 : 0;
    }
  const network = new Uint8Array(side * side);
  const roads = new Uint8Array(frame.size * frame.size);
  const reach = new Float64Array(side * side).fill(Number.POSITIVE_INFINITY);
  const before = new Int32Array(side * side).fill(-1);
  const ground: RoadGround = { side, height, wet, network, reach, before };
  const nodeOf = (place: Settlement) => Math.floor(place.y / step) * side + Math.floor(place.x / step);
  const join = (from: number, kind: 1 | 2) => {
    const path = cheapestPath(ground, from, kind);
    for (const node of path) network[node] = Math.max(network[node]!, kind);
    const line: LinePoint[] = path.map((node) => [(node % side) * step + 2, Math.floor(node / side) * step + 2]);
    drawLine(eased(line, 3), frame.size, kind === 2 ? 1.1 : 0.5, (i) => {
      if (terrain.reservoir[i] !== 1) roads[i] = Math.max(roads[i]!, kind);
    });
  };
  const seats = places.filter((place) => place.kind === 'county seat');
  network[nodeOf(seats[0]!)] = 2;
  for (const seat of seats.slice(1)) join(nodeOf(seat), 2);
  for (const port of mainRoadPorts(side, height)) join(port, 2);
  for (const place of places) if (place.kind === 'township seat') join(nodeOf(place), 1);
  for (const place of places) if (place.kind === 'village') join(nodeOf(place), 1);
  return roads;
}

/** The lowest points of the northern and southern edges, where the valley road goes on. */
function mainRoadPorts(side: number, height: Float32Array): number[] {
  return [0, side - 1].map((row) => {
    let lowest = row * side;
    for (let x = 0; x < side; x++) if (height[row * side + x]! < height[lowest]!) lowest = row * side + x;
    return lowest;
  });
}

/** From a node to the nearest point of the network (of main roads, for a main road), climbing as little as possible. */
function cheapestPath(ground: RoadGround, from: number, kind: 1 | 2): number[] {
  const { side, height, wet, network, reach, before } = ground;
  const touched = [from];
  let path = [from];
  const heap = new MinHeap();
  reach[from] = 0;
  heap.push(0, from);
  while (heap.size > 0) {
    const key = heap.smallestKey;
    const node = heap.pop();
    if (key > reach[node]!) continue;
    if (network[node]! >= kind && (node !== from || network[from]! >= kind)) {
      path = [node];
      for (let back = before[node]!; back >= 0; back = before[back]!) path.push(back);
      break;
    }
    const x = node % side;
    const y = (node - x) / side;
    for (let dy = -1; dy <= 1; dy++)
      for (let dx = -1; dx <= 1; dx++) {
        if ((dx === 0 && dy === 0) || x + dx < 0 || y + dy < 0 || x + dx >= side || y + dy >= side) continue;
        const other = node + dy * side + dx;
        const length = (dx !== 0 && dy !== 0 ? Math.SQRT2 : 1) * step * 10;
        const grade = Math.abs(height[other]! - height[node]!) / length;
        const water = wet[other] ? 60 : 1;
        const known = network[other]! > 0 ? 0.5 : 1;
        const through = reach[node]! + length * known * water * (1 + 8 * grade + 90 * grade * grade);
        if (through >= reach[other]!) continue;
        if (reach[other] === Number.POSITIVE_INFINITY) touched.push(other);
        reach[other] = through;
        before[other] = node;
        heap.push(through, other);
      }
  }
  for (const node of touched) {
    reach[node] = Number.POSITIVE_INFINITY;
    before[node] = -1;
  }
  return path;
}
