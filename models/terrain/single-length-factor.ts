import { singlePower } from '../arithmetic/single-power.ts';
import { noDirection } from '../grid/d8.ts';
import { type ExponentSteps, singleExponent } from './exponent-steps.ts';
import { perUnitPlot, segmentMean } from './segment-mean.ts';
import { ownPathUnits, unitsPerCell, unitsPerDiagonal } from './slope-length-van-remortel2004.ts';

/*
 * L rasters in single precision: what the rasters of slope-length-factor.ts compute in double by any formula. Each step is
 * rounded to float32, so that a compiled kernel on four cells at once gives the same bits.
 */

/** An account of an L formula that rasters are computed from. */
export interface SingleLengthFactor {
  readonly exponents: ExponentSteps;
  /** Longest length that the formula counts, metres; null where it counts any. */
  readonly maxLengthMetres: number | null;
}

const { fround } = Math;

/** What the rasters from slope lengths read. */
export interface LengthCells {
  /** λ at cell centres, see `slopeLengthUnits`. */
  readonly lengthUnits: Uint32Array;
  readonly direction: Uint8Array;
  /** Degrees. */
  readonly slope: Float32Array;
}

/**
 * A raster from slope lengths.
 *
 * @param capMetres longest length counted, or Infinity
 * @returns float32; 0 on channels, NaN = nodata
 */
type LengthRaster = (
  cells: LengthCells,
  cellSizeMetres: number,
  capMetres: number,
  factor: SingleLengthFactor,
) => Float32Array;

/**
 * L raster by the segment formula (see `segmentLengthFactor`), within 2·10⁻⁶ of itself.
 *
 * Segments that end beyond the longest length counted are moved up so that they end there.
 */
export const singleSegmentFactor = rasterByOutlets(segmentMean);

/**
 * L raster by the formula of a whole slope (see `wholeLengthFactor`): (λ/22.13)^m of the length at the outlet, within
 * 2·10⁻⁶ of itself.
 */
export const singleWholeFactor = rasterByOutlets((outlet, _, exponent) =>
  singlePower(fround(outlet * perUnitPlot), exponent),
);

/** @param formula L by the length at the outlet of a cell and that of the way through it, both metres, and m; all float32 */
function rasterByOutlets(formula: (outlet: number, way: number, exponent: number) => number): LengthRaster {
  return ({ lengthUnits, direction, slope }, cellSizeMetres, capMetres, { exponents, maxLengthMetres }) => {
    const out = new Float32Array(lengthUnits.length);
    const metresPerUnit = fround(cellSizeMetres / unitsPerCell);
    const [straight, diagonal] = [fround(unitsPerCell * metresPerUnit), fround(unitsPerDiagonal * metresPerUnit)];
    const longest = fround(Math.min(capMetres, maxLengthMetres ?? Number.POSITIVE_INFINITY));
    const exponent = singleExponent(exponents);
    for (let i = 0; i < out.length; i++) {
      if (direction[i] === noDirection) out[i] = Number.NaN;
      else if (lengthUnits[i] === 0) out[i] = 0;
      else {
        const path = ownPathUnits(direction[i]);
        const outlet = Math.min(fround(fround(fround(lengthUnits[i]) + path / 2) * metresPerUnit), longest);
        out[i] = formula(outlet, path === unitsPerCell ? straight : diagonal, exponent(slope[i]));
      }
    }
    return out;
  };
}

/**
 * L raster by the formula of Desmet & Govers (see `areaLengthFactor`). With areas in cells, A_in = n·D², it is the mean
 * over a segment of length D/x that begins n·D/x from the divide: [(n+1)^(m+1) − n^(m+1)]·(D/(22.13·x))^m. Within 3·10⁻⁶
 * of itself up to a million cells, 10⁻⁵ for any number.
 *
 * @param inverseFlowWidth 1/x, see `inverseFlowWidths`
 * @returns float32, NaN = nodata
 */
export function singleAreaFactor(
  accumulation: Uint32Array,
  inverseFlowWidth: Float32Array,
  slope: Float32Array,
  cellSizeMetres: number,
  { exponents }: SingleLengthFactor,
): Float32Array {
  const out = new Float32Array(accumulation.length);
  const exponent = singleExponent(exponents);
  const cellSize = fround(cellSizeMetres);
  for (let i = 0; i < out.length; i++) {
    if (accumulation[i] === 0) out[i] = Number.NaN;
    else {
      const length = fround(cellSize * inverseFlowWidth[i]);
      out[i] = segmentMean(fround(fround(accumulation[i]) * length), length, exponent(slope[i]));
    }
  }
  return out;
}
