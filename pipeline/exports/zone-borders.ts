/** Paths of SVG in units of cells: borders between zones, and the outline of all zones together. */
export interface ZoneBorders {
  readonly between: string;
  readonly outline: string;
}

/**
 * Borders of a raster of zone numbers along the edges of its cells; 0 is outside all zones, as is what lies beyond the raster.
 * Neighbouring edges of one kind are drawn as one line.
 */
export function zoneBorders(zones: ArrayLike<number>, width: number, height: number): ZoneBorders {
  const at = (column: number, row: number): number =>
    column >= 0 && row >= 0 && column < width && row < height ? zones[row * width + column] : 0;
  const between: string[] = [];
  const outline: string[] = [];
  const trace = (
    lines: number,
    length: number,
    sides: (line: number, step: number) => readonly [number, number],
    segment: (line: number, from: number, to: number) => string,
  ) => {
    for (let line = 0; line <= lines; line++) {
      let open: string[] | undefined;
      let from = 0;
      for (let step = 0; step <= length; step++) {
        const [a, b] = step < length ? sides(line, step) : [0, 0];
        const kind = a === b ? undefined : a === 0 || b === 0 ? outline : between;
        if (kind === open) continue;
        open?.push(segment(line, from, step));
        open = kind;
        from = step;
      }
    }
  };
  trace(
    height,
    width,
    (row, column) => [at(column, row - 1), at(column, row)],
    (row, from, to) => `M${from} ${row}H${to}`,
  );
  trace(
    width,
    height,
    (column, row) => [at(column - 1, row), at(column, row)],
    (column, from, to) => `M${column} ${from}V${to}`,
  );
  return { between: between.join(''), outline: outline.join('') };
}
