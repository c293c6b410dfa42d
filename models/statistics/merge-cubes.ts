import { type Cube, compareRows, emptyCube, packCube } from './cube.ts';

const greatestSum = 2n ** 63n - 1n;

/**
 * Sum of cubes over the same zone sets: associative and commutative, so tiles may be merged in any order and grouping.
 *
 * @throws RangeError when there is no cube, the cubes have different numbers of zone sets, or a sum no longer fits.
 */
export function mergeCubes(cubes: Iterable<Cube>): Cube {
  let level = [...cubes];
  if (level.length === 0) throw new RangeError('no cubes to merge; use emptyCube for a region without tiles');
  const zoneSetCount = level[0].zoneSetCount;
  for (const cube of level)
    if (cube.zoneSetCount !== zoneSetCount)
      throw new RangeError(`cubes of ${zoneSetCount} and ${cube.zoneSetCount} zone sets cannot be merged`);
  // Merging in pairs touches each row log₂(cubes) times instead of once per cube.
  while (level.length > 1) {
    const next: Cube[] = [];
    for (let i = 0; i < level.length; i += 2) next.push(mergePair(level[i], level[i + 1] ?? emptyCube(zoneSetCount)));
    level = next;
  }
  return level[0];
}

function mergePair(a: Cube, b: Cube): Cube {
  if (a.rowCount === 0) return b;
  if (b.rowCount === 0) return a;
  const zones: number[] = [];
  const landUse: number[] = [];
  const slopeBand: number[] = [];
  const intensity: number[] = [];
  const cause: number[] = [];
  const cells: number[] = [];
  const modulusThousandths: bigint[] = [];
  const setCount = a.zoneSetCount;
  let i = 0;
  let j = 0;
  while (i < a.rowCount || j < b.rowCount) {
    const order = i === a.rowCount ? 1 : j === b.rowCount ? -1 : compareRows(a, i, b, j);
    const [from, row] = order <= 0 ? [a, i] : [b, j];
    for (let set = 0; set < setCount; set++) zones.push(from.zones[row * setCount + set]);
    landUse.push(from.landUse[row]);
    slopeBand.push(from.slopeBand[row]);
    intensity.push(from.intensity[row]);
    cause.push(from.cause[row]);
    const count = order === 0 ? a.cells[i] + b.cells[j] : from.cells[row];
    const sum = order === 0 ? a.modulusThousandths[i] + b.modulusThousandths[j] : from.modulusThousandths[row];
    if (!Number.isSafeInteger(count) || sum > greatestSum)
      throw new RangeError('the sums of the cubes are too large to hold');
    cells.push(count);
    modulusThousandths.push(sum);
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return packCube(setCount, { zones, landUse, slopeBand, intensity, cause, cells, modulusThousandths });
}
