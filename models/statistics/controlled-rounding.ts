import { BoundedFlow } from './bounded-flow.ts';

/** A row of a table of areas: class areas for a row without children; a row with children is the sum of them. */
export interface AreaRow {
  /** Position of the parent among the rows, −1 for the only root; parents come before their children. */
  readonly parent: number;
  /** Areas of 微度 and of the five eroded classes; read only where the row has no children. */
  readonly areas: ArrayLike<number>;
}

/** A table that divides a row of another one in another way. */
export interface DividedRow {
  /** Positions of the other table and of its row, which has children there and is not the root. */
  readonly table: number;
  readonly row: number;
  readonly rows: readonly AreaRow[];
}

export interface RoundedTables {
  /** Per table and row the printed areas of the six classes, in whole units of the last printed digit. */
  readonly units: number[][][];
  /** The same of the table that divides a row; its root is printed as that row is. Empty without such a table. */
  readonly divided: number[][];
  /** True when every printed number, sums included, is less than one unit away from its raw value. */
  readonly withinOneUnit: boolean;
}

const classCount = 6;
/** Values this close to a whole unit are taken for it, so that binary fractions do not leave a choice where there is none. */
const snap = 1e-6;
/** Fractions nearer than this to a whole unit are first tried without the other choice; wider choices follow. */
const preferences = [0.45, 0.3, 0.2, 0.1, 0.04, 0];
const branchLimit = 200;

/**
 * Controlled rounding: printed areas whose sums close in the printed digits and that stay within one unit of the raw areas.
 *
 * Sums run over two hierarchies at once: the rows of each table (region → county → township) and the classes (land area → 微度 and
 * eroded area → five classes). All tables divide the same region, and its row is printed alike in all of them.
 * Rounding a table is a whole-number flow (Cox & Ernst 1982, INFOR 20(4): 423–432); the eroded area of an inner row is the one sum
 * that does not fit into the flow and is met by trying its few roundings in turn.
 *
 * @param part a table of a part of the region, whose root is a row of one of the others
 * @throws RangeError for a table without exactly one root, or areas that are negative or not finite.
 */
export function roundTables(tables: readonly (readonly AreaRow[])[], decimals = 2, part?: DividedRow): RoundedTables {
  const trees = tables.map((rows) => readTree(rows, 10 ** decimals));
  if (trees.length === 0) return { units: [], divided: [], withinOneUnit: true };
  const partTree = part && readTree(part.rows, 10 ** decimals);
  for (const root of rootCandidates(trees[0].values[0])) {
    if (!trees.every((tree) => solveTree(tree, root, 0) !== undefined)) continue;
    if (part === undefined || partTree === undefined)
      return { units: trees.map((tree) => bestTree(tree, root)), divided: [], withinOneUnit: true };
    const whole = trees[part.table];
    for (const row of rootCandidates(whole.values[part.row])) {
      const fixings: Fixings = new Map([[part.row, { total: total(row), micro: row[0], classes: row }]]);
      if (solveTree(partTree, row, 0) === undefined || solveTree(whole, root, 0, fixings) === undefined) continue;
      return {
        units: trees.map((tree) => bestTree(tree, root, tree === whole ? fixings : undefined)),
        divided: bestTree(partTree, row),
        withinOneUnit: true,
      };
    }
  }
  // Contrived tables, such as ones of whole units with a region of halves, have no solution within one unit; their sums still close.
  const root = rootCandidates(trees[0].values[0])[0];
  const units = trees.map((tree) => solveLoosely(tree, root));
  const divided = part && partTree ? solveLoosely(partTree, units[part.table][part.row]) : [];
  return { units, divided, withinOneUnit: false };
}

interface Tree {
  readonly parents: number[];
  readonly isLeaf: boolean[];
  /** Raw class areas of every row in units. */
  readonly values: number[][];
}

function readTree(rows: readonly AreaRow[], unitsPerArea: number): Tree {
  const parents = rows.map((row) => row.parent);
  const isLeaf = rows.map(() => true);
  parents.forEach((parent, row) => {
    if (row === 0 ? parent !== -1 : !(parent >= 0 && parent < row))
      throw new RangeError(
        `row ${row} has parent ${parent}; expected one root at row 0 and parents before their children`,
      );
    if (parent >= 0) isLeaf[parent] = false;
  });
  if (rows.length === 0) throw new RangeError('a table without rows cannot be rounded');
  const values = rows.map((row, index) => {
    if (!isLeaf[index]) return new Array<number>(classCount).fill(0);
    return Array.from({ length: classCount }, (_, k) => {
      const units = row.areas[k] * unitsPerArea;
      if (!(units >= -snap && units < Number.MAX_SAFE_INTEGER))
        throw new RangeError(`row ${index} has area ${row.areas[k]}`);
      return snapped(Math.max(0, units));
    });
  });
  for (let row = rows.length - 1; row > 0; row--)
    for (let k = 0; k < classCount; k++) values[parents[row]][k] += values[row][k];
  return { parents, isLeaf, values };
}

const snapped = (value: number): number => (Math.abs(value - Math.round(value)) < snap ? Math.round(value) : value);
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const eroded = (values: readonly number[]): number => total(values.slice(1));

/** Whole numbers a value may be printed as; just one when its fraction is within `preference` of a whole number. */
function bounds(raw: number, preference: number): [number, number] {
  const value = snapped(raw);
  const fraction = value - Math.floor(value);
  if (fraction < preference) return [Math.floor(value), Math.floor(value)];
  if (fraction > 1 - preference) return [Math.ceil(value), Math.ceil(value)];
  return [Math.floor(value), Math.ceil(value)];
}

