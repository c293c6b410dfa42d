import type { FactorParameter } from './factor-method.ts';

/** Unit system of a supplied raster. */
export const unitSystemParameter = {
  unit: '1',
  meaning: { zh: '单位制 SI 或 US', en: 'unit system, SI or US' },
  confidence: 'design',
  choices: ['SI', 'US'],
} as const satisfies FactorParameter;
