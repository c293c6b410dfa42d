/** Percent that sand, silt and clay may differ from 100 together. */
export const textureTolerancePercent = 1;

/** True when the three fractions, percent, make up one soil sample. NaN gives false. */
export function isTexture(sandPercent: number, siltPercent: number, clayPercent: number): boolean {
  return (
    sandPercent >= 0 &&
    siltPercent >= 0 &&
    clayPercent >= 0 &&
    Math.abs(sandPercent + siltPercent + clayPercent - 100) <= textureTolerancePercent
  );
}

/** Organic matter in the weight of its carbon. */
export const matterPerCarbon = 1.724;

/** Organic carbon from organic matter, percent: OC = OM/1.724. */
export const organicCarbonFromMatter = (organicMatterPercent: number): number => organicMatterPercent / matterPerCarbon;

/** Organic matter from organic carbon, percent. */
export const organicMatterFromCarbon = (organicCarbonPercent: number): number => organicCarbonPercent * matterPerCarbon;

/** The four inputs of the texture methods, in order. */
export const textureInputs = [
  { name: 'sand', unit: '%', meaning: { zh: '砂粒含量 0.05–2 mm', en: 'sand, 0.05–2 mm' } },
  { name: 'silt', unit: '%', meaning: { zh: '粉粒含量 0.002–0.05 mm', en: 'silt, 0.002–0.05 mm' } },
  { name: 'clay', unit: '%', meaning: { zh: '黏粒含量 < 0.002 mm', en: 'clay, under 0.002 mm' } },
] as const;

/** Organic carbon as an input. */
export const organicCarbonInput = {
  name: 'organicCarbon',
  unit: '%',
  meaning: { zh: '有机碳含量', en: 'organic carbon' },
} as const;
