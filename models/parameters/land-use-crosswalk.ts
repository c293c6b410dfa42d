import type { Bilingual, Confidence } from './confidence.ts';
import type { LandUseCode } from './land-use-classes.ts';

/** How one class of another legend becomes a class of the monitoring. */
export interface CrosswalkRow {
  /** Code of the other legend; text keeps leading zeros. */
  readonly from: string;
  readonly name: Bilingual;
  readonly to: LandUseCode;
  /** Other classes the same code may mean on the ground; empty where the translation is clear. */
  readonly alternatives: readonly LandUseCode[];
}

/**
 * A translation of another land-use legend into the 25 classes. All of them are choices of this product, to be confirmed by the
 * user. A code that is not listed has no class.
 */
export interface LandUseCrosswalk {
  readonly id: string;
  readonly name: Bilingual;
  readonly source: string;
  readonly confidence: Confidence;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly rows: readonly CrosswalkRow[];
}

/** Class of each raster code of a legend; codes such as `0101` are numbers there (101). */
export function crosswalkCodes(crosswalk: LandUseCrosswalk): ReadonlyMap<number, LandUseCode> {
  return new Map(crosswalk.rows.map(({ from, to }) => [Number(from), to]));
}
