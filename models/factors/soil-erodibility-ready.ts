import { erodibilityFromUsCustomary } from '../erosion/units.ts';
import { cellFactorMethod } from './factor-method.ts';
import { unitSystemParameter } from './unit-system.ts';

/** Unit of a supplied erodibility raster: SI, or ton·acre·h·(hundred acre·foot·tonf·inch)⁻¹. */
export type ErodibilityUnit = 'SI' | 'US';

/** SI values above this are almost certainly US customary units. */
export const implausibleErodibility = 0.1;

/** A supplied erodibility raster, taken as it is (SI) or times 0.1317 (US customary). */
export const readySoilErodibility = cellFactorMethod(
  {
    id: 'ready',
    version: 1,
    factor: 'soilErodibility',
    name: { zh: '已有土壤可蚀性栅格', en: 'supplied erodibility raster' },
    citation: 'user-supplied',
    formula: 'K = K_SI, K = 0.1317·K_US',
    unit: 't·hm²·h·hm⁻²·MJ⁻¹·mm⁻¹',
    validRange: { zh: '0–0.1', en: '0–0.1' },
    inputs: [{ name: 'soilErodibility', unit: 'parameter unit', meaning: { zh: '土壤可蚀性', en: 'erodibility' } }],
    confidence: 'design',
    defaults: { unit: 'SI' as ErodibilityUnit },
    parameters: { unit: unitSystemParameter },
  },
  ({ unit }) => (unit === 'US' ? erodibilityFromUsCustomary : (value: number) => value),
);
