import type { GridSpec } from '../../models/grid/grid-spec.ts';
import type { LandAreaRule } from '../../models/statistics/land-area.ts';
import type { Language, Text } from '../messages/text.ts';

/** A parameter in use whose value has still to be verified; every output shows it. */
export interface UnverifiedParameter {
  readonly factor: string;
  readonly code: string;
  readonly value: number;
  readonly zh: string;
  readonly en: string;
}

/** What determines the figures of a region, its map and its chart, besides the content of their inputs. */
export interface RegionParameters {
  readonly grid: GridSpec;
  readonly region: Text;
  readonly year: number;
  /** The scenario that the figures are of; null for the run itself. */
  readonly edition: { readonly id: string; readonly name: Text } | null;
  readonly model: string;
  readonly zoneSets: readonly { readonly id: string; readonly name: Text }[];
  /** Positions of the zone sets that nest, outermost first. */
  readonly administrativeLevels: readonly number[];
  readonly landAreaRule: LandAreaRule;
  readonly language: Language;
}

/** The same for tables and summary. */
export interface ReportParameters extends RegionParameters {
  readonly unverified: readonly UnverifiedParameter[];
  readonly tables: readonly ('csv' | 'xlsx')[];
}

/** Name of the input of the report that tells of edge contamination, see `countContamination`. */
export const contaminationInput = 'edge-contamination';
