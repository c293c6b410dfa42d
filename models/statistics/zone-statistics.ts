import type { Bilingual } from '../parameters/confidence.ts';
import { cellsToSquareKilometres } from './area-units.ts';
import { sharePercent } from './change.ts';
import { checkTarget, conservationRatePercent, type TargetCheck } from './conservation-rate.ts';
import type { LandAreaSource } from './land-area.ts';
import { type AreaGroup, emptyAreaGroup, findZone, groupAreas, type RegionFigures } from './region-figures.ts';
import { type Tally, tallyCells, tallyValidCells } from './tally.ts';
import { unassignedName, type Zone, type ZoneSet } from './zones.ts';

/** `warn`: more than 1 % uncovered; `refuse`: more than 5 %, or no cells at all, and no rate is given. */
export type CoverageStatus = 'ok' | 'warn' | 'refuse';

/** Statistics of the region or of one zone. Areas in km², shares in percent, unrounded. */
export interface ZoneStatistics {
  /** Zone indices from the outermost level inwards; empty for the region. 0 = in no zone of that level. */
  readonly path: readonly number[];
  /** Path of the parent; undefined for the region. */
  readonly parent: readonly number[] | undefined;
  /** 0 for the region, 1 for the zones of the first level, … */
  readonly level: number;
  readonly zoneSet: string | undefined;
  readonly code: string;
  readonly name: Bilingual;
  readonly tally: Tally;
  /** Area of all cells of the zone by the grid, with or without a class. */
  readonly pixelArea: number;
  /** 土地总面积, the denominator of the rate: 微度 and eroded area together. */
  readonly landArea: number;
  readonly landAreaSource: LandAreaSource;
  readonly officialArea: number | undefined;
  /** What class areas were multiplied with; undefined where counties of different factors meet. */
  readonly areaFactor: number | undefined;
  /** What was added to 微度 to reach the official area. */
  readonly residualArea: number;
  /** By intensity class 1–6; entry 0 is the uncovered area. */
  readonly classAreas: Float64Array;
  /** 水土流失面积: classes 2–6. */
  readonly erodedArea: number;
  /** 微度 in percent of the land area. */
  readonly microShare: number | undefined;
  /** Eroded area in percent of the land area. */
  readonly erodedShare: number | undefined;
  /** Classes 2–6 in percent of the eroded area (entry 0 = class 2); undefined, printed as a dash, without eroded area. */
  readonly classShares: readonly (number | undefined)[];
  /** 平均侵蚀模数, t/(km²·a), over the cells with a class. */
  readonly meanModulus: number | undefined;
  /** 土壤流失量, t/a. */
  readonly soilLossTonnes: number;
  /** 未覆盖面积: cells of the area of interest without a class. */
  readonly uncoveredArea: number;
  readonly uncoveredPercent: number;
  readonly coverage: CoverageStatus;
  /** 水土保持率, percent; undefined when refused. */
  readonly conservationRate: number | undefined;
  readonly target: TargetCheck | undefined;
}

/**
 * Rows for the region, then its zones depth first, by zone index with the unassigned rest last.
 *
 * `levels` are positions of zone sets from the outermost inwards, such as county, township. A township that crosses a county
 * border gives one row in each county, and what no township holds gives a row of its own: children always add up to their parent.
 * Zones of the first level without any cell are listed too.
 */
export function zoneStatistics(figures: RegionFigures, levels: readonly number[] = [0]): ZoneStatistics[] {
  const { cube, options } = figures;
  const rows: ZoneStatistics[] = [];
  for (let level = 0; level <= levels.length; level++) {
    const groups = groupAreas(figures, (row) =>
      levels
        .slice(0, level)
        .map((set) => cube.zones[row * cube.zoneSetCount + set])
        .join('/'),
    );
    if (level === 0 && groups.size === 0) groups.set('', emptyAreaGroup());
    if (level === 1)
      for (const zone of options.zoneSets[levels[0]].zones)
        if (!groups.has(String(zone.index))) groups.set(String(zone.index), emptyAreaGroup());
    for (const [key, group] of groups)
      rows.push(describeZone(figures, levels, key === '' ? [] : key.split('/').map(Number), group));
  }
  return rows.sort((a, b) => comparePaths(a.path, b.path));
}

