import { fractalNoise, gradientNoise, hashUnit } from '../noise.ts';
import type { RegionFrame } from '../region-frame.ts';
import { drainedCells, fillHollows, type Surface, steepestReceivers, upstreamFirstOrder } from './drainage.ts';
import { copyRing, creepOnce, doubled, raiseRing, warped } from './surface-tools.ts';

/** A landscape carved by water: cells of 20 m, the region and a margin on all sides. */
export interface CarvedLandscape extends Surface {
  /** Cells of 20 m of margin around the region. */
  readonly margin: number;
  readonly outlet: number;
  readonly receivers: Int32Array;
  /** Cells ordered so that each comes before the cell it drains to. */
  readonly order: Int32Array;
  /** Area that drains through each cell, the main river's inflow from outside included, m². */
  readonly drainedArea: Float64Array;
}

/** How one level of the hierarchy is worked. */
interface Stage {
  readonly cellMetres: number;
  readonly steps: number;
  /** Time step times erodibility. */
  readonly timeStep: number;
  /** Steady slope times √area, metres: what uplift adds in one unit of erodibility time. */
  readonly uplift: number;
  /** Drainage area added to every cell's own before the root, m²; it bounds the slope near the divides. */
  readonly areaOffset: number;
  /** Share of the difference to each of the four neighbours that creeps after a step. */
  readonly creep: number;
  readonly noiseMetres: number;
}

const stages: readonly Stage[] = [
  { cellMetres: 80, steps: 44, timeStep: 0.35, uplift: 39, areaOffset: 9000, creep: 0, noiseMetres: 0 },
  { cellMetres: 40, steps: 12, timeStep: 0.25, uplift: 39, areaOffset: 9000, creep: 0.04, noiseMetres: 5 },
  { cellMetres: 20, steps: 4, timeStep: 0.2, uplift: 39, areaOffset: 9000, creep: 0.2, noiseMetres: 4 },
];

const steepestSlope = 0.8;
/** How much steeper than the slope above a gully side is. */
const gullySideSlope = 0.3;
/** Steps that share one reading of the drainage. */
const stepsPerDrainage = 2;

/** Water from outside enters in the south, all water leaves in the north. */
const entrance = { x: 0.68, y: 1 };
const exit = { x: 0.34, y: 0 };
const inflowSquareMetres = 2.4e8;

function portCell(side: number, port: { x: number; y: number }): number {
  return (port.y === 0 ? 1 : side - 2) * side + Math.floor(port.x * side);
}

function firstSurface(frame: RegionFrame, side: number, cell: number): Surface {
  const heights = new Float64Array(side * side);
  const whole = side * cell;
  for (let y = 0; y < side; y++) {
    const fy = (y + 0.5) / side;
    // The trunk valley bends from the entrance to the exit.
    const bend = fy * fy * (3 - 2 * fy) + 0.12 * fractalNoise(frame.seed + 11, fy * 3, 0.5, 2);
    const trunk = exit.x + (entrance.x - exit.x) * bend;
    for (let x = 0; x < side; x++) {
      const fx = (x + 0.5) / side;
      const away = Math.abs(fx - trunk);
      const hills = fractalNoise(frame.seed + 1, fx * 9, fy * 9, 5);
      heights[y * side + x] =
        (whole / 100) * (fy * 0.3 + away * 0.55) + (whole / 120) * hills + 4 * hashUnit(frame.seed + 2, x, y);
    }
  }
  return { heights, width: side, height: side };
}

/** Resistance to erosion, about 0.7–1.4: some hills stand higher than others. */
function hardness(frame: RegionFrame, side: number, cell: number): Float32Array {
  const resistance = new Float32Array(side * side);
  const perMetre = cell / 2400;
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const n = fractalNoise(frame.seed + 5, x * perMetre, y * perMetre, 2);
      resistance[y * side + x] = 1 + Math.min(0.4, Math.max(-0.35, n * 0.7));
    }
  return resistance;
}

/** One step of uplift against stream power, implicit along the drainage tree. */
function carveStep(surface: Surface, stage: Stage, resistance: Float32Array, flow: Flow): void {
  const { heights, width } = surface;
  const cell = stage.cellMetres;
  const { receivers, order, drained } = flow;
  for (let at = order.length - 1; at >= 0; at--) {
    const i = order[at]!;
    const r = receivers[i]!;
    if (r === i) continue;
    const gap = r - i;
    const straight = gap === 1 || gap === -1 || gap === width || gap === -width;
    const distance = straight ? cell : cell * Math.SQRT2;
    const power = (stage.timeStep * Math.sqrt(drained[i]! * cell * cell + stage.areaOffset)) / distance;
    const raised = heights[i]! + stage.uplift * stage.timeStep * resistance[i]!;
    const carved = (raised + power * heights[r]!) / (1 + power);
    heights[i] = Math.min(carved, heights[r]! + steepestSlope * distance);
  }
}

