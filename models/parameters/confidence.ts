/** A name or sentence in Chinese and English. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/**
 * How well a value is known: read in a source; recalled from professional memory; recalled with doubt or contradicted between
 * sources; a choice of this product.
 */
export type Confidence = 'seen' | 'recalled' | 'uncertain' | 'design';

/** What every row of an official table carries beside its value. Dates are `YYYY-MM-DD`; null means open. */
export interface ParameterFacts {
  readonly name: Bilingual;
  readonly source: string;
  readonly confidence: Confidence;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** A row of an official table. A null value must be supplied by the user before the row can be used. */
export interface ParameterRow<Value = number> extends ParameterFacts {
  readonly value: Value | null;
}

/** A row addressed by a code. */
export interface CodedRow<Value = number, Code = string> extends ParameterRow<Value> {
  readonly code: Code;
}

/** The remark every output shows beside a value that still has to be verified. */
export const unverifiedParameter: Bilingual = { zh: '参数待核', en: 'parameter to be verified' };

/** True when the value must be shown as {@link unverifiedParameter}: it is doubtful, or there is none. */
export function isUncertain(row: { readonly confidence: Confidence; readonly value?: unknown }): boolean {
  return row.confidence === 'uncertain' || row.value === null;
}

/** The remark for a row, or undefined when the row needs none. */
export function confidenceRemark(row: {
  readonly confidence: Confidence;
  readonly value?: unknown;
}): Bilingual | undefined {
  return isUncertain(row) ? unverifiedParameter : undefined;
}

/** True when a row is in force on a day `YYYY-MM-DD`; both ends belong to the period. */
export function validOn(row: Pick<ParameterFacts, 'validFrom' | 'validTo'>, day: string): boolean {
  return (row.validFrom === null || row.validFrom <= day) && (row.validTo === null || day <= row.validTo);
}