function describeZone(
  figures: RegionFigures,
  levels: readonly number[],
  path: readonly number[],
  group: AreaGroup,
): ZoneStatistics {
  const { options, weights } = figures;
  const { tally, areas, counties } = group;
  const level = path.length;
  const set = level === 0 ? undefined : options.zoneSets[levels[level - 1]];
  const zone = set && findZone(set, path[level - 1]);
  const cells = tallyCells(tally);
  const pixelArea = cellsToSquareKilometres(cells, options.cellSizeMetres);
  const { classAreas } = areas;
  const erodedArea = classAreas.slice(2).reduce((sum, area) => sum + area, 0);
  const landArea = classAreas[1] + erodedArea;
  const own = [...counties].map((county) => weights.get(county)!);
  const officialArea = officialAreaOf(figures, levels, path);
  const uncoveredPercent = sharePercent(tally.classCells[0], cells) ?? 100;
  const missingPercent = officialArea === undefined ? 0 : (1 - pixelArea / officialArea) * 100;
  const gap = Math.max(uncoveredPercent, missingPercent);
  const refuse = gap > (options.uncoveredRefusePercent ?? 5) || !(landArea > 0);
  const coverage = refuse ? 'refuse' : gap > (options.uncoveredWarnPercent ?? 1) ? 'warn' : 'ok';
  const conservationRate = refuse ? undefined : conservationRatePercent(landArea, erodedArea);
  const targetPercent = level === 0 ? options.regionTargetRatePercent : zone?.targetRatePercent;
  const sources = new Set(own.map((weight) => weight.source));
  const factors = new Set(own.map((weight) => weight.factor));
  const meanModulus = Number(tally.modulusThousandths) / 1000 / tallyValidCells(tally);
  return {
    path,
    parent: level === 0 ? undefined : path.slice(0, -1),
    level,
    zoneSet: set?.id,
    code: zoneCode(figures, zone, path),
    name: zoneName(options.regionName, set, zone, path),
    tally,
    pixelArea,
    landArea,
    landAreaSource: sources.size === 2 ? 'mixed' : ([...sources][0] ?? 'pixels'),
    officialArea,
    areaFactor: factors.size === 1 ? own[0].factor : undefined,
    residualArea: areas.residualArea,
    classAreas,
    erodedArea,
    microShare: sharePercent(classAreas[1], landArea),
    erodedShare: sharePercent(erodedArea, landArea),
    classShares: Array.from(classAreas.slice(2), (area) => sharePercent(area, erodedArea)),
    meanModulus: Number.isNaN(meanModulus) ? undefined : meanModulus,
    soilLossTonnes: areas.soilLossTonnes,
    uncoveredArea: classAreas[0],
    uncoveredPercent,
    coverage,
    conservationRate,
    target:
      conservationRate === undefined || targetPercent === undefined
        ? undefined
        : checkTarget(conservationRate, targetPercent, landArea),
  };
}

/** Official area of the region (when every zone of the first set has one) or of one of those zones; others have none. */
function officialAreaOf(
  { options }: RegionFigures,
  levels: readonly number[],
  path: readonly number[],
): number | undefined {
  const first = options.zoneSets[0];
  if (path.length === 1 && levels[0] === 0) return findZone(first, path[0])?.officialAreaSquareKilometres;
  if (path.length > 0) return undefined;
  let sum: number | undefined = 0;
  for (const zone of first.zones)
    sum =
      sum === undefined || zone.officialAreaSquareKilometres === undefined
        ? undefined
        : sum + zone.officialAreaSquareKilometres;
  return sum || undefined;
}

function zoneCode({ options }: RegionFigures, zone: Zone | undefined, path: readonly number[]): string {
  if (path.length === 0) return options.regionCode ?? '';
  const index = path[path.length - 1];
  return zone?.code ?? (index === 0 ? '' : String(index));
}

function zoneName(
  regionName: Bilingual,
  set: ZoneSet | undefined,
  zone: Zone | undefined,
  path: readonly number[],
): Bilingual {
  if (set === undefined) return regionName;
  if (zone !== undefined) return zone.name;
  const index = path[path.length - 1];
  if (index !== 0) return { zh: `${set.name.zh}${index}`, en: `${set.name.en} ${index}` };
  return unassignedName(set.name);
}

function comparePaths(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++)
    if (a[i] !== b[i]) return (a[i] || Number.POSITIVE_INFINITY) - (b[i] || Number.POSITIVE_INFINITY);
  return a.length - b.length;
}
