import { outOfReach } from '../grid/distance-transform.ts';
import { forbiddenCroplandDegrees } from '../parameters/slope-bands.ts';

/** Layers a patch is described by; all of the same window. */
export interface TallyLayers {
  /** Place of the rule that found the cell, from 1. */
  readonly rule: Uint8Array;
  readonly landUse: readonly [previous: Uint8Array, current: Uint8Array];
  readonly intensity: readonly [previous: Uint8Array, current: Uint8Array];
  readonly modulus: readonly [previous: Float32Array, current: Float32Array];
  readonly slopeDegrees: Float32Array;
  /** Zone of each cell of the first zone set (counties); 0 = none. */
  readonly county: Uint16Array;
  /** Squared distance to the nearest water, cells²; `outOfReach` where there is none near. */
  readonly waterSquared: Uint32Array;
}

/** A count per code, ascending by code. */
export type CodeCounts = readonly (readonly [code: number, cells: number])[];

/** What the cells of a patch add up to. All numbers are whole, so tallies of tiles add up exactly. */
export interface PatchTally {
  readonly cells: number;
  readonly rules: CodeCounts;
  /** Land use before × 256 + land use now. */
  readonly landUse: CodeCounts;
  /** Intensity before × 256 + intensity now; 0 = no data. */
  readonly intensity: CodeCounts;
  readonly counties: CodeCounts;
  /** Sum of slopes, thousandths of a degree. */
  readonly slopeThousandths: number;
  readonly slopeCells: number;
  /** Cells steeper than 25°. */
  readonly steepCells: number;
  /** Least squared distance of a cell to water, cells²; `outOfReach` where there is none near. */
  readonly waterSquared: number;
  /** Sum of the moduli, thousandths of t/(km²·a), and cells that have one, before and now. */
  readonly modulusThousandths: readonly [previous: number, current: number];
  readonly modulusCells: readonly [previous: number, current: number];
}

/** Strictly steeper than this is steep: no crops may be planted there. */
const steepDegrees = forbiddenCroplandDegrees.value;

interface Sums {
  cells: number;
  rules: Map<number, number>;
  landUse: Map<number, number>;
  intensity: Map<number, number>;
  counties: Map<number, number>;
  slopeThousandths: number;
  slopeCells: number;
  steepCells: number;
  waterSquared: number;
  modulusThousandths: [number, number];
  modulusCells: [number, number];
}

const emptySums = (): Sums => ({
  cells: 0,
  rules: new Map(),
  landUse: new Map(),
  intensity: new Map(),
  counties: new Map(),
  slopeThousandths: 0,
  slopeCells: 0,
  steepCells: 0,
  waterSquared: outOfReach,
  modulusThousandths: [0, 0],
  modulusCells: [0, 0],
});

const add = (counts: Map<number, number>, code: number, cells = 1): void => {
  counts.set(code, (counts.get(code) ?? 0) + cells);
};

/** Tallies of all patches of a window, by label. */
export function tallyPatches(labels: Uint32Array, layers: TallyLayers): Map<number, PatchTally> {
  const byLabel = new Map<number, Sums>();
  for (let cell = 0; cell < labels.length; cell++) {
    if (labels[cell] === 0) continue;
    let sums = byLabel.get(labels[cell]);
    if (sums === undefined) byLabel.set(labels[cell], (sums = emptySums()));
    sums.cells++;
    add(sums.rules, layers.rule[cell]);
    add(sums.landUse, layers.landUse[0][cell] * 256 + layers.landUse[1][cell]);
    add(sums.intensity, layers.intensity[0][cell] * 256 + layers.intensity[1][cell]);
    add(sums.counties, layers.county[cell]);
    const slope = layers.slopeDegrees[cell];
    if (!Number.isNaN(slope)) {
      sums.slopeThousandths += Math.round(slope * 1000);
      sums.slopeCells++;
      if (slope > steepDegrees) sums.steepCells++;
    }
    sums.waterSquared = Math.min(sums.waterSquared, layers.waterSquared[cell]);
    for (const year of [0, 1] as const) {
      const modulus = layers.modulus[year][cell];
      if (Number.isNaN(modulus)) continue;
      sums.modulusThousandths[year] += Math.round(modulus * 1000);
      sums.modulusCells[year]++;
    }
  }
  return new Map([...byLabel].map(([label, sums]) => [label, tallyOf(sums)]));
}

/** The tally of a patch that several windows hold. */
export function mergeTallies(parts: readonly PatchTally[]): PatchTally {
  const sums = emptySums();
  for (const part of parts) {
    for (const name of ['cells', 'slopeThousandths', 'slopeCells', 'steepCells'] as const) sums[name] += part[name];
    sums.waterSquared = Math.min(sums.waterSquared, part.waterSquared);
    for (const name of ['rules', 'landUse', 'intensity', 'counties'] as const)
      for (const [code, cells] of part[name]) add(sums[name], code, cells);
    for (const name of ['modulusThousandths', 'modulusCells'] as const)
      for (const year of [0, 1] as const) sums[name][year] += part[name][year];
  }
  return tallyOf(sums);
}

function tallyOf(sums: Sums): PatchTally {
  const sorted = (counts: Map<number, number>): CodeCounts => [...counts].sort(([a], [b]) => a - b);
  return {
    ...sums,
    rules: sorted(sums.rules),
    landUse: sorted(sums.landUse),
    intensity: sorted(sums.intensity),
    counties: sorted(sums.counties),
  };
}

/** Codes by falling share; ties by code. */
export function ranked(counts: CodeCounts): CodeCounts {
  return [...counts].sort(([a, cellsA], [b, cellsB]) => cellsB - cellsA || a - b);
}