const within = (printed: number, raw: number): boolean => Math.abs(printed - raw) < 1 - snap / 2;

/** Roundings of the region's row whose sums are within one unit too, the nearest first. */
function rootCandidates(raw: readonly number[]): number[][] {
  const candidates: number[][] = [];
  for (let choice = 0; choice < 1 << classCount; choice++) {
    const row = raw.map((value, k) => bounds(value, 0)[(choice >> k) & 1]);
    const repeats = raw.some((value, k) => (choice >> k) & 1 && bounds(value, 0)[0] === bounds(value, 0)[1]);
    if (!repeats && within(total(row), total(raw)) && within(eroded(row), eroded(raw))) candidates.push(row);
  }
  const distance = (row: number[]) =>
    row.reduce((sum, value, k) => sum + Math.abs(value - raw[k]), 0) +
    Math.abs(total(row) - total(raw)) +
    Math.abs(eroded(row) - eroded(raw));
  return candidates.sort((a, b) => distance(a) - distance(b));
}

function bestTree(tree: Tree, root: readonly number[], fixings?: Fixings): number[][] {
  for (const preference of preferences) {
    const units = solveTree(tree, root, preference, fixings);
    if (units !== undefined) return units;
  }
  throw new Error('a table that was rounded once cannot be rounded again');
}

/**
 * Printed land area and 微度 of an inner row, fixed while its eroded area is searched for; all its classes where another table
 * divides it, too.
 */
interface Fixing {
  readonly total: number;
  readonly micro: number;
  readonly classes?: readonly number[];
}
type Fixings = ReadonlyMap<number, Fixing>;

function solveTree(
  tree: Tree,
  root: readonly number[],
  preference: number,
  fixedRows: Fixings = new Map(),
): number[][] | undefined {
  let tries = preference > 0 ? 20 : branchLimit;
  const search = (fixings: Fixings): number[][] | undefined => {
    if (tries-- <= 0) return undefined;
    const units = solveFlow(tree, root, preference, fixings);
    if (units === undefined) return undefined;
    const wrong = units.findIndex((row, index) => !within(eroded(row), eroded(tree.values[index])));
    if (wrong === -1) return units;
    for (const fixing of fixingsOf(tree.values[wrong])) {
      const found = search(new Map(fixings).set(wrong, fixing));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search(fixedRows);
}

function fixingsOf(raw: readonly number[]): { total: number; micro: number }[] {
  const found: { total: number; micro: number; distance: number }[] = [];
  for (const land of new Set(bounds(total(raw), 0)))
    for (const micro of new Set(bounds(raw[0], 0)))
      if (within(land - micro, eroded(raw)))
        found.push({ total: land, micro, distance: Math.abs(land - total(raw)) + Math.abs(micro - raw[0]) });
  return found.sort((a, b) => a.distance - b.distance);
}

function solveFlow(
  tree: Tree,
  root: readonly number[],
  preference: number,
  fixings: Fixings,
  loose = false,
): number[][] | undefined {
  const { parents, isLeaf, values } = tree;
  const rowCount = parents.length;
  const [start, erodedSink, sink] = [0, 1, 2];
  const land = (row: number) => 3 + row;
  const erodedOf = (row: number) => 3 + rowCount + row;
  const classOf = (row: number, k: number) => 3 + 2 * rowCount + row * classCount + k;
  const into = (row: number, k: number) => (row >= 0 ? classOf(row, k) : k === 0 ? sink : erodedSink);
  const flow = new BoundedFlow(3 + (2 + classCount) * rowCount);
  const sumBounds = (raw: number): [number, number] => (loose ? [0, Number.MAX_SAFE_INTEGER] : bounds(raw, preference));
  const arcs: number[][] = [];
  for (let row = 0; row < rowCount; row++) {
    const fixing = fixings.get(row);
    const raw = values[row];
    const totalBounds: [number, number] =
      row === 0 ? [total(root), total(root)] : fixing ? [fixing.total, fixing.total] : sumBounds(total(raw));
    flow.arc(row === 0 ? start : land(parents[row]), land(row), ...totalBounds);
    if (isLeaf[row]) flow.arc(land(row), erodedOf(row), ...(row === 0 ? fixed(eroded(root)) : sumBounds(eroded(raw))));
    arcs.push(
      raw.map((value, k) => {
        const cellBounds: [number, number] =
          row === 0
            ? fixed(root[k])
            : fixing && (k === 0 || fixing.classes)
              ? fixed(fixing.classes?.[k] ?? fixing.micro)
              : isLeaf[row]
                ? bounds(value, preference)
                : sumBounds(value);
        const tail = isLeaf[row] ? (k === 0 ? land(row) : erodedOf(row)) : classOf(row, k);
        return flow.arc(tail, into(parents[row], k), ...cellBounds);
      }),
    );
  }
  flow.arc(erodedSink, sink, ...fixed(eroded(root)));
  flow.arc(sink, start, ...fixed(total(root)));
  const result = flow.solve();
  return result && arcs.map((row) => row.map((arc) => result[arc]));
}

const fixed = (value: number): [number, number] => [value, value];

function solveLoosely(tree: Tree, root: readonly number[]): number[][] {
  const units = solveFlow(tree, root, 0, new Map()) ?? solveFlow(tree, root, 0, new Map(), true);
  if (units === undefined) throw new RangeError('the tables do not divide the same region');
  return units;
}
