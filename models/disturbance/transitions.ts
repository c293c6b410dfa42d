/**
 * How many cells went from which class to which, zone by zone. Counts are whole numbers, so counts of tiles add up to the
 * counts of the whole grid exactly. Rows are sorted by zone, class before and class now; each occurs once.
 */
export interface TransitionCounts {
  /** 0 = in no zone. */
  readonly zone: Uint32Array;
  /** Class before; 0 = no data. */
  readonly from: Uint8Array;
  /** Class now; 0 = no data. */
  readonly to: Uint8Array;
  /** Cells, whole numbers below 2^53. */
  readonly cells: Float64Array;
}

const classes = 256;

/**
 * Counts the transitions of a window in one pass.
 *
 * @param previous class codes 0–255 of the earlier year; 0 = no data
 * @param current the same cells of the later year
 * @param zone zone of each cell, 0 = none; all cells in zone 0 when left out
 * @throws RangeError when the arrays differ in length
 */
export function countTransitions(
  previous: Uint8Array,
  current: Uint8Array,
  zone?: Uint8Array | Uint16Array | Uint32Array,
): TransitionCounts {
  if (previous.length !== current.length || (zone !== undefined && zone.length !== current.length))
    throw new RangeError(
      `classes of ${previous.length} and ${current.length} cells, zones of ${zone?.length ?? 'none'}`,
    );
  const tables = new Map<number, Float64Array>();
  const tableOf = (code: number): Float64Array => {
    let table = tables.get(code);
    if (table === undefined) tables.set(code, (table = new Float64Array(classes * classes)));
    return table;
  };
  let last = 0;
  let table = zone === undefined && current.length > 0 ? tableOf(0) : undefined;
  for (let i = 0; i < current.length; i++) {
    // Neighbouring cells nearly always lie in the same zone, so the table is looked up only when it changes.
    if (zone !== undefined && (table === undefined || zone[i] !== last)) {
      last = zone[i];
      table = tableOf(last);
    }
    table![previous[i] * classes + current[i]]++;
  }
  return fromTables(tables);
}

function fromTables(tables: ReadonlyMap<number, Float64Array>): TransitionCounts {
  const zone: number[] = [];
  const from: number[] = [];
  const to: number[] = [];
  const cells: number[] = [];
  for (const code of [...tables.keys()].sort((a, b) => a - b))
    tables.get(code)!.forEach((count, pair) => {
      if (count === 0) return;
      zone.push(code);
      from.push(Math.floor(pair / classes));
      to.push(pair % classes);
      cells.push(count);
    });
  return {
    zone: Uint32Array.from(zone),
    from: Uint8Array.from(from),
    to: Uint8Array.from(to),
    cells: Float64Array.from(cells),
  };
}

/** Adds up the counts of several windows; their order does not matter. */
export function mergeTransitions(parts: readonly TransitionCounts[]): TransitionCounts {
  const tables = new Map<number, Float64Array>();
  for (const { zone, from, to, cells } of parts)
    for (let row = 0; row < cells.length; row++) {
      let table = tables.get(zone[row]);
      if (table === undefined) tables.set(zone[row], (table = new Float64Array(classes * classes)));
      table[from[row] * classes + to[row]] += cells[row];
    }
  return fromTables(tables);
}
