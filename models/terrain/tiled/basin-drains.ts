import { d8Neighbour } from '../../grid/d8.ts';
import { CellStack } from '../cell-queues.ts';
import { type Basins, drainedBasin } from './basins.ts';
import { perimeterCells } from './tile-perimeter.ts';

/** Per basin (0 = nodata) how its water gets out of the tile's depressions. About 12 bytes for each pit. */
export interface BasinDrains {
  /** Cell of the pit; 0 for basins without one. */
  readonly pit: Uint32Array;
  /** Level at which the basin overflows towards the basin of its label; −∞ where it bears the label itself. */
  readonly level: Float32Array;
  /** 1 = drains for good, 2 … = a basin that reaches the perimeter; 0 = nodata. */
  readonly label: Uint32Array;
}

/** Basins of a tile joined as far as its perimeter matters. */
export interface LabelledDrains {
  readonly drains: BasinDrains;
  /** Labels run from 1 to this number. */
  readonly labelCount: number;
  /** Passes that join all labels that can be joined inside the tile: one fewer than the labels so joined. */
  readonly passFrom: Uint32Array;
  readonly passTo: Uint32Array;
  readonly passLevel: Float32Array;
}

/**
 * Follows rising water: basins join over their lowest pass first. A basin without a label takes that of the basins it
 * joins; where two labels meet, the pass between them is told to the other tiles, which find every lowest way through
 * this tile on the tree of these passes (lowest-highest passes are those of a minimum spanning tree).
 *
 * Passes on one level count by their basins' numbers, lower one first, so the result has nothing to do with the way it
 * was found.
 */
export function labelDrains(basins: Basins, elevation: Float32Array, width: number, height: number): LabelledDrains {
  const { basin, count, pit } = basins;
  const label = new Uint32Array(count + 1);
  const level = new Float32Array(count + 1).fill(Number.NEGATIVE_INFINITY);
  label[drainedBasin] = 1;
  let labelCount = 1;
  for (const cell of perimeterCells(width, height))
    if (basin[cell] !== 0 && label[basin[cell]!] === 0) label[basin[cell]!] = ++labelCount;

  const root = Uint32Array.from(label, (_, i) => i);
  const find = (of: number): number => {
    let at = of;
    while (root[at] !== at) at = root[at] = root[root[at]!]!;
    return at;
  };
  // By root: the least label of its basins. Unlabelled basins hang below others in `above` until one has a label.
  const leastLabel = label.slice();
  const above = new Uint32Array(count + 1);
  const passFrom: number[] = [];
  const passTo: number[] = [];
  const passLevel: number[] = [];
  for (const pass of lowestPasses(basins, elevation, width, height)) {
    let [upper, lower] = [find(pass.a), find(pass.b)];
    if (upper === lower) continue;
    if (upper > lower) [upper, lower] = [lower, upper];
    const [mine, other] = [leastLabel[upper]!, leastLabel[lower]!];
    if (other !== 0 && (mine === 0 || other < mine)) [upper, lower] = [lower, upper];
    if (mine !== 0 && other !== 0) {
      passFrom.push(Math.min(mine, other));
      passTo.push(Math.max(mine, other));
      passLevel.push(pass.level);
    } else if (mine !== 0 || other !== 0) {
      label[lower] = leastLabel[upper]!;
      level[lower] = pass.level;
    } else above[lower] = upper;
    root[lower] = upper;
  }
  for (let i = drainedBasin + 1; i <= count; i++) {
    let at = i;
    while (label[at] === 0) at = above[at]!;
    for (let each = i; label[each] === 0; each = above[each]!) {
      label[each] = label[at]!;
      level[each] = level[at]!;
    }
  }
  return {
    drains: { pit, level, label },
    labelCount,
    passFrom: Uint32Array.from(passFrom),
    passTo: Uint32Array.from(passTo),
    passLevel: Float32Array.from(passLevel),
  };
}

/**
 * Raises the cells of every depression to the level at which it overflows.
 *
 * Whatever is joined to a pit by cells below that level is as high as it, whichever basin it belongs to: it reaches the pit
 * below that level, and the pit reaches it. Nothing else is raised, for the way down from a raised cell leads to such a pit.
 * So nobody need know again which basin a cell belongs to.
 *
 * @param levels by label, the level below which its cells are drowned
 * @returns metres, NaN = nodata; −0 has become +0
 */
export function raiseDepressions(
  elevation: Float32Array,
  { pit, level, label }: BasinDrains,
  levels: Float32Array,
  width: number,
  height: number,
): Float32Array {
  const filled = elevation.map((z) => z + 0);
  const flooded = new CellStack();
  for (let i = drainedBasin + 1; i < pit.length; i++) {
    const overflow = Math.max(level[i], levels[label[i]]);
    const raise = (cell: number): void => {
      if (!(filled[cell] < overflow)) return;
      filled[cell] = overflow;
      flooded.push(cell);
    };
    raise(pit[i]);
    while (flooded.size > 0) {
      const cell = flooded.pop();
      for (let k = 0; k < 8; k++) {
        const neighbour = d8Neighbour(cell, k, width, height);
        if (neighbour >= 0) raise(neighbour);
      }
    }
  }
  return filled;
}

interface Pass {
  readonly a: number;
  readonly b: number;
  readonly level: number;
}

/** The lowest pass of each pair of touching basins, lowest first, then by the basins' numbers. */
function lowestPasses({ basin, count }: Basins, elevation: Float32Array, width: number, height: number): Pass[] {
  const lowest = new Map<number, number>();
  const meet = (cell: number, neighbour: number): void => {
    const [a, b] = [basin[cell]!, basin[neighbour]!];
    if (a === b || a === 0 || b === 0) return;
    const key = Math.min(a, b) * (count + 1) + Math.max(a, b);
    // Adding zero turns −0 into +0.
    const level = Math.max(elevation[cell]!, elevation[neighbour]!) + 0;
    if (!(lowest.get(key)! <= level)) lowest.set(key, level);
  };
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const cell = row * width + column;
      if (column + 1 < width) meet(cell, cell + 1);
      if (row + 1 === height) continue;
      if (column > 0) meet(cell, cell + width - 1);
      meet(cell, cell + width);
      if (column + 1 < width) meet(cell, cell + width + 1);
    }
  return Array.from(lowest, ([key, level]) => ({ a: Math.floor(key / (count + 1)), b: key % (count + 1), level })).sort(
    (p, q) => p.level - q.level || p.a - q.a || p.b - q.b,
  );
}
