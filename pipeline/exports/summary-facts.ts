import type { LandAreaSource } from '../../models/statistics/land-area.ts';
import { gapPercent } from '../../models/statistics/tables/notes.ts';
import type { Report } from '../../models/statistics/tables/report-tables.ts';
import type { ZoneStatistics } from '../../models/statistics/zone-statistics.ts';
import type { Text } from '../messages/text.ts';
import { type PrintedZone, printedZones } from './printed-zones.ts';

/** What a summary says beside the figures of the report. */
export interface SummaryContext {
  readonly year: number;
  /** Such as CSLE. */
  readonly model: string;
  /** Values in use that still have to be verified (参数待核). */
  readonly unverifiedParameters: number;
  /** Figures handed in for an earlier year, km² and percent; its rate is left out when it was refused. */
  readonly previous?: { readonly year: number; readonly erodedArea: number; readonly conservationRate?: number };
}

/** Difference to a target as it is put in words. */
export interface TargetFacts {
  readonly target: string;
  readonly met: boolean;
  /** Distance to the target in percentage points without a sign; undefined when it is not 0 but would print as 0.00. */
  readonly points: string | undefined;
  /** Eroded area still to go, km². */
  readonly gapArea: string;
}

/** A change since an earlier year: −1, 0 or 1, and the amounts without a sign. */
export interface ChangeFacts {
  readonly year: number;
  readonly area: { readonly sign: number; readonly amount: string; readonly percent: string | undefined };
  readonly rate: { readonly sign: number; readonly points: string } | undefined;
}

/** Everything the summary says, as digits; both languages put the same facts into words. */
export interface SummaryFacts {
  readonly context: SummaryContext;
  readonly region: PrintedZone;
  readonly counties: readonly PrintedZone[];
  readonly countyName: Text;
  readonly landAreaSource: LandAreaSource;
  readonly target: TargetFacts | undefined;
  readonly change: ChangeFacts | undefined;
  /** Share of the region's cells without a result, percent. */
  readonly uncoveredPercent: string;
  /** By how many percent the cells fall short of the official area, where that is the larger gap; undefined otherwise. */
  readonly outsideGridPercent: string | undefined;
  /** Counties with the highest and lowest rate; undefined with fewer than two rates. */
  readonly extremes: { readonly highest: PrintedZone; readonly lowest: PrintedZone } | undefined;
  /** Counties whose rate is refused, with the reason. */
  readonly refused: readonly { readonly zone: PrintedZone; readonly reason: RefusalReason }[];
  /** Why the region's rate is refused. */
  readonly refusal: RefusalReason | undefined;
}

/**
 * Why there is no rate: no valid cell at all; cells without a result (`uncovered`); or a grid that does not reach over the official
 * area (`outside-grid`). Percentages of the land, and the limit they are over.
 */
export type RefusalReason =
  | { readonly kind: 'empty' }
  | { readonly kind: 'uncovered' | 'outside-grid'; readonly percent: string; readonly limit: string };

/** Gathers the facts of a summary; digits are those of table 1, and differences to an earlier year are differences of printed digits. */
export function summaryFacts(report: Report, context: SummaryContext): SummaryFacts {
  const [region, ...counties] = printedZones(report);
  const { options } = report.figures;
  const limit = options.uncoveredRefusePercent ?? 5;
  const rated = counties
    .filter(({ conservationRate }) => conservationRate !== undefined)
    .sort((a, b) => b.statistics.conservationRate! - a.statistics.conservationRate!);
  return {
    context,
    region,
    counties,
    countyName: options.zoneSets[0].name,
    landAreaSource: region.statistics.landAreaSource,
    target: targetFacts(region.statistics),
    change: changeFacts(region, context),
    uncoveredPercent: region.statistics.uncoveredPercent.toFixed(2),
    outsideGridPercent: isOutsideGrid(region.statistics) ? gapPercent(region.statistics).toFixed(2) : undefined,
    extremes: rated.length > 1 ? { highest: rated[0], lowest: rated[rated.length - 1] } : undefined,
    refused: counties
      .filter(({ conservationRate }) => conservationRate === undefined)
      .map((zone) => ({ zone, reason: refusalReason(zone.statistics, limit) })),
    refusal: region.conservationRate === undefined ? refusalReason(region.statistics, limit) : undefined,
  };
}

function refusalReason(zone: ZoneStatistics, limit: number): RefusalReason {
  if (!(zone.landArea > 0)) return { kind: 'empty' };
  const kind = isOutsideGrid(zone) ? 'outside-grid' : 'uncovered';
  return { kind, percent: gapPercent(zone).toFixed(2), limit: String(limit) };
}

/** True when the official area reaches farther beyond the cells than cells are uncovered, by more than rounding of areas. */
const isOutsideGrid = (zone: ZoneStatistics): boolean =>
  gapPercent(zone) > zone.uncoveredPercent && gapPercent(zone) >= 1;

function targetFacts({ target }: ZoneStatistics): TargetFacts | undefined {
  if (target === undefined) return undefined;
  const points = Math.abs(target.gapPoints).toFixed(2);
  return {
    target: target.targetPercent.toFixed(2),
    met: target.met,
    points: points === '0.00' && target.gapPoints !== 0 ? undefined : points,
    gapArea: target.gapArea.toFixed(2),
  };
}

function changeFacts(region: PrintedZone, { previous }: SummaryContext): ChangeFacts | undefined {
  if (previous === undefined) return undefined;
  const area = Math.round((Number(region.erodedArea) - previous.erodedArea) * 100) / 100;
  const rate =
    previous.conservationRate === undefined || region.conservationRate === undefined
      ? undefined
      : Math.round((Number(region.conservationRate) - previous.conservationRate) * 100) / 100;
  return {
    year: previous.year,
    area: {
      sign: Math.sign(area),
      amount: Math.abs(area).toFixed(2),
      percent: previous.erodedArea > 0 ? ((Math.abs(area) / previous.erodedArea) * 100).toFixed(2) : undefined,
    },
    rate: rate === undefined ? undefined : { sign: Math.sign(rate), points: Math.abs(rate).toFixed(2) },
  };
}
