import { exponential } from '../arithmetic/exponential.ts';
import { power } from '../arithmetic/power.ts';
import { erodibilityFromUsCustomary } from '../erosion/units.ts';
import { cellFactorMethod } from './factor-method.ts';
import { isTexture, organicCarbonInput, textureInputs } from './soil-texture.ts';

/**
 * K_US = {0.2 + 0.3·exp[−0.0256·SAN·(1 − SIL/100)]}·(SIL/(CLA + SIL))^0.3·{1 − 0.25·OC/[OC + exp(3.72 − 2.95·OC)]}
 * ·{1 − 0.7·SN1/[SN1 + exp(−5.51 + 22.9·SN1)]}, SN1 = 1 − SAN/100.
 *
 * @param sandPercent SAN, 0.05–2 mm, %
 * @param siltPercent SIL, 0.002–0.05 mm, %
 * @param clayPercent CLA, under 0.002 mm, %
 * @param organicCarbonPercent OC, % (organic matter divided by 1.724)
 * @returns US customary units; pure sand gives 0; NaN where the fractions do not add up to 100 ± 1 %
 */
export function erodibilityUsEpicWilliams1990(
  sandPercent: number,
  siltPercent: number,
  clayPercent: number,
  organicCarbonPercent: number,
): number {
  if (!isTexture(sandPercent, siltPercent, clayPercent)) return Number.NaN;
  const notSand = 1 - sandPercent / 100;
  const fines = clayPercent + siltPercent;
  const coarse = 0.2 + 0.3 * exponential(-0.0256 * sandPercent * (1 - siltPercent / 100));
  const siltShare = fines === 0 ? 0 : power(siltPercent / fines, 0.3);
  const carbon =
    1 - (0.25 * organicCarbonPercent) / (organicCarbonPercent + exponential(3.72 - 2.95 * organicCarbonPercent));
  const sandiness = 1 - (0.7 * notSand) / (notSand + exponential(-5.51 + 22.9 * notSand));
  return coarse * siltShare * carbon * sandiness;
}

/** The same in t·hm²·h·hm⁻²·MJ⁻¹·mm⁻¹. */
export function erodibilityEpicWilliams1990(
  sandPercent: number,
  siltPercent: number,
  clayPercent: number,
  organicCarbonPercent: number,
): number {
  return erodibilityFromUsCustomary(
    erodibilityUsEpicWilliams1990(sandPercent, siltPercent, clayPercent, organicCarbonPercent),
  );
}

/**
 * Erodibility of the EPIC model, in SI.
 * Williams J.R. 1990. The erosion–productivity impact calculator (EPIC) model: a case history. Philosophical Transactions of
 * the Royal Society B 329: 421–428. Chinese soils measure lower: see `epic-zhang2008-china`.
 */
export const epicWilliams1990 = cellFactorMethod(
  {
    id: 'epic-williams1990',
    version: 2,
    factor: 'soilErodibility',
    name: { zh: 'EPIC 模型', en: 'EPIC, Williams 1990' },
    citation: 'Williams 1990, Philosophical Transactions of the Royal Society B 329: 421–428',
    formula: 'K = 0.1317·f(SAN, SIL)·f(SIL, CLA)·f(OC)·f(SAN)',
    unit: 't·hm²·h·hm⁻²·MJ⁻¹·mm⁻¹',
    validRange: {
      zh: '三种粒级合计 100 ± 1 %，有机碳 0–12 %',
      en: 'fractions sum to 100 ± 1 %, organic carbon 0–12 %',
    },
    inputs: [...textureInputs, organicCarbonInput],
    confidence: 'seen',
    defaults: {},
    parameters: {},
  },
  () => erodibilityEpicWilliams1990,
);
