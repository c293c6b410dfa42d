import type { DetectionRules, PatchKind } from './rules/detection-2024.ts';

/** Two years of the same cells. Codes 0 and moduli NaN mean no data. */
export interface TwoYears {
  readonly landUse: readonly [previous: Uint8Array, current: Uint8Array];
  /** Intensity classes 1–6. */
  readonly intensity: readonly [previous: Uint8Array, current: Uint8Array];
  /** t/(km²·a). */
  readonly modulus: readonly [previous: Float32Array, current: Float32Array];
  /**
   * Rainfall erosivity, MJ·mm/(hm²·h·a). When given, moduli are compared as if the later year had had the rain of the
   * earlier: a wet year disturbs no ground.
   */
  readonly erosivity?: readonly [previous: Float32Array, current: Float32Array];
}

export interface Detection {
  /** Place of the rule that holds in `rules.rules`, counted from 1; 0 = none. */
  readonly rule: Uint8Array;
  /** Cells that each prior filter took out although a rule held, in the order of the filters. */
  readonly filtered: readonly number[];
}

/** Kinds in the order of their values in the rasters that are labelled; 0 is no patch. */
export const patchKinds: readonly PatchKind[] = ['disturbed', 'built', 'bare', 'erosion'];

const codes = 256;

/**
 * Makes the function that finds disturbed cells. The first rule in the list that holds gives a cell its code; a prior filter takes it out again.
 *
 * Land-use conditions need a code in both years, conditions on erosion a class or modulus in both: a cell that lacks one is
 * never taken for disturbed.
 */
export function disturbanceDetector(rules: DetectionRules): (years: TwoYears) => Detection {
  const candidates = candidateTable(rules);
  const filters = filterTable(rules);
  return (years) => {
    const [before, now] = years.landUse;
    const rule = new Uint8Array(now.length);
    const filtered = rules.priorFilters.map(() => 0);
    for (let cell = 0; cell < now.length; cell++) {
      const pair = before[cell] * codes + now[cell];
      for (const at of candidates[pair]) {
        if (!erosionHolds(years, cell, rules.rules[at])) continue;
        const filter = filters[pair];
        if (filter === 0) rule[cell] = at + 1;
        else filtered[filter - 1]++;
        break;
      }
    }
    return { rule, filtered };
  };
}

/** Value of each rule in the raster that is labelled: its kind, counted from 1; entry 0 is no patch. */
export function kindOfRule({ rules }: DetectionRules): Uint8Array {
  return Uint8Array.from([0, ...rules.map(({ kind }) => patchKinds.indexOf(kind) + 1)]);
}

const allows = (list: readonly number[] | undefined, code: number): boolean =>
  list === undefined || list.includes(code);

/** Rules whose conditions on land use hold, for each pair of codes. */
function candidateTable({ rules }: DetectionRules): readonly (readonly number[])[] {
  const none: readonly number[] = [];
  const table = new Array<readonly number[]>(codes * codes).fill(none);
  for (let from = 1; from < codes; from++)
    for (let to = 1; to < codes; to++) {
      const held = rules.flatMap((rule, at) =>
        allows(rule.from, from) && !rule.fromNot?.includes(from) && allows(rule.to, to) ? [at] : [],
      );
      if (held.length > 0) table[from * codes + to] = held;
    }
  return table;
}

function filterTable({ priorFilters }: DetectionRules): Uint8Array {
  const table = new Uint8Array(codes * codes);
  for (let pair = 0; pair < table.length; pair++) {
    const [from, to] = [Math.floor(pair / codes), pair % codes];
    table[pair] = 1 + priorFilters.findIndex((filter) => allows(filter.from, from) && allows(filter.to, to));
  }
  return table;
}

function erosionHolds(
  { intensity, modulus, erosivity }: TwoYears,
  cell: number,
  { classRise, modulusRise }: DetectionRules['rules'][number],
): boolean {
  if (classRise !== undefined) {
    const [before, now] = [intensity[0][cell], intensity[1][cell]];
    if (before === 0 || now === 0 || now - before < classRise) return false;
  }
  if (modulusRise === undefined) return true;
  const atEqualRain = erosivity === undefined ? 1 : erosivity[0][cell] / erosivity[1][cell];
  // A missing modulus or erosivity makes the comparison false.
  return modulus[1][cell] * atEqualRain - modulus[0][cell] >= modulusRise;
}
