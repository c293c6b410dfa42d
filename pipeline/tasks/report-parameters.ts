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

/** Everything that determines the report of a run, besides the content of its inputs. */
export interface ReportParameters {
  readonly grid: GridSpec;
  readonly name: string;
  readonly region: Text;
  readonly year: number;
  readonly model: string;
  readonly zoneSets: readonly { readonly id: string; readonly name: Text }[];
  /** Positions of the zone sets that nest, outermost first. */
  readonly administrativeLevels: readonly number[];
  readonly landAreaRule: LandAreaRule;
  readonly unverified: readonly UnverifiedParameter[];
  readonly language: Language;
  readonly outputs: { readonly tables: readonly ('csv' | 'xlsx')[]; readonly map: boolean; readonly chart: boolean };
}
