import type { BreakpointRain } from './breakpoint-rain.ts';
import type { BreakpointRainFactorMethod } from './factor-method.ts';
import { type EnergyDecay, unitRainEnergy } from './unit-rain-energy-brown-foster1987.ts';

/** When a storm ends and which storms count. */
export interface StormRules {
  /** When rain has stopped, the storm is over if within this many hours … */
  readonly dryHours: number;
  /** … less rain than this falls, mm. */
  readonly dryMillimetres: number;
  /** Least rain of an erosive storm, mm. */
  readonly leastMillimetres: number;
}

export const stormRulesRusle: StormRules = { dryHours: 6, dryMillimetres: 1.27, leastMillimetres: 12.7 };

/** One storm: positions of its first and last step in the record, and what it amounts to. */
export interface Storm {
  readonly first: number;
  readonly last: number;
  readonly depthMillimetres: number;
  /** E, MJ·hm⁻². */
  readonly energy: number;
  /** Twice the largest rain of 30 minutes, mm/h. */
  readonly maxIntensity30: number;
  /** EI30, MJ·mm·hm⁻²·h⁻¹. */
  readonly erosivity: number;
}

/**
 * Energy, I30 and EI30 of the steps from `first` to `last`: E = Σe_r·P_r, EI30 = E·I30.
 * A record shorter than half an hour counts as half an hour; steps longer than that give their own intensity.
 */
export function stormErosivity(
  rain: BreakpointRain,
  first = 0,
  last = rain.minutes.length - 1,
  decay: EnergyDecay = 0.05,
): Storm {
  const { stepMinutes, minutes, depthMillimetres } = rain;
  const span = Math.max(30, stepMinutes);
  let depth = 0;
  let energy = 0;
  let window = 0;
  let largest = 0;
  let oldest = first;
  for (let at = first; at <= last; at++) {
    const step = depthMillimetres[at] > 0 ? depthMillimetres[at] : 0;
    depth += step;
    energy += unitRainEnergy((step * 60) / stepMinutes, decay) * step;
    window += step;
    for (; minutes[oldest] <= minutes[at] - span; oldest++)
      window -= depthMillimetres[oldest] > 0 ? depthMillimetres[oldest] : 0;
    largest = Math.max(largest, window);
  }
  const maxIntensity30 = (largest * 60) / span;
  return { first, last, depthMillimetres: depth, energy, maxIntensity30, erosivity: energy * maxIntensity30 };
}

/**
 * Splits a record into storms and keeps the erosive ones. Whenever rain stops, the storm is over if less than `dryMillimetres`
 * falls within the next `dryHours`; what falls then begins the next storm.
 * Renard K.G. et al. 1997. USDA Agriculture Handbook 703.
 */
export function erosiveStorms(
  rain: BreakpointRain,
  rules: StormRules = stormRulesRusle,
  decay: EnergyDecay = 0.05,
): Storm[] {
  const { minutes, depthMillimetres, stepMinutes } = rain;
  const wet = (at: number) => depthMillimetres[at] > 0;
  const storms: Storm[] = [];
  let first = -1;
  for (let at = 0; at < minutes.length; at++) {
    if (!wet(at)) continue;
    if (first < 0) first = at;
    const goesOn = at + 1 < minutes.length && wet(at + 1) && minutes[at + 1] - minutes[at] <= stepMinutes;
    if (goesOn || rainWithin(rain, at, rules.dryHours * 60) >= rules.dryMillimetres) continue;
    const storm = stormErosivity(rain, first, at, decay);
    if (storm.depthMillimetres >= rules.leastMillimetres) storms.push(storm);
    first = -1;
  }
  return storms;
}

/** Rain of the minutes after a step. */
function rainWithin({ minutes, depthMillimetres }: BreakpointRain, step: number, span: number): number {
  let sum = 0;
  for (let at = step + 1; at < minutes.length && minutes[at] <= minutes[step] + span; at++)
    if (depthMillimetres[at] > 0) sum += depthMillimetres[at];
  return sum;
}

/**
 * Reference definition of R, from rain recorded in steps of minutes: R = (1/n)·ΣEI30.
 * Wischmeier W.H., Smith D.D. 1978; Brown L.C., Foster G.R. 1987. Transactions of the ASAE 30(2): 379–386.
 */
export const ei30BrownFoster1987: BreakpointRainFactorMethod<'ei30-brown-foster1987', 'rainfallErosivity'> = {
  kind: 'breakpointRain',
  id: 'ei30-brown-foster1987',
  version: 1,
  factor: 'rainfallErosivity',
  name: { zh: '次降雨 EI30', en: 'EI30 of storms' },
  citation: 'Brown & Foster 1987, Transactions of the ASAE 30(2): 379–386; Renard et al. 1997, Handbook 703',
  formula: 'R = (1/n)·ΣE·I30; E = Σe·P; e = 0.29·(1 − 0.72·exp(−0.05·i))',
  unit: 'MJ·mm·hm⁻²·h⁻¹·a⁻¹',
  validRange: { zh: '步长不超过 30 min', en: 'steps of at most 30 min' },
  inputs: [{ name: 'breakpointRain', unit: 'mm', meaning: { zh: '分钟雨量过程', en: 'rain in steps of minutes' } }],
  confidence: 'seen',
  evaluate: (rain, years) => erosiveStorms(rain).reduce((sum, { erosivity }) => sum + erosivity, 0) / years,
};
