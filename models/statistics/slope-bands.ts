/**
 * Upper edges of the slope bands of cropland in degrees, upper edge inclusive: ≤ 2, 2–6, 6–15, 15–25, > 25.
 * The bands of the third national land survey and of the yearly soil-and-water-loss monitoring.
 */
export const croplandSlopeEdgesDegrees: readonly number[] = [2, 6, 15, 25];

/** Upper edges of the slope bands of sheet erosion (SL 190-2007) in degrees: ≤ 5, 5–8, 8–15, 15–25, 25–35, > 35. */
export const sheetErosionSlopeEdgesDegrees: readonly number[] = [5, 8, 15, 25, 35];

/** Band of a slope, counted from 1; a slope on an edge belongs to the band below it. 0 for a slope that is not a number. */
export function slopeBand(slopeDegrees: number, edgesDegrees: readonly number[] = croplandSlopeEdgesDegrees): number {
  if (Number.isNaN(slopeDegrees)) return 0;
  let band = 1;
  for (const edge of edgesDegrees) {
    if (slopeDegrees <= edge) return band;
    band++;
  }
  return band;
}

/** How a band is written, such as `2–6°`. */
export function slopeBandLabel(band: number, edgesDegrees: readonly number[] = croplandSlopeEdgesDegrees): string {
  if (band < 1 || band > edgesDegrees.length + 1) return '—';
  if (band === 1) return `≤${edgesDegrees[0]}°`;
  if (band === edgesDegrees.length + 1) return `>${edgesDegrees[edgesDegrees.length - 1]}°`;
  return `${edgesDegrees[band - 2]}–${edgesDegrees[band - 1]}°`;
}
