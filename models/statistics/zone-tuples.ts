/** Numbers the zone tuples that occur, in order of appearance. */
export class ZoneTuples {
  readonly tuples: Uint32Array[] = [];
  private readonly steps: Map<number, number>[];
  private readonly numbers: number[];

  constructor(setCount: number) {
    this.steps = Array.from({ length: setCount }, () => new Map<number, number>());
    this.numbers = new Array<number>(setCount).fill(0);
  }

  indexOf(zones: Uint32Array): number {
    if (zones.length === 0) {
      if (this.tuples.length === 0) this.tuples.push(new Uint32Array(0));
      return 0;
    }
    // Prefix number and next zone fit one exact double: 2^32 zones times 2^21 prefixes.
    let prefix = 0;
    for (let set = 0; set < zones.length; set++) {
      const key = prefix * 2 ** 32 + zones[set];
      let next = this.steps[set].get(key);
      if (next === undefined) {
        next = this.numbers[set]++;
        this.steps[set].set(key, next);
        if (set === zones.length - 1) this.tuples.push(zones.slice());
      }
      prefix = next;
    }
    return prefix;
  }
}

/** Order of zone tuples, by the first zone that differs. */
export function compareTuples(a: Uint32Array, b: Uint32Array): number {
  for (let set = 0; set < a.length; set++) if (a[set] !== b[set]) return a[set] - b[set];
  return 0;
}
