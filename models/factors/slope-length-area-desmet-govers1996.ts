import { radiansFromDegrees } from '../erosion/slope-units.ts';
import { unitPlotLengthMetres } from '../parameters/unit-plot.ts';
import { cellFactorMethod } from './factor-method.ts';
import { slopeInput } from './slope-input.ts';
import { type ExponentChoice, exponentParameters, slopeLengthExponent } from './slope-length-exponent.ts';

/**
 * Width of the flow through a cell as a multiple of its side, x = |sinα| + |cosα|, from 1 to √2.
 * @param aspectDegrees α, azimuth of the flow; any negative value means flat and gives 1
 */
export function flowWidthWeight(aspectDegrees: number): number {
  if (aspectDegrees < 0) return 1;
  const aspect = radiansFromDegrees(aspectDegrees);
  return Math.abs(Math.sin(aspect)) + Math.abs(Math.cos(aspect));
}

/**
 * L = [(A_in + D²)^(m+1) − A_in^(m+1)] / [D^(m+2)·x^m·22.13^m].
 *
 * @param inletAreaSquareMetres A_in, contributing area at the inlet, without the cell itself, m²
 * @param cellSizeMetres D, m
 * @param exponent m
 * @param flowWidth x, see {@link flowWidthWeight}
 */
export function slopeLengthDesmetGovers(
  inletAreaSquareMetres: number,
  cellSizeMetres: number,
  exponent: number,
  flowWidth: number,
): number {
  const power = exponent + 1;
  const outletArea = inletAreaSquareMetres + cellSizeMetres * cellSizeMetres;
  return (
    (outletArea ** power - inletAreaSquareMetres ** power) /
    (cellSizeMetres ** (exponent + 2) * flowWidth ** exponent * unitPlotLengthMetres ** exponent)
  );
}

/**
 * Slope length factor of a grid cell from its contributing area. With x = 1 and A_in = λ_in·D it equals the segment form.
 * Desmet P.J.J., Govers G. 1996. A GIS procedure for automatically calculating the USLE LS factor on topographically complex
 * landscape units. Journal of Soil and Water Conservation 51(5): 427–433.
 */
export const desmetGovers1996 = cellFactorMethod(
  {
    id: 'desmet-govers1996',
    version: 1,
    factor: 'slopeLength',
    name: { zh: '汇水面积坡长因子 (Desmet & Govers)', en: 'contributing area, Desmet & Govers 1996' },
    citation: 'Desmet & Govers 1996, Journal of Soil and Water Conservation 51(5): 427–433',
    formula: 'L = [(A_in + D²)^(m+1) − A_in^(m+1)] / [D^(m+2)·x^m·22.13^m], x = |sinα| + |cosα|',
    unit: '1',
    validRange: { zh: '坡面；沟道格网不适用', en: 'hillslopes; not for channel cells' },
    inputs: [
      {
        name: 'inletAreaSquareMetres',
        unit: 'm²',
        meaning: { zh: '入口汇水面积（不含本格）', en: 'contributing area at the inlet, cell excluded' },
      },
      { name: 'cellSizeMetres', unit: 'm', meaning: { zh: '格网边长', en: 'cell size' } },
      slopeInput,
      { name: 'aspectDegrees', unit: '°', meaning: { zh: '坡向（流向方位角）', en: 'aspect, azimuth of the flow' } },
    ],
    confidence: 'seen',
    defaults: { exponent: 'mccool1989' as ExponentChoice, rillSusceptibility: 1 },
    parameters: exponentParameters,
  },
  (choice) => {
    const exponent = slopeLengthExponent(choice);
    return (inletAreaSquareMetres: number, cellSizeMetres: number, slopeDegrees: number, aspectDegrees: number) =>
      slopeLengthDesmetGovers(
        inletAreaSquareMetres,
        cellSizeMetres,
        exponent(slopeDegrees),
        flowWidthWeight(aspectDegrees),
      );
  },
);
