import type { CellFactorMethod } from '../../../models/factors/factor-method.ts';
import { factorMethod } from '../../../models/factors/registry.ts';
import { type ExponentParameters, slopeLengthExponentSteps } from '../../../models/factors/slope-length-exponent.ts';
import {
  slopeSteepnessCsleBands,
  slopeSteepnessCsleDefaults,
} from '../../../models/factors/slope-steepness-csle-liu1994.ts';
import { slopeSteepnessMccool1987Bands } from '../../../models/factors/slope-steepness-mccool1987.ts';
import { slopeSteepnessNearing1997Logistic } from '../../../models/factors/slope-steepness-nearing1997.ts';
import { slopeSteepnessUsle1978Bands } from '../../../models/factors/slope-steepness-usle1978.ts';
import type { LengthFactorMethod } from '../../../models/terrain/length-factor-layer.ts';
import type { SingleLengthFactor } from '../../../models/terrain/single-length-factor.ts';
import type { SingleSteepness } from '../../../models/terrain/single-steepness.ts';
import type { SlopeLengthRules, SlopeLengthVariant } from '../../../models/terrain/slope-length-van-remortel2004.ts';
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
    ...singleSteepness(parameters.steepness),
    lengthFactor: lengthFactorMethod(parameters),
    ...(parameters.maxSlopeLengthMetres === null ? {} : { maxSlopeLengthMetres: parameters.maxSlopeLengthMetres }),
  };
}

/** The distances or areas a slope-length method reads decide which raster pass feeds it. */
export function lengthFactorMethod({ length }: Pick<TerrainParameters, 'length'>): LengthFactorMethod {
  const method = factorMethod('slopeLength', length.method) as CellFactorMethod;
  const formula = method.prepare(length.settings);
  const single = singleLengthFactor(method, length.settings);
  const [first] = method.inputs;
  if (first?.name === 'inletMetres') return { kind: 'segment', formula, single };
  if (first?.name === 'inletAreaSquareMetres') return { kind: 'area', formula, single };
  return { kind: 'whole', formula, single };
}

function lengthSettings({ variant, gentleCutOff, steepCutOff, channelAreaSquareMetres }: SlopeLengthParameters) {
  return { slopeLengthVariant: variant, gentleCutOff, steepCutOff, channelAreaSquareMetres };
}

/** What single precision, and compiled kernels, can be told of an S formula. */
function singleSteepness({
  method,
  settings,
}: TerrainParameters['steepness']): Pick<TerrainOptions, 'singleSteepness'> {
  const account = steepnessAccount(method, settings);
  return account === undefined ? {} : { singleSteepness: account };
}

function steepnessAccount(method: string, settings: MethodSettings): SingleSteepness | undefined {
  switch (method) {
    case 'csle-liu1994':
      return slopeSteepnessCsleBands({ ...slopeSteepnessCsleDefaults, ...settings });
    case 'mccool1987': {
      if ((settings.branch ?? 'common') !== 'common') return undefined;
      const maxSlopeDegrees = (settings.maxSlopeDegrees ?? null) as number | null;
      return { kind: 'bands', bands: slopeSteepnessMccool1987Bands, maxSlopeDegrees };
    }
    case 'nearing1997':
      return slopeSteepnessNearing1997Logistic;
    case 'usle1978':
      return slopeSteepnessUsle1978Bands;
    default:
      return undefined;
  }
}

/** What they can be told of an L formula. */
function singleLengthFactor({ defaults }: CellFactorMethod, settings: MethodSettings): SingleLengthFactor {
  const { maxLengthMetres = null, ...exponent } = { ...defaults, ...settings } as ExponentParameters & {
    maxLengthMetres?: number | null;
  };
  return { exponents: slopeLengthExponentSteps(exponent), maxLengthMetres };
}
