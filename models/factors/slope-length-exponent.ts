import { slopeLengthExponentTable } from '../parameters/slope-length-exponents.ts';
import type { ExponentSteps } from '../terrain/exponent-steps.ts';
import { type ExponentFunction, exponentSteps } from './exponent-table.ts';
import type { FactorParameter } from './factor-method.ts';
import { csleExponentTables, slopeLengthExponentCsle } from './slope-length-exponent-csle.ts';
import { investExponentBands, slopeLengthExponentInvest } from './slope-length-exponent-invest2013.ts';
import { slopeLengthExponentMccool1989 } from './slope-length-exponent-mccool1989.ts';
import { slopeLengthExponentUsle1978 } from './slope-length-exponent-usle1978.ts';
import { slopeLengthExponentVanRemortel2001 } from './slope-length-exponent-van-remortel2001.ts';

/** Exponents a slope-length method can be run with: the tables of CSLE by name, or another method. */
export const exponentChoices = [
  ...csleExponentTables,
  'mccool1989',
  'usle1978',
  'van-remortel2001',
  'invest-oliveira2013',
] as const;

export type ExponentChoice = (typeof exponentChoices)[number];

/** Parameters every slope-length method shares. */
export interface ExponentParameters {
  readonly exponent: ExponentChoice;
  /** r of `mccool1989`; without effect on the others. */
  readonly rillSusceptibility: number;
}

/** What the shared parameters mean. */
export const exponentParameters = {
  exponent: {
    unit: '1',
    meaning: { zh: '坡长指数 m 的取法', en: 'where the exponent m comes from' },
    confidence: 'recalled',
    choices: exponentChoices,
  },
  rillSusceptibility: {
    unit: '1',
    meaning: { zh: '细沟侵蚀敏感性（仅 mccool1989）', en: 'susceptibility to rills (mccool1989 only)' },
    confidence: 'seen',
  },
} as const satisfies Record<keyof ExponentParameters, FactorParameter>;

/** The exponent function of a choice. */
export function slopeLengthExponent({ exponent, rillSusceptibility }: ExponentParameters): ExponentFunction {
  switch (exponent) {
    case 'mccool1989':
      return (slopeDegrees) => slopeLengthExponentMccool1989(slopeDegrees, rillSusceptibility);
    case 'usle1978':
      return slopeLengthExponentUsle1978;
    case 'van-remortel2001':
      return slopeLengthExponentVanRemortel2001;
    case 'invest-oliveira2013':
      return slopeLengthExponentInvest;
    default:
      return slopeLengthExponentCsle(exponent);
  }
}

/** The same as steps of float32 slopes. */
export function slopeLengthExponentSteps({ exponent, rillSusceptibility }: ExponentParameters): ExponentSteps {
  if (exponent === 'mccool1989') return { upTo: new Float32Array(0), exponents: [], beyond: { rillSusceptibility } };
  if (exponent === 'invest-oliveira2013') return exponentSteps(investExponentBands, { rillSusceptibility: 1 });
  const table = slopeLengthExponentTable(exponent)!;
  return exponentSteps(table, table.beyond);
}
