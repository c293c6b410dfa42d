/** A point in cells of the 10 m grid. */
export type LinePoint = readonly [number, number];

/** A line with its corners eased: rounds of a 1-2-1 mean; ends stay. */
export function eased(line: readonly LinePoint[], rounds: number): LinePoint[] {
  let current = [...line];
  for (let round = 0; round < rounds; round++) {
    current = current.map((point, at) => {
      const before = current[at - 1];
      const after = current[at + 1];
      if (!before || !after) return point;
      return [(before[0] + 2 * point[0] + after[0]) / 4, (before[1] + 2 * point[1] + after[1]) / 4];
    });
  }
  return current;
}

/** Calls `paint` with the index of every cell whose centre lies within `halfWidth` cells of the line. */
export function drawLine(
  line: readonly LinePoint[],
  size: number,
  halfWidth: number,
  paint: (cell: number) => void,
): void {
  const reach = Math.ceil(halfWidth);
  for (let at = 0; at + 1 < line.length; at++) {
    const [ax, ay] = line[at]!;
    const [bx, by] = line[at + 1]!;
    const length = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
    const steps = Math.max(1, Math.ceil(length * 2));
    for (let s = 0; s <= steps; s++) {
      const px = ax + ((bx - ax) * s) / steps;
      const py = ay + ((by - ay) * s) / steps;
      const cx = Math.floor(px);
      const cy = Math.floor(py);
      for (let y = cy - reach; y <= cy + reach; y++)
        for (let x = cx - reach; x <= cx + reach; x++) {
          if (x < 0 || y < 0 || x >= size || y >= size) continue;
          const dx = x + 0.5 - px;
          const dy = y + 0.5 - py;
          if ((x === cx && y === cy) || dx * dx + dy * dy <= halfWidth * halfWidth) paint(y * size + x);
        }
    }
  }
}
