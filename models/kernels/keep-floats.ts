/** Values that a raster may hold, after scale and offset. */
export interface ValidRange {
  readonly low: number;
  readonly high: number;
  readonly scale: number;
  readonly offset: number;
}

/**
 * Floats from here on mean "no data": writers spell it as the most negative float in many ways (-3.4e38, -3.4028235e38,
 * 1.7e38 …); nothing measured on land comes near.
 */
export const hugeFloat = 1e37;

/**
 * Puts NaN in the place of what is no value.
 * @param values floats as they are stored
 * @param nodata number that stands for "no data"; NaN where there is none
 * @param range values × scale + offset outside low … high are none either
 */
export function keepFloats(values: Float32Array, nodata: number, range: ValidRange): void {
  const { low, high, scale, offset } = range;
  const none = Math.fround(nodata);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const result = value * scale + offset;
    const isValue = result >= low && result <= high && value !== none && Math.abs(value) < hugeFloat;
    if (!isValue) values[i] = Number.NaN;
  }
}

/** Steps from −∞ to the floats above it in order, which is that of their bits but for those with a sign. */
const floatAt = (step: number): number => {
  word[0] = step < 2 ** 31 ? ~step : step - 2 ** 31;
  return float[0];
};
const word = new Uint32Array(1);
const float = new Float32Array(word.buffer);
const firstStep = 2 ** 23 - 1;
const lastStep = 2 ** 32 - 2 ** 23;

/** The first step at which something is true that stays true; one beyond the last where it never is. */
function firstWhere(isTrue: (value: number) => boolean): number {
  let [from, to] = [firstStep, lastStep + 1];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (isTrue(floatAt(middle))) to = middle;
    else from = middle + 1;
  }
  return from;
}

/**
 * The lowest and the highest float that {@link keepFloats} keeps of a range, so that each float is compared as it is; lowest
 * above highest where it keeps none.
 */
export function keptFloats({ low, high, scale, offset }: ValidRange): {
  readonly lowest: number;
  readonly highest: number;
} {
  const isRising = scale >= 0;
  // Rounding keeps the order of what it rounds, so one end is passed once and the other is passed once.
  const isPast = (value: number, end: number): boolean => {
    const result = value * scale + offset;
    return isRising ? result >= end : result <= end;
  };
  const isBeyond = (value: number, end: number): boolean => {
    const result = value * scale + offset;
    return isRising ? result > end : result < end;
  };
  const [start, stop] = isRising ? [low, high] : [high, low];
  const first = firstWhere((value) => value > -hugeFloat && isPast(value, start));
  const after = firstWhere((value) => value >= hugeFloat || isBeyond(value, stop));
  if (first > lastStep || after <= first)
    return { lowest: Number.POSITIVE_INFINITY, highest: Number.NEGATIVE_INFINITY };
  return { lowest: floatAt(first), highest: floatAt(after - 1) };
}
