import type { Report } from '../../models/statistics/tables/report-tables.ts';
import type { ZoneStatistics } from '../../models/statistics/zone-statistics.ts';

/** One figure of one zone, unrounded. */
export interface StatisticsFigure {
  readonly zoneSet: string;
  readonly zoneCode: string;
  readonly measure: string;
  readonly value: number;
}

/** All figures of a report, unrounded, for look-up and for other programs; what cannot be given is left out. */
export function statisticsRows(report: Report): StatisticsFigure[] {
  const zones = [...report.administrative, ...report.others.flatMap(({ zones: each }) => each.filter(isZone))];
  return zones.flatMap((zone) =>
    Object.entries(measures(zone)).flatMap(([measure, value]) =>
      value === undefined
        ? []
        : [{ zoneSet: zone.zoneSet ?? 'region', zoneCode: pathCode(report, zone), measure, value }],
    ),
  );
}

const isZone = ({ level }: ZoneStatistics): boolean => level > 0;

/** A township that crosses a county border is one zone in each, told apart by the codes of its parents. */
function pathCode(report: Report, zone: ZoneStatistics): string {
  const parent = report.administrative.find(
    ({ level, path }) => level === zone.level - 1 && path.every((index, at) => index === zone.path[at]),
  );
  return zone.level < 2 || !parent ? zone.code : `${pathCode(report, parent)}/${zone.code}`;
}

function measures(zone: ZoneStatistics): Readonly<Record<string, number | undefined>> {
  const names = ['uncovered', 'micro', 'light', 'moderate', 'strong', 'veryStrong', 'severe'];
  const areas = Object.fromEntries(names.map((name, code) => [`${name}AreaKm2`, zone.classAreas[code]]));
  return {
    landAreaKm2: zone.landArea,
    erodedAreaKm2: zone.erodedArea,
    ...areas,
    conservationRatePercent: zone.conservationRate,
    targetRatePercent: zone.target?.targetPercent,
    meanModulus: zone.meanModulus,
    soilLossTonnes: zone.soilLossTonnes,
    uncoveredPercent: zone.uncoveredPercent,
  };
}
