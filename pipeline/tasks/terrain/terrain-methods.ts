import { exponentSteps } from '../../../models/factors/exponent-table.ts';
import type { CellFactorMethod } from '../../../models/factors/factor-method.ts';
import { factorMethod } from '../../../models/factors/registry.ts';
import {
  slopeSteepnessCsleBands,
  slopeSteepnessCsleDefaults,
} from '../../../models/factors/slope-steepness-csle-liu1994.ts';
import { slopeSteepnessMccool1987Bands } from '../../../models/factors/slope-steepness-mccool1987.ts';
import { slopeLengthExponentTable } from '../../../models/parameters/slope-length-exponents.ts';
import type { LengthFactorMethod } from '../../../models/terrain/length-factor-layer.ts';
import type { SlopeLengthRules, SlopeLengthVariant } from '../../../models/terrain/slope-length-van-remortel2004.ts';
import type { ExponentSteps } from '../../../models/terrain/stepped-length-factor.ts';
import type { TerrainOptions } from '../../../models/terrain/terrain.ts';
import type { JsonValue } from '../task.ts';

type MethodSettings = Readonly<Record<string, JsonValue>>;

/** Settings that decide where slope lengths begin anew. */
export interface BreakParameters {
  readonly variant: SlopeLengthVariant;
  readonly gentleCutOff: number;
  readonly steepCutOff: number;
}

/** Settings that decide slope lengths before any cap. */
export interface SlopeLengthParameters extends BreakParameters {
  readonly channelAreaSquareMetres: number;
}

/** Settings of slope length, L and S, as they stand in a plan. */
export interface TerrainParameters extends SlopeLengthParameters {
  readonly steepness: { readonly method: string; readonly settings: MethodSettings };
  readonly length: { readonly method: string; readonly settings: MethodSettings };
  readonly maxSlopeLengthMetres: number | null;
}

/** Break settings as slope lengths take them. */
export function slopeLengthRules({ variant, gentleCutOff, steepCutOff }: BreakParameters): SlopeLengthRules {
  return { variant, gentleCutOff, steepCutOff };
}

/** Terrain settings with the formulas that their names stand for. */
export function terrainOptions(parameters: TerrainParameters): TerrainOptions {
  const steepness = factorMethod('slopeSteepness', parameters.steepness.method) as CellFactorMethod;
  return {
    ...lengthSettings(parameters),
    steepnessFactor: steepness.prepare(parameters.steepness.settings),
    ...sineBands(parameters.steepness),
    lengthFactor: lengthFactorMethod(parameters),
    ...(parameters.maxSlopeLengthMetres === null ? {} : { maxSlopeLengthMetres: parameters.maxSlopeLengthMetres }),
  };
}

/** The distances or areas a slope-length method reads decide which raster pass feeds it. */
export function lengthFactorMethod({ length }: Pick<TerrainParameters, 'length'>): LengthFactorMethod {
  const method = factorMethod('slopeLength', length.method) as CellFactorMethod;
  const formula = method.prepare(length.settings);
  const [first] = method.inputs;
  if (first?.name === 'inletMetres') return { kind: 'segment', formula, ...segmentSteps(method, length.settings) };
  if (first?.name === 'inletAreaSquareMetres') return { kind: 'area', formula };
  return { kind: 'whole', formula };
}

function lengthSettings({ variant, gentleCutOff, steepCutOff, channelAreaSquareMetres }: SlopeLengthParameters) {
  return { slopeLengthVariant: variant, gentleCutOff, steepCutOff, channelAreaSquareMetres };
}

/** What compiled kernels can be told of an S formula. */
function sineBands({ method, settings }: TerrainParameters['steepness']): Pick<TerrainOptions, 'steepnessBands'> {
  if (method === 'csle-liu1994')
    return { steepnessBands: slopeSteepnessCsleBands({ ...slopeSteepnessCsleDefaults, ...settings }) };
  if (method === 'mccool1987' && (settings.branch ?? 'common') === 'common') {
    const maxSlopeDegrees = (settings.maxSlopeDegrees ?? null) as number | null;
    return { steepnessBands: { bands: slopeSteepnessMccool1987Bands, maxSlopeDegrees } };
  }
  return {};
}

/** What compiled kernels can be told of the segment formula. */
function segmentSteps({ defaults }: CellFactorMethod, settings: MethodSettings): { steps?: ExponentSteps } {
  const { exponent, maxLengthMetres } = { ...defaults, ...settings } as {
    exponent: string;
    maxLengthMetres: number | null;
  };
  const table = slopeLengthExponentTable(exponent);
  return table === undefined ? {} : { steps: { ...exponentSteps(table), maxLengthMetres } };
}
