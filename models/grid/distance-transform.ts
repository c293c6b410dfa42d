/** Squared distance of cells from which no marked one lies within reach. */
export const outOfReach = 0xffffffff;

/**
 * Squared distance from every cell to the nearest marked one, centre to centre, in cells²; `outOfReach` beyond the reach.
 * All numbers are whole, so the answer does not depend on how a grid is cut, as long as each window shows the cells within
 * reach. Meijster, Roerdink & Hesselink 2000, “A general algorithm for computing distance transforms in linear time”.
 *
 * @param marked row-major, not 0 where marked
 * @param reach cells, a whole number up to 65,535
 */
export function squaredDistances(marked: Uint8Array, width: number, reach: number): Uint32Array {
  const height = marked.length / width;
  const far = reach + 1;
  const alongColumn = columnDistances(marked, width, height, far);
  const squared = new Uint32Array(marked.length);
  // Of the parabolas around the columns of a row: those that are lowest somewhere, and from which column on.
  const column = new Int32Array(width);
  const from = new Int32Array(width);
  for (let row = 0; row < height; row++) {
    const start = row * width;
    const height2 = (at: number): number => alongColumn[start + at] * alongColumn[start + at];
    let last = -1;
    for (let at = 0; at < width; at++) {
      if (alongColumn[start + at] === far) continue;
      let begin = 0;
      while (last >= 0) {
        // First column from which this parabola is lower than the last one.
        const i = column[last];
        begin = Math.floor((at * at - i * i + height2(at) - height2(i)) / (2 * (at - i))) + 1;
        if (begin > from[last]) break;
        last--;
        begin = 0;
      }
      if (begin >= width) continue;
      last++;
      column[last] = at;
      from[last] = Math.max(0, begin);
    }
    for (let at = width - 1; at >= 0; at--) {
      while (last > 0 && from[last] > at) last--;
      const value = last < 0 ? outOfReach : (at - column[last]) ** 2 + height2(column[last]);
      squared[start + at] = value > reach * reach ? outOfReach : value;
    }
  }
  return squared;
}

/** Distance of each cell to the nearest marked one in its column, `far` where there is none within reach. */
function columnDistances(marked: Uint8Array, width: number, height: number, far: number): Uint32Array {
  const distance = new Uint32Array(marked.length);
  for (let at = 0; at < width; at++) distance[at] = marked[at] === 0 ? far : 0;
  for (let at = width; at < marked.length; at++)
    distance[at] = marked[at] === 0 ? Math.min(far, distance[at - width] + 1) : 0;
  for (let at = (height - 1) * width - 1; at >= 0; at--)
    distance[at] = Math.min(distance[at], distance[at + width] + 1);
  return distance;
}
