import { extname } from 'node:path';
import { closestName } from '../messages/closest-name.ts';
import { rasterEndings, runFileEndings, tableEndings, vectorEndings } from './file-endings.ts';

const allEndings: readonly string[] = [...rasterEndings, ...vectorEndings, ...tableEndings, ...runFileEndings];

/** Endings that may stand in place of one, the likeliest first: a layer comes as a raster or as polygons, not as a table. */
function endingsLike(ending: string): readonly string[] {
  const isOf = (endings: readonly string[]): boolean => endings.includes(ending);
  if (isOf(rasterEndings)) return [...rasterEndings, ...vectorEndings];
  if (isOf(vectorEndings)) return [...vectorEndings, ...rasterEndings];
  return [tableEndings, runFileEndings].find(isOf) ?? allEndings;
}

/**
 * The name that was meant by one that is not among those present; undefined when none is near. In turn: the same name in
 * other case; with one more ending, as systems hide them; with another ending of its family; spelt otherwise.
 */
export function nearestFile(name: string, present: readonly string[]): string | undefined {
  const ending = extname(name).toLowerCase();
  const stem = name.slice(0, name.length - ending.length);
  const byLowerCase = new Map(present.map((each) => [each.toLowerCase(), each]));
  const likely = [name, ...allEndings.map((each) => name + each), ...endingsLike(ending).map((each) => stem + each)];
  const found = likely.map((each) => byLowerCase.get(each.toLowerCase())).find((each) => each !== undefined);
  if (found !== undefined) return found;
  // Endings that agree make no two names alike.
  const stems = new Map(
    present
      .filter((each) => extname(each).toLowerCase() === ending)
      .map((each) => [each.slice(0, each.length - ending.length), each]),
  );
  const near = closestName(stem, [...stems.keys()]);
  return near === undefined ? undefined : stems.get(near);
}
