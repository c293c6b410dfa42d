import type { CellRuns } from './cell-runs.ts';

/** A corner of cells: columns and rows from the north-west corner of the grid. */
export type Corner = readonly [column: number, row: number];

/** A closed ring (first corner repeated at the end), only corners where it turns. */
export type CornerRing = readonly Corner[];

/** A polygon: its shell, counter-clockwise on the map, then its holes, clockwise. */
export type CornerPolygon = readonly CornerRing[];

/** Directed edges by their start corner; a corner where two cells meet by their tips has two. */
type Edges = Map<number, { readonly column: number; readonly row: number; readonly steps: [number, number][] }>;

/**
 * Outline of a patch that follows its cells exactly. Cells that touch by a tip only are parts of their own, and a ring never
 * meets itself, so the result is valid by the simple-features rules; the shoelace area of the polygons is the number of cells.
 *
 * Parts come in the order of their shells' first corners (row by row), rings start at their first corner.
 */
export function polygonOfRuns(runs: CellRuns): CornerPolygon[] {
  const edges = outlineEdges(runs);
  const shells: CornerRing[] = [];
  const holes: CornerRing[] = [];
  for (const ring of traceRings(edges)) (twiceArea(ring) > 0 ? shells : holes).push(ring);
  const order = (a: CornerRing, b: CornerRing): number => a[0][1] - b[0][1] || a[0][0] - b[0][0];
  shells.sort(order);
  holes.sort(order);
  const polygons = shells.map((shell) => [shell]);
  for (const hole of holes) polygons[shellAround(hole, shells)].push(hole);
  return polygons;
}

/** Twice the signed area in cells; positive for rings that run counter-clockwise on the map (rows go south). */
export function twiceArea(ring: CornerRing): number {
  let sum = 0;
  for (let at = 1; at < ring.length; at++) {
    const [ax, ay] = ring[at - 1];
    const [bx, by] = ring[at];
    sum += bx * ay - ax * by;
  }
  return sum;
}

// Corners are addressed by one number; a grid is narrower than this.
const stride = 2 ** 26;

/** Edges with the patch on their left: down its western sides, east along its southern ones, and so round. */
function outlineEdges(runs: CellRuns): Edges {
  const edges: Edges = new Map();
  const add = (column: number, row: number, toColumn: number, toRow: number): void => {
    const key = row * stride + column;
    let corner = edges.get(key);
    if (corner === undefined) edges.set(key, (corner = { column, row, steps: [] }));
    corner.steps.push([toColumn - column, toRow - row]);
  };
  for (let at = 0; at < runs.length; at += 3) {
    const [row, from, to] = [runs[at], runs[at + 1], runs[at + 2]];
    add(from, row, from, row + 1);
    add(to, row + 1, to, row);
  }
  for (const [row, above, below] of rowPairs(runs)) horizontalEdges(row, above, below, add);
  return edges;
}

type Spans = readonly number[];

/** For every line between two rows of which at least one has runs: the spans above and below it. */
function* rowPairs(runs: CellRuns): Generator<readonly [row: number, above: Spans, below: Spans]> {
  let above: number[] = [];
  let row = -1;
  for (let at = 0; at < runs.length; ) {
    const next = runs[at];
    if (above.length > 0 && next !== row + 1) {
      yield [row + 1, above, []];
      above = [];
    }
    const below: number[] = [];
    for (; at < runs.length && runs[at] === next; at += 3) below.push(runs[at + 1], runs[at + 2]);
    yield [next, above, below];
    above = below;
    row = next;
  }
  if (above.length > 0) yield [row + 1, above, []];
}

/** Edges along the line above `row`: where only one side is covered. */
function horizontalEdges(
  row: number,
  above: Spans,
  below: Spans,
  add: (column: number, row: number, toColumn: number, toRow: number) => void,
): void {
  const turns = [...new Set([...above, ...below])].sort((a, b) => a - b);
  let [up, down] = [0, 0];
  for (let at = 0; at + 1 < turns.length; at++) {
    const column = turns[at];
    while (up < above.length && above[up] <= column) up++;
    while (down < below.length && below[down] <= column) down++;
    const [isAbove, isBelow] = [up % 2 === 1, down % 2 === 1];
    if (isAbove === isBelow) continue;
    // A southern side runs east, a northern one west.
    if (isAbove) add(column, row, turns[at + 1], row);
    else add(turns[at + 1], row, column, row);
  }
}

