import { erosivityFromUsCustomary } from '../erosion/units.ts';
import { cellFactorMethod } from './factor-method.ts';
import { unitSystemParameter } from './unit-system.ts';

/** Unit of a supplied erosivity raster: SI, or hundred foot·tonf·inch·acre⁻¹·h⁻¹·a⁻¹. */
export type ErosivityUnit = 'SI' | 'US';

/** A supplied raster of mean annual erosivity, taken as it is (SI) or times 17.02 (US customary). */
export const readyRainfallErosivity = cellFactorMethod(
  {
    id: 'ready',
    version: 1,
    factor: 'rainfallErosivity',
    name: { zh: '已有降雨侵蚀力栅格', en: 'supplied erosivity raster' },
    citation: 'user-supplied',
    formula: 'R = R_SI, R = 17.02·R_US',
    unit: 'MJ·mm·hm⁻²·h⁻¹·a⁻¹',
    validRange: { zh: '0–25000', en: '0–25000' },
    inputs: [{ name: 'rainfallErosivity', unit: 'parameter unit', meaning: { zh: '降雨侵蚀力', en: 'erosivity' } }],
    confidence: 'design',
    defaults: { unit: 'SI' as ErosivityUnit },
    parameters: { unit: unitSystemParameter },
  },
  ({ unit }) => (unit === 'US' ? erosivityFromUsCustomary : (value: number) => value),
);
