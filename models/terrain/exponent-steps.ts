import { singlePower } from '../arithmetic/single-power.ts';
import { singleSine } from '../arithmetic/single-sine.ts';

/** Exponents m by steps of slope: an account of a formula of m that rasters are computed from in single precision. */
export interface ExponentSteps {
  /** Largest float32 slope of each step, degrees, ascending. */
  readonly upTo: Float32Array;
  /** m of each step. */
  readonly exponents: readonly number[];
  /** m of slopes steeper than the last step: one for all, or that of McCool 1989 with this susceptibility to rills. */
  readonly beyond: number | { readonly rillSusceptibility: number };
}

const { fround } = Math;

/** 0.0896·3, 0.0896·0.56 and 0.8 of the ratio of rill to interrill erosion, see `rillRatioFoster1977`. */
const [interrill, interrillOfFlat, interrillExponent] = [fround(0.2688), fround(0.050176), fround(0.8)] as const;

/** Beyond, m is 0 or 1 to every digit of a float. */
const [leastSusceptibility, mostSusceptibility] = [1e-30, 1e30] as const;

/** Susceptibility to rills, 0 or above, in single precision: above 0, which tells kernels of a fixed exponent. */
export function singleSusceptibility(rillSusceptibility: number): number {
  return fround(Math.min(Math.max(rillSusceptibility, leastSusceptibility), mostSusceptibility));
}

/** m of a float32 slope in degrees, float32. */
export type SingleExponent = (slopeDegrees: number) => number;

/**
 * The exponent of each slope in single precision, each step rounded to float32. Of McCool 1989
 * m = rβ/(1 + rβ) = r·sinθ/(r·sinθ + 0.0896·(3·sin^0.8θ + 0.56)), within 10⁻⁶ of itself.
 */
export function singleExponent({ upTo, exponents, beyond }: ExponentSteps): SingleExponent {
  const steps = Float32Array.from(exponents);
  const steeper = typeof beyond === 'number' ? constant(fround(beyond)) : rillExponent(beyond.rillSusceptibility);
  return (slopeDegrees) => {
    let step = 0;
    while (step < upTo.length && slopeDegrees > upTo[step]) step++;
    return step < upTo.length ? steps[step] : steeper(slopeDegrees);
  };
}

const constant = (exponent: number) => (): number => exponent;

function rillExponent(rillSusceptibility: number): SingleExponent {
  const susceptibility = singleSusceptibility(rillSusceptibility);
  return (slopeDegrees) => {
    const sine = singleSine(slopeDegrees);
    const rill = fround(susceptibility * sine);
    const rest = fround(fround(interrill * singlePower(sine, interrillExponent)) + interrillOfFlat);
    return fround(rill / fround(rill + rest));
  };
}
