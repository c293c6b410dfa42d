/** Rings of an area in 16 bytes a vertex, which go from process to process and into a digest as they are. */
export interface PackedRings {
  /** x, y, x, y, … of all rings, one after the other. */
  readonly coordinates: Float64Array;
  /** Where each ring ends in `coordinates`. */
  readonly ends: readonly number[];
}

/** Packs rings one by one; those that would make more than `maximumNumbers` coordinates are left out. */
export class RingPacker {
  #coordinates = new Float64Array(1024);
  readonly #ends: number[] = [];
  readonly #maximumNumbers: number;

  constructor(maximumNumbers = Number.POSITIVE_INFINITY) {
    this.#maximumNumbers = maximumNumbers;
  }

  add(ring: ArrayLike<number>): void {
    const start = this.#ends.at(-1) ?? 0;
    const end = start + ring.length;
    if (end > this.#maximumNumbers) return;
    if (end > this.#coordinates.length) {
      const longer = new Float64Array(Math.max(end, this.#coordinates.length * 2));
      longer.set(this.#coordinates.subarray(0, start));
      this.#coordinates = longer;
    }
    this.#coordinates.set(ring, start);
    this.#ends.push(end);
  }

  /** The rings so far. */
  get rings(): PackedRings {
    return { coordinates: this.#coordinates.subarray(0, this.#ends.at(-1) ?? 0), ends: this.#ends };
  }
}

/** The same rings with every position replaced. */
export function mapRings(
  { coordinates, ends }: PackedRings,
  map: (x: number, y: number) => readonly [x: number, y: number],
): PackedRings {
  const out = new Float64Array(coordinates.length);
  for (let at = 0; at < out.length; at += 2) [out[at], out[at + 1]] = map(coordinates[at]!, coordinates[at + 1]!);
  return { coordinates: out, ends };
}
