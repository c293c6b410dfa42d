import { noDirection } from '../grid/d8.ts';
import { flatAzimuth } from './slope-horn1981.ts';
import { ownPathUnits, unitsPerCell } from './slope-length-van-remortel2004.ts';

/** L of a slope segment between two distances from the divide, metres. */
export type SegmentLengthFactor = (lengthInMetres: number, lengthOutMetres: number, slopeDegrees: number) => number;

/** L of a whole slope of a given length, metres. */
export type WholeLengthFactor = (lengthMetres: number, slopeDegrees: number) => number;

/** L from the contributing area at the cell's inlet, m², and the azimuth of flow. */
export type AreaLengthFactor = (
  inletAreaSquareMetres: number,
  cellSizeMetres: number,
  slopeDegrees: number,
  azimuthDegrees: number,
) => number;

/**
 * L raster by a segment formula (CSLE). Each cell is the segment from its inlet to its outlet: λ at its centre minus and
 * plus half its path. With a cap, the outlet is at most that far from the divide and the inlet one path before it.
 *
 * @param lengthUnits λ at cell centres, see `slopeLengthUnits`
 * @param slope degrees, float32
 * @returns float32; 0 on channels, NaN = nodata
 */
export function segmentLengthFactor(
  lengthUnits: Uint32Array,
  direction: Uint8Array,
  slope: Float32Array,
  cellSizeMetres: number,
  capMetres: number,
  formula: SegmentLengthFactor,
  out: Float32Array = new Float32Array(lengthUnits.length),
): Float32Array {
  const metresPerUnit = cellSizeMetres / unitsPerCell;
  for (let i = 0; i < out.length; i++) {
    if (direction[i] === noDirection) out[i] = Number.NaN;
    else if (lengthUnits[i] === 0) out[i] = 0;
    else {
      const path = ownPathUnits(direction[i]);
      const lengthOut = Math.min((lengthUnits[i] + path / 2) * metresPerUnit, capMetres);
      out[i] = formula(Math.max(0, lengthOut - path * metresPerUnit), lengthOut, slope[i]);
    }
  }
  return out;
}

/**
 * L raster by a whole-slope formula (RUSLE): λ at the cell's outlet, capped.
 *
 * @returns float32; 0 on channels, NaN = nodata
 */
export function wholeLengthFactor(
  lengthUnits: Uint32Array,
  direction: Uint8Array,
  slope: Float32Array,
  cellSizeMetres: number,
  capMetres: number,
  formula: WholeLengthFactor,
  out: Float32Array = new Float32Array(lengthUnits.length),
): Float32Array {
  const metresPerUnit = cellSizeMetres / unitsPerCell;
  for (let i = 0; i < out.length; i++) {
    if (direction[i] === noDirection) out[i] = Number.NaN;
    else if (lengthUnits[i] === 0) out[i] = 0;
    else {
      const lengthOut = (lengthUnits[i] + ownPathUnits(direction[i]) / 2) * metresPerUnit;
      out[i] = formula(Math.min(lengthOut, capMetres), slope[i]);
    }
  }
  return out;
}

/**
 * L raster by a contributing-area formula (Desmet & Govers). The area at the inlet is that of the cells above, without
 * the cell itself; there is no cut-off, so channels get the large L of their area.
 *
 * @param azimuth downslope azimuth, degrees; a cell without one counts as facing north
 * @returns float32, NaN = nodata
 */
export function areaLengthFactor(
  accumulation: Uint32Array,
  azimuth: Float32Array,
  slope: Float32Array,
  cellSizeMetres: number,
  formula: AreaLengthFactor,
  out: Float32Array = new Float32Array(accumulation.length),
): Float32Array {
  const cellArea = cellSizeMetres * cellSizeMetres;
  for (let i = 0; i < out.length; i++) {
    if (accumulation[i] === 0) out[i] = Number.NaN;
    else {
      const facing = azimuth[i] === flatAzimuth ? 0 : azimuth[i];
      out[i] = formula((accumulation[i] - 1) * cellArea, cellSizeMetres, slope[i], facing);
    }
  }
  return out;
}
