import type { TransitionCounts } from '../../models/disturbance/transitions.ts';
import type { CodeEntry } from '../tasks/code-tiles.ts';
import type { StatisticsFigure } from '../tasks/statistics-rows.ts';
import type { ChangeResults } from './change-results.ts';

/** Zone code of cells that lie in no zone of a set. */
const noZone = '';

/**
 * The unrounded figures of a comparison of two years, for the catalog, of every zone of every set. Measures:
 * `change.intensity.2-4` and `change.landUse.13-53`, cells of class 2 before and 4 now (0 = no data; every cell counts once,
 * so those of a layer add up to the cells of the grid); `change.modulus.total` and `change.modulus.S`, the change of the
 * modulus and the part of a factor, t/(km²·a) times cells, first set alone. Zones of one code add up.
 *
 * @param factors symbols of the factors the change was split into, in their order; empty when it was not
 */
export function changeFigures(
  { counts, zones }: Pick<ChangeResults, 'counts' | 'zones'>,
  factors: readonly string[],
): StatisticsFigure[] {
  const figures: StatisticsFigure[] = [];
  for (const [at, [zoneSet, entries]] of Object.entries(zones).entries()) {
    const codes = new Map(entries.map(({ index, code }: CodeEntry) => [index, code]));
    const codeOf = (zone: number): string => codes.get(zone) ?? noZone;
    for (const layer of ['intensity', 'landUse'] as const)
      figures.push(...transitionFigures(zoneSet, codeOf, `change.${layer}`, counts[layer][zoneSet]!));
    if (at > 0 || factors.length === 0) continue;
    for (const { zone, total, parts } of counts.decomposition)
      for (const [name, value] of [['total', total] as const, ...factors.map((f, i) => [f, parts[i]!] as const)])
        figures.push({ zoneSet, zoneCode: codeOf(zone), measure: `change.modulus.${name}`, value });
  }
  return addedUp(figures);
}

function addedUp(figures: readonly StatisticsFigure[]): StatisticsFigure[] {
  const sums = new Map<string, StatisticsFigure>();
  for (const figure of figures) {
    const key = JSON.stringify([figure.zoneSet, figure.zoneCode, figure.measure]);
    sums.set(key, { ...figure, value: figure.value + (sums.get(key)?.value ?? 0) });
  }
  return [...sums.values()];
}

const transitionFigures = (
  zoneSet: string,
  codeOf: (zone: number) => string,
  measure: string,
  { zone, from, to, cells }: TransitionCounts,
): StatisticsFigure[] =>
  Array.from(cells, (value, row) => ({
    zoneSet,
    zoneCode: codeOf(zone[row]!),
    measure: `${measure}.${from[row]}-${to[row]}`,
    value,
  }));
