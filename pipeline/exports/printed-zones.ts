import type { Report } from '../../models/statistics/tables/report-tables.ts';
import { dash } from '../../models/statistics/tables/table.ts';
import type { ZoneStatistics } from '../../models/statistics/zone-statistics.ts';

/** The region or a county with the digits that table 1 prints for it; every figure and sentence quotes these. */
export interface PrintedZone {
  readonly statistics: ZoneStatistics;
  /** km². */
  readonly landArea: string;
  readonly erodedArea: string;
  readonly uncoveredArea: string;
  /** Percent of the land area; undefined where table 1 has a dash. */
  readonly erodedShare: string | undefined;
  /** By intensity class code 1–6 (entry 0 unused), km². */
  readonly classAreas: readonly string[];
  /** 微度 in percent of the land area, the classes 2–6 in percent of the eroded area; undefined where table 1 has a dash. */
  readonly classShares: readonly (string | undefined)[];
  /** 水土保持率, percent; undefined when refused. */
  readonly conservationRate: string | undefined;
}

/** Region and first administrative level of a report, in the order of table 1: the region first. */
export function printedZones(report: Report): PrintedZone[] {
  const [table] = report.tables;
  const columns = new Map(table.columns.map(({ id }, index) => [id, index]));
  return report.administrative.flatMap((statistics, row): PrintedZone[] => {
    if (statistics.level > 1) return [];
    const { printed } = table.rows[row];
    const text = (id: string) => printed[columns.get(id)!];
    const number = (id: string) => (text(id) === dash ? undefined : text(id));
    return [
      {
        statistics,
        landArea: text('land-area'),
        erodedArea: text('eroded-area'),
        uncoveredArea: text('uncovered-area'),
        erodedShare: number('eroded-share'),
        classAreas: ['', text('micro-area'), ...[2, 3, 4, 5, 6].map((code) => text(`class-${code}-area`))],
        classShares: [
          undefined,
          number('micro-share'),
          ...[2, 3, 4, 5, 6].map((code) => number(`class-${code}-share`)),
        ],
        conservationRate: number('conservation-rate'),
      },
    ];
  });
}
