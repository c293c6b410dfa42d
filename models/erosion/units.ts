/** Erosivity: one hundred foot·tonf·inch·acre⁻¹·h⁻¹·a⁻¹ in MJ·mm·hm⁻²·h⁻¹·a⁻¹ (USDA Agriculture Handbook 703, appendix A). */
export const erosivityPerUsUnit = 17.02;
/** Erodibility: one ton·acre·h·(hundred acre·foot·tonf·inch)⁻¹ in t·hm²·h·hm⁻²·MJ⁻¹·mm⁻¹ (Handbook 703, appendix A). */
export const erodibilityPerUsUnit = 0.1317;
/** Soil loss: one short ton per acre in tonnes per hectare. */
export const soilLossPerUsUnit = 2.2417023;
/** Tonnes per square kilometre in one tonne per hectare. */
export const squareKilometreFactor = 100;
/** Bulk density behind the depths of SL 190-2007, t/m³. */
export const bulkDensitySl190 = 1.35;

/** R_SI = 17.02·R_US. */
export const erosivityFromUsCustomary = (erosivity: number): number => erosivity * erosivityPerUsUnit;

/** K_SI = 0.1317·K_US. */
export const erodibilityFromUsCustomary = (erodibility: number): number => erodibility * erodibilityPerUsUnit;

/** Short tons per acre to t/hm². */
export const soilLossFromUsCustomary = (soilLoss: number): number => soilLoss * soilLossPerUsUnit;

/** A, t/(hm²·a), to the erosion modulus, t/(km²·a). */
export const modulusFromSoilLoss = (soilLossTonnesPerHectare: number): number =>
  soilLossTonnesPerHectare * squareKilometreFactor;

/**
 * Mean depth of soil lost, h = modulus/(1000·ρ).
 * @param erosionModulus t/(km²·a)
 * @param bulkDensity ρ, t/m³
 * @returns mm/a
 */
export const lossDepthMillimetres = (erosionModulus: number, bulkDensity: number = bulkDensitySl190): number =>
  erosionModulus / (1000 * bulkDensity);

/** Square metres in one unit of area: km², hm² (公顷), 亩, 万亩. */
export const squareMetresPer = {
  squareMetre: 1,
  hectare: 1e4,
  squareKilometre: 1e6,
  mu: 1e4 / 15,
  tenThousandMu: 1e8 / 15,
} as const;

export type AreaUnit = keyof typeof squareMetresPer;

/** Converts an area between units. */
export function convertArea(area: number, from: AreaUnit, to: AreaUnit): number {
  return (area * squareMetresPer[from]) / squareMetresPer[to];
}

/** Area of a number of square cells, m². */
export const cellAreaSquareMetres = (cells: number, cellSizeMetres: number): number =>
  cells * cellSizeMetres * cellSizeMetres;
