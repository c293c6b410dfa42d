import { ErosionError } from '../errors.ts';
import type { Bilingual, Confidence } from '../parameters/confidence.ts';
import type { BreakpointRain } from './breakpoint-rain.ts';
import type { RainCalendar } from './rain-calendar.ts';

/** What a method computes. The first seven make up CSLE; coverManagement and supportPractice replace B, E, T in RUSLE. */
export const factorNames = [
  'rainfallErosivity',
  'soilErodibility',
  'slopeLength',
  'slopeSteepness',
  'biologicalPractice',
  'engineeringPractice',
  'tillagePractice',
  'coverManagement',
  'supportPractice',
  'slopeLengthExponent',
  'slopeLengthSteepness',
  'vegetationCover',
] as const;

export type FactorName = (typeof factorNames)[number];

/** One quantity a method reads for each cell or point, in argument order. */
export interface FactorInput {
  readonly name: string;
  readonly unit: string;
  readonly meaning: Bilingual;
}

/** A constant of a method that a run may change. */
export interface FactorParameter {
  readonly unit: string;
  readonly meaning: Bilingual;
  readonly confidence: Confidence;
  /** The only values allowed, where the parameter is a choice. */
  readonly choices?: readonly (string | number)[];
}

/** What is said about every method, whatever it reads. */
export interface FactorMethodFacts<Id extends string = string, Factor extends FactorName = FactorName> {
  /** Stable name in run files, such as `xie2016-daily`. */
  readonly id: Id;
  /** Raised when the same inputs would give another number. */
  readonly version: number;
  readonly factor: Factor;
  readonly name: Bilingual;
  readonly citation: string;
  readonly formula: string;
  /** Unit of the result; `1` is dimensionless. */
  readonly unit: string;
  readonly validRange: Bilingual;
  readonly inputs: readonly FactorInput[];
  readonly confidence: Confidence;
}

/** A method with constants: `defaults` holds their values, `parameters` says what they mean. */
interface Adjustable<Parameters> {
  readonly defaults: Parameters;
  readonly parameters: { readonly [Name in keyof Parameters]: FactorParameter };
}

/** Numbers of one cell in the order of `inputs`; NaN among them gives NaN. */
// biome-ignore lint/suspicious/noExplicitAny: methods differ in how many numbers they read
export type CellFunction = (...inputs: any[]) => number;

/** A formula of the numbers of one cell. Codes (land use, measure, zone) count as numbers. */
export interface CellFactorMethod<
  Id extends string = string,
  Factor extends FactorName = FactorName,
  Evaluate extends CellFunction = CellFunction,
  // biome-ignore lint/suspicious/noExplicitAny: the parameters of an unnamed method are unknown
  Parameters = any,
> extends FactorMethodFacts<Id, Factor>,
    Adjustable<Parameters> {
  readonly kind: 'cell';
  /** The formula with given constants; those left out keep their defaults. */
  prepare(parameters?: Partial<Parameters>): Evaluate;
  /** The formula with its default constants. */
  readonly evaluate: Evaluate;
}

/** Erosivity of one point from a series of daily rain. */
export interface DailyErosivity {
  /** Mean annual erosivity, MJ·mm·hm⁻²·h⁻¹·a⁻¹; NaN when a half-month has no usable year. */
  readonly annual: number;
  /** The same for each of the 24 half-months, first half of January first. */
  readonly halfMonth: Float64Array;
  /** Days without a value in the whole series. */
  readonly missingDays: number;
  /** Days whose rain reaches the threshold, in the whole series. */
  readonly erosiveDays: number;
}

/** Rain of one point, millimetres per day, laid out as the calendar says; NaN is a missing day. */
export type DailyRainFunction = (rainMillimetres: ArrayLike<number>, calendar: RainCalendar) => DailyErosivity;

export interface DailyRainFactorMethod<
  Id extends string = string,
  Factor extends FactorName = FactorName,
  // biome-ignore lint/suspicious/noExplicitAny: the parameters of an unnamed method are unknown
  Parameters = any,
> extends FactorMethodFacts<Id, Factor>,
    Adjustable<Parameters> {
  readonly kind: 'dailyRain';
  prepare(parameters?: Partial<Parameters>): DailyRainFunction;
  readonly evaluate: DailyRainFunction;
}

/** Monthly rain of one point, millimetres, whole years from January; the result is mean annual erosivity. */
export type MonthlyRainFunction = (monthlyRainMillimetres: ArrayLike<number>) => number;

