import { angleOfTangent } from '../arithmetic/arctangent.ts';
import { interiorCell, nodataCell } from './edge-cells.ts';

const { fround } = Math;
/** Degrees per radian. */
const degrees = 180 / Math.PI;

/**
 * A raster that is computed from the gradient of elevations, the same for all of them.
 *
 * @param elevation metres, NaN = nodata
 * @param edges see `edgeCells`
 */
export type GradientRaster = (
  elevation: Float32Array,
  edges: Uint8Array,
  width: number,
  height: number,
  cellSizeMetres: number,
) => Float32Array;

/** Azimuth of a cell without slope. */
export const flatAzimuth = -1;

/**
 * Slope angle (Horn 1981, Proceedings of the IEEE 69(1), 14–47), from the unfilled elevations.
 *
 * Computed in float32, every step rounded, so that a compiled kernel on four cells at once gives the same bits;
 * differences come before sums, so that the answer does not depend on the height above sea level. Within 5·10⁻⁷ of itself
 * where elevations differ by more than their own rounding.
 *
 * Every valid cell gets a slope. On edge cells each gradient component is the mean, with Horn's weights 1 2 1, of the
 * rows (columns) in which it can be measured: between the two outer cells, else between the middle cell and one outer
 * cell; where no row allows it the component is 0. So a plane keeps its slope up to the edge of the data, except on
 * one-cell-wide strips across it.
 *
 * @returns degrees in [0, 90), NaN = nodata
 */
export const slopeDegrees = gradientRaster((eastward, southward) =>
  angleOfTangent(fround(Math.sqrt(fround(fround(eastward * eastward) + fround(southward * southward))))),
);

/**
 * Azimuth of steepest descent, from the same gradient as `slopeDegrees`: degrees clockwise from north, as most programs
 * define aspect.
 *
 * @returns degrees in [0, 360), −1 where the gradient is 0, NaN = nodata
 */
export const downslopeAzimuthDegrees = gradientRaster(azimuth);

/**
 * 1/x of the flow through a cell, x = |sinα| + |cosα| (Desmet & Govers 1996, see `flowWidthWeight`), from the same gradient
 * as `slopeDegrees`: |sinα| and |cosα| are its parts, so that no angle is needed. Computed in float32, every step rounded;
 * within 3·10⁻⁷ of itself.
 *
 * @returns from √½ to 1, 1 where the gradient is 0, NaN = nodata
 */
export const inverseFlowWidths = gradientRaster((eastward, southward) => {
  const across = Math.abs(eastward);
  const down = Math.abs(southward);
  const larger = Math.max(across, down);
  if (larger === 0) return 1;
  const ratio = fround(Math.min(across, down) / larger);
  return fround(fround(Math.sqrt(fround(1 + fround(ratio * ratio)))) / fround(1 + ratio));
});

function azimuth(eastward: number, southward: number): number {
  if (Number.isNaN(eastward)) return Number.NaN;
  if (eastward === 0 && southward === 0) return flatAzimuth;
  // Downhill is −gradient; a rise to the south is a fall to the north.
  const angle = Math.fround(Math.atan2(-eastward, southward) * degrees);
  const turned = angle < 0 ? Math.fround(angle + 360) : angle + 0;
  return turned === 360 ? 0 : turned;
}

/** @param formula of the rises per metre to the east and to the south, float32; both NaN on nodata cells */
function gradientRaster(formula: (eastward: number, southward: number) => number): GradientRaster {
  return (z, edges, width, height, cellSizeMetres) => {
    const out = new Float32Array(z.length);
    const perSpan = fround(1 / (8 * cellSizeMetres));
    const window = new Float64Array(9);
    for (let i = 0; i < z.length; i++) {
      if (edges[i] === nodataCell) {
        out[i] = formula(Number.NaN, Number.NaN);
      } else if (edges[i] === interiorCell) {
        const northWest = z[i - width - 1];
        const north = z[i - width];
        const northEast = z[i - width + 1];
        const west = z[i - 1];
        const east = z[i + 1];
        const southWest = z[i + width - 1];
        const south = z[i + width];
        const southEast = z[i + width + 1];
        // The outer pair first: the sum is then the same for the mirrored window.
        const across = fround(fround(northEast - northWest) + fround(southEast - southWest));
        const down = fround(fround(southWest - northWest) + fround(southEast - northEast));
        out[i] = formula(
          fround(fround(across + fround(2 * fround(east - west))) * perSpan),
          fround(fround(down + fround(2 * fround(south - north))) * perSpan),
        );
      } else {
        readWindow(z, i, width, height, window);
        out[i] = formula(
          fround(partialGradient(window, 1, 3) / cellSizeMetres),
          fround(partialGradient(window, 3, 1) / cellSizeMetres),
        );
      }
    }
    return out;
  };
}

/** Copies the 3 × 3 window around a cell; NaN outside the grid. */
function readWindow(z: Float32Array, cell: number, width: number, height: number, window: Float64Array): void {
  const column = cell % width;
  const row = (cell - column) / width;
  for (let dy = -1; dy <= 1; dy++)
    for (let dx = -1; dx <= 1; dx++) {
      const inside = column + dx >= 0 && column + dx < width && row + dy >= 0 && row + dy < height;
      window[(dy + 1) * 3 + dx + 1] = inside ? z[cell + dy * width + dx] : Number.NaN;
    }
}

/**
 * Rise per cell along one axis of a window with gaps.
 *
 * @param along index step along the axis, `across` the step to the next parallel line
 */
function partialGradient(window: Float64Array, along: number, across: number): number {
  const first = lineRise(window, 4 - across, along);
  const middle = lineRise(window, 4, along);
  const last = lineRise(window, 4 + across, along);
  let outer = 0;
  let weight = 0;
  for (const line of [first, last]) {
    if (Number.isNaN(line)) continue;
    outer += line;
    weight++;
  }
  if (Number.isNaN(middle)) return weight === 0 ? 0 : outer / weight;
  return (outer + 2 * middle) / (weight + 2);
}

/** Rise per cell on the line through a cell: between its two neighbours, else to the one that is there, else NaN. */
function lineRise(window: Float64Array, cell: number, along: number): number {
  const before = window[cell - along];
  const after = window[cell + along];
  const whole = (after - before) / 2;
  if (!Number.isNaN(whole)) return whole;
  const forward = after - window[cell];
  return Number.isNaN(forward) ? window[cell] - before : forward;
}