interface Flow {
  readonly receivers: Int32Array;
  readonly order: Int32Array;
  readonly drained: Float64Array;
}

function flowOf(surface: Surface, outlet: number, inlet: number, inflow: number, wobble: number, seed: number): Flow {
  const receivers = new Int32Array(surface.heights.length);
  steepestReceivers(surface, outlet, receivers, wobble, seed);
  const order = upstreamFirstOrder(receivers);
  return { receivers, order, drained: drainedCells(receivers, order, inlet, inflow) };
}

/**
 * Cuts gullies with steep sides along the small streams, as running water does in loess. The cut tapers off up the slopes
 * that drain to it; wide valleys, which the streams have filled, keep only a shallow bed.
 */
function cutGullies(frame: RegionFrame, surface: Surface, flow: Flow, cell: number): void {
  const { heights, width } = surface;
  const cut = new Float32Array(heights.length);
  for (let at = flow.order.length - 1; at >= 0; at--) {
    const i = flow.order[at]!;
    const r = flow.receivers[i]!;
    const area = flow.drained[i]! * cell * cell;
    let depth = 0;
    if (area > 5000) {
      const x = i % width;
      const y = (i - x) / width;
      const vigour = Math.max(0.3, 1 + 0.9 * gradientNoise(frame.seed + 71, x / 60, y / 60));
      depth = ((21 * (area - 5000)) / (area + 60000) / (1 + area / 8e6)) * vigour;
    }
    const gap = Math.abs(r - i);
    const distance = gap === 1 || gap === width ? cell : cell * Math.SQRT2;
    cut[i] = Math.max(depth, cut[r]! - gullySideSlope * distance);
  }
  for (let i = 0; i < heights.length; i++) heights[i]! -= cut[i]!;
}

/**
 * Carves the landscape from coarse to fine: uplift against stream power (slope ∝ 1/√area) and soil creep, by the implicit
 * scheme of Braun & Willett (2013, Geomorphology 180–181:170–179); then gullies are cut and the drainage is read off.
 */
export function carveLandscape(frame: RegionFrame): CarvedLandscape {
  const marginMetres = Math.floor(frame.size / 160) * 80;
  const wholeMetres = frame.sideMetres + 2 * marginMetres;
  let surface = firstSurface(frame, wholeMetres / 80, 80);
  const inflow = inflowSquareMetres * frame.scale * frame.scale;
  for (const stage of stages) {
    const cell = stage.cellMetres;
    // Straight runs of the coarse grid's eight directions are bent before the finer grid takes over.
    if (cell < 80) surface = warped(doubled(surface), frame.seed + cell, cell, cell === 40 ? 90 : 30);
    const side = surface.width;
    for (let i = 0; i < surface.heights.length; i++)
      surface.heights[i]! += stage.noiseMetres * (hashUnit(frame.seed + 40 + cell, i) - 0.5);
    const resistance = hardness(frame, side, cell);
    const outlet = portCell(side, exit);
    const inlet = portCell(side, entrance);
    for (let step = 0; step < stage.steps; step += stepsPerDrainage) {
      // Drainage is read off a filled copy, so that streams cut through what dams them.
      raiseRing(surface);
      const filled = { ...surface, heights: surface.heights.slice() };
      fillHollows(filled, outlet);
      const flow = flowOf(filled, outlet, inlet, inflow / (cell * cell), 0.35, frame.seed + cell * 97 + step);
      for (let repeat = 0; repeat < stepsPerDrainage; repeat++) carveStep(surface, stage, resistance, flow);
      copyRing(surface);
      if (stage.creep > 0) for (let pass = 0; pass < 2; pass++) creepOnce(surface, stage.creep);
    }
  }
  const side = surface.width;
  const outlet = portCell(side, exit);
  const inlet = portCell(side, entrance);
  const flow = finishSurface(frame, surface, outlet, inlet, inflow / 400);
  const drainedArea = flow.drained;
  for (let i = 0; i < drainedArea.length; i++) drainedArea[i]! *= 400;
  return { ...surface, margin: marginMetres / 20, outlet, receivers: flow.receivers, order: flow.order, drainedArea };
}

function finishSurface(frame: RegionFrame, surface: Surface, outlet: number, inlet: number, inflow: number): Flow {
  raiseRing(surface);
  fillHollows(surface, outlet);
  const rough = flowOf(surface, outlet, inlet, inflow, 0, 0);
  cutGullies(frame, surface, rough, 20);
  copyRing(surface);
  creepOnce(surface, 0.06);
  raiseRing(surface);
  fillHollows(surface, outlet);
  return flowOf(surface, outlet, inlet, inflow, 0, 0);
}
