/** Every error code of the erosion science. A code keeps its meaning for good; a retired one is never given a new meaning. */
export const erosionErrorCodes = [
  'array-length',
  'calendar',
  'parameter-unknown',
  'parameter-value',
  'method-unknown',
  'understorey-cover-required',
  'cover-range',
  'tolerance-range',
  'soil-texture',
  'half-month-weights',
] as const;

export type ErosionErrorCode = (typeof erosionErrorCodes)[number];

/**
 * A request the science cannot answer: arrays that do not fit, a parameter outside its meaning, a formula without its input.
 * Never thrown for a single cell; missing data inside a raster is NaN. Trying again does not help.
 */
export class ErosionError extends Error {
  readonly code: ErosionErrorCode;
  readonly retryable = false;
  /** The values concerned: what was received, what was expected. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: ErosionErrorCode, message: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'ErosionError';
    this.code = code;
    this.fields = fields;
  }
}

/** Checks that arrays cover the same cells. @throws ErosionError `array-length` naming the odd one. */
export function requireSameLength(
  length: number,
  arrays: Readonly<Record<string, { readonly length: number } | undefined>>,
) {
  for (const [name, array] of Object.entries(arrays))
    if (array !== undefined && array.length !== length)
      throw new ErosionError('array-length', `${name}: expected ${length} cells, got ${array.length}`, {
        name,
        expected: length,
        received: array.length,
      });
}
