import { type InspectedRaster, inLayerUnit } from './inspected-input.ts';

/**
 * Mean rain of a year in the layer's unit, as declared: the sum of the means of all bands. Where only some bands were
 * read, their mean stands for the others.
 */
export function yearlyRain(input: InspectedRaster): number | undefined {
  const means: number[] = [];
  for (const band of input.inspection.statistics) {
    if (band.mean === undefined) continue;
    // Codes for missing days would swamp the sum; the check of nodata tells them.
    let sum = band.mean * (band.cells - band.nodataCells);
    let cells = band.cells - band.nodataCells - band.infiniteCells;
    for (const [value, count] of band.sentinels) {
      sum -= value * count;
      cells -= count;
    }
    if (cells > 0) means.push(inLayerUnit(input, sum / cells));
  }
  if (means.length === 0) return undefined;
  const total = means.reduce((sum, mean) => sum + mean, 0);
  return (total / means.length) * (input.declared.options?.bands?.length ?? input.inspection.bandCount);
}
