import { mergeDecompositions, type ZoneDecomposition } from '../../../models/disturbance/factor-decomposition.ts';
import { mergeTransitions, type TransitionCounts } from '../../../models/disturbance/transitions.ts';

/** Change of some cells, as counts that add up. */
export interface ChangeCounts {
  /** Transitions of the intensity classes, by zone set. */
  readonly intensity: Readonly<Record<string, TransitionCounts>>;
  /** Transitions of the land-use codes, by zone set. */
  readonly landUse: Readonly<Record<string, TransitionCounts>>;
  /** What each factor did, per zone of the first set; empty without factor rasters. */
  readonly decomposition: readonly ZoneDecomposition[];
  /** Cells each prior filter took out. */
  readonly filtered: readonly number[];
}

/** Adds up counts of windows; their order does not matter. */
export function mergeChangeCounts(parts: readonly ChangeCounts[]): ChangeCounts {
  const sets = Object.keys(parts[0]?.intensity ?? {});
  const merged = (name: 'intensity' | 'landUse') =>
    Object.fromEntries(sets.map((set) => [set, mergeTransitions(parts.map((part) => part[name][set]!))]));
  return {
    intensity: merged('intensity'),
    landUse: merged('landUse'),
    decomposition: mergeDecompositions(parts.map((part) => part.decomposition)),
    filtered: (parts[0]?.filtered ?? []).map((_, at) => parts.reduce((sum, part) => sum + part.filtered[at]!, 0)),
  };
}

/** The same bytes for equal counts. */
export function encodeChangeCounts(counts: ChangeCounts): Uint8Array {
  return Buffer.from(
    JSON.stringify(counts, (_, value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as never) : value)),
  );
}

export function decodeChangeCounts(bytes: Uint8Array): ChangeCounts {
  type Plain = Record<string, { zone: number[]; from: number[]; to: number[]; cells: number[] }>;
  const plain = JSON.parse(Buffer.from(bytes).toString()) as Omit<ChangeCounts, 'intensity' | 'landUse'> & {
    intensity: Plain;
    landUse: Plain;
  };
  const typed = (sets: Plain): Record<string, TransitionCounts> =>
    Object.fromEntries(
      Object.entries(sets).map(([set, { zone, from, to, cells }]) => [
        set,
        {
          zone: Uint32Array.from(zone),
          from: Uint8Array.from(from),
          to: Uint8Array.from(to),
          cells: Float64Array.from(cells),
        },
      ]),
    );
  return { ...plain, intensity: typed(plain.intensity), landUse: typed(plain.landUse) };
}