export interface MonthlyRainFactorMethod<Id extends string = string, Factor extends FactorName = FactorName>
  extends FactorMethodFacts<Id, Factor> {
  readonly kind: 'monthlyRain';
  readonly evaluate: MonthlyRainFunction;
}

/** Erosivity of one station from rain recorded in steps of minutes. */
export interface BreakpointRainFactorMethod<Id extends string = string, Factor extends FactorName = FactorName>
  extends FactorMethodFacts<Id, Factor> {
  readonly kind: 'breakpointRain';
  readonly evaluate: (rain: BreakpointRain, years: number) => number;
}

/**
 * The half-months of one cell: land-use code, 24 vegetation covers, 24 understorey covers (undefined where not surveyed)
 * and 24 erosivity weights; covers are fractions.
 */
export type HalfMonthCoverFunction = (
  landUseCode: number,
  cover: ArrayLike<number>,
  understorey: ArrayLike<number> | undefined,
  weights: ArrayLike<number>,
) => number;

export interface HalfMonthCoverFactorMethod<Id extends string = string, Factor extends FactorName = FactorName>
  extends FactorMethodFacts<Id, Factor> {
  readonly kind: 'halfMonthCover';
  readonly evaluate: HalfMonthCoverFunction;
}

export type FactorMethod<Factor extends FactorName = FactorName> =
  | CellFactorMethod<string, Factor>
  | DailyRainFactorMethod<string, Factor>
  | MonthlyRainFactorMethod<string, Factor>
  | BreakpointRainFactorMethod<string, Factor>
  | HalfMonthCoverFactorMethod<string, Factor>;

type Draft<Method, Parameters> = Omit<Method, 'kind' | 'prepare' | 'evaluate'> & Adjustable<Parameters>;

/** Declares a cell method: `formula` builds the function for a full set of constants. */
export function cellFactorMethod<
  const Id extends string,
  const Factor extends FactorName,
  Evaluate extends CellFunction,
  Parameters extends object,
>(
  facts: Draft<FactorMethodFacts<Id, Factor>, Parameters>,
  formula: (parameters: Parameters) => Evaluate,
): CellFactorMethod<Id, Factor, Evaluate, Parameters> {
  const prepare = (parameters: Partial<Parameters> = {}) => formula(withDefaults(facts, parameters));
  return { ...facts, kind: 'cell', prepare, evaluate: prepare() };
}

/** Declares a method on daily rain. */
export function dailyRainFactorMethod<
  const Id extends string,
  const Factor extends FactorName,
  Parameters extends object,
>(
  facts: Draft<FactorMethodFacts<Id, Factor>, Parameters>,
  formula: (parameters: Parameters) => DailyRainFunction,
): DailyRainFactorMethod<Id, Factor, Parameters> {
  const prepare = (parameters: Partial<Parameters> = {}) => formula(withDefaults(facts, parameters));
  return { ...facts, kind: 'dailyRain', prepare, evaluate: prepare() };
}

/**
 * Fills in defaults.
 * @throws ErosionError `parameter-unknown` for a name the method does not have, `parameter-value` for a value it does not take
 */
function withDefaults<Parameters extends object>(
  method: { readonly id: string } & Adjustable<Parameters>,
  given: Partial<Parameters>,
): Parameters {
  const filled = { ...method.defaults };
  for (const name of Object.keys(given) as (keyof Parameters & string)[]) {
    const value = given[name];
    if (!Object.hasOwn(method.defaults, name))
      throw new ErosionError('parameter-unknown', `${method.id} has no parameter ${name}`, {
        name,
        known: Object.keys(method.defaults),
      });
    if (value === undefined) continue;
    requireAllowed(method.id, name, value, method.parameters[name], method.defaults[name]);
    filled[name] = value as Parameters[typeof name];
  }
  return filled;
}

function requireAllowed(id: string, name: string, value: unknown, parameter: FactorParameter, standard: unknown): void {
  const { choices } = parameter;
  const allowed = choices
    ? choices.includes(value as string | number)
    : typeof value === 'number'
      ? Number.isFinite(value) && (standard === null || typeof standard === 'number')
      : value === null
        ? standard === null
        : typeof value === typeof standard;
  if (!allowed)
    throw new ErosionError(
      'parameter-value',
      `${id}: ${name} cannot be ${String(value)}${choices ? ` (one of ${choices.join(', ')})` : ''}`,
      { name, value, choices },
    );
}