/** Takes the next edge out of a corner: where two leave, the one that keeps to the cell just followed (a left turn). */
function takeStep(steps: [number, number][], [dx, dy]: readonly [number, number]): [number, number] {
  // Left of a direction on the map, rows going south: (dx, dy) → (dy, −dx).
  const left = steps.findIndex(([x, y]) => Math.sign(x) === Math.sign(dy) && Math.sign(y) === Math.sign(-dx));
  return steps.splice(Math.max(0, left), 1)[0];
}

function* traceRings(edges: Edges): Generator<CornerRing> {
  for (const start of edges.values())
    while (start.steps.length > 0) {
      const path: Corner[] = [[start.column, start.row]];
      let step: [number, number] = start.steps.shift()!;
      let [column, row] = [start.column + step[0], start.row + step[1]];
      while (column !== start.column || row !== start.row || !closes(start.steps, step)) {
        path.push([column, row]);
        step = takeStep(edges.get(row * stride + column)!.steps, step);
        column += step[0];
        row += step[1];
      }
      for (const ring of simpleRings(path)) yield normalised(ring);
    }
}

/** True when a walk that is back at its start must end there: no edge left that keeps to the cell just followed. */
function closes(steps: readonly [number, number][], [dx, dy]: readonly [number, number]): boolean {
  return !steps.some(([x, y]) => Math.sign(x) === Math.sign(dy) && Math.sign(y) === Math.sign(-dx));
}

/** Cuts a walk that comes back to a corner into rings that do not. */
function simpleRings(path: readonly Corner[]): Corner[][] {
  const rings: Corner[][] = [];
  const stack: Corner[] = [];
  const placeOf = new Map<number, number>();
  for (const corner of path) {
    const key = corner[1] * stride + corner[0];
    const met = placeOf.get(key);
    if (met !== undefined) {
      const loop = stack.splice(met);
      for (const [column, row] of loop) placeOf.delete(row * stride + column);
      rings.push(loop);
    }
    placeOf.set(key, stack.length);
    stack.push(corner);
  }
  rings.push(stack);
  return rings;
}

/** Drops corners on straight stretches, starts at the first corner row by row, and closes the ring. */
function normalised(ring: readonly Corner[]): CornerRing {
  const turns = ring.filter(([x, y], at) => {
    const [px, py] = ring[(at + ring.length - 1) % ring.length];
    const [nx, ny] = ring[(at + 1) % ring.length];
    return !((px === x && x === nx) || (py === y && y === ny));
  });
  let first = 0;
  turns.forEach(([x, y], at) => {
    const [bestX, bestY] = turns[first];
    if (y < bestY || (y === bestY && x < bestX)) first = at;
  });
  const turned = [...turns.slice(first), ...turns.slice(0, first)];
  return [...turned, turned[0]];
}

/** Index of the smallest shell that holds the patch cell beside a hole. */
function shellAround(hole: CornerRing, shells: readonly CornerRing[]): number {
  // A hole's first corner is the north-west one of its first cell, so the cell above that belongs to the patch.
  const [column, row] = hole[0];
  const [x, y] = [column + 0.5, row - 0.5];
  let best = -1;
  shells.forEach((shell, at) => {
    if (holds(shell, x, y) && (best < 0 || twiceArea(shell) < twiceArea(shells[best]))) best = at;
  });
  return best;
}

/** Even-odd test for the centre of a cell, which never lies on a ring. */
function holds(ring: CornerRing, x: number, y: number): boolean {
  let inside = false;
  for (let at = 1; at < ring.length; at++) {
    const [ax, ay] = ring[at - 1];
    const [, by] = ring[at];
    if (ay > y !== by > y && ax > x) inside = !inside;
  }
  return inside;
}
