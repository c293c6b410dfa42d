/** Decay of the energy curve, h/mm: 0.05 in RUSLE, 0.082 in RUSLE2. */
export type EnergyDecay = 0.05 | 0.082;

/**
 * Kinetic energy of a millimetre of rain, e = 0.29·(1 − 0.72·exp(−0.05·i)).
 * Brown L.C., Foster G.R. 1987. Storm erosivity using idealized intensity distributions. Transactions of the ASAE 30(2):
 * 379–386; decay 0.082 in RUSLE2.
 * @param intensity i, mm/h, not negative
 * @returns MJ·hm⁻²·mm⁻¹, from 0.0812 to 0.29
 */
export function unitRainEnergy(intensity: number, decay: EnergyDecay = 0.05): number {
  return 0.29 * (1 - 0.72 * Math.exp(-decay * intensity));
}
