import { d8IndexOfCode, drainsOut, isDiagonal, noDirection } from '../grid/d8.ts';
import { donorCounts, sweepDownstream } from './flow-accumulation-d8.ts';

/** Length units in one cell side. Lengths are whole numbers of them, so no result depends on the order of additions. */
export const unitsPerCell = 65536;
/** Length units in one cell diagonal: 65536·√2, rounded (1.6e-7 too short). */
export const unitsPerDiagonal = 92682;

/** Lengths stop growing here: 65 536 cells in a line. */
export const longestLength = 0xffffffff;

/** Slope below which the gentle cut-off factor applies: 5 %, in degrees. */
export const gentleSlopeDegrees = (Math.atan(0.05) * 180) / Math.PI;

/**
 * How a cell continues the length of the cells above it.
 * - `aml`: adds the upper cell's path and restarts at one cell side (Van Remortel, Hamilton & Hickey 2001, Cartography
 *   30(1), 27–35; Van Remortel, Maichle & Hickey 2004, Computers & Geosciences 30, 1043–1053);
 * - `ls-tool`: adds the cell's own path and restarts at half of it (Zhang et al. 2013, Computers & Geosciences 52).
 */
export type SlopeLengthVariant = 'aml' | 'ls-tool';

/** What decides where lengths begin anew. */
export interface SlopeLengthRules {
  readonly variant: SlopeLengthVariant;
  /** Restart where the slope falls below this share of the slope above, on cells gentler than 5 %. Usual: 0.7. */
  readonly gentleCutOff: number;
  /** The same on cells of 5 % or more. Usual: 0.5. */
  readonly steepCutOff: number;
}

export interface SlopeLengthOptions extends SlopeLengthRules {
  /** Cells whose accumulation (self included) exceeds this number of cells are channels. Infinity: none. */
  readonly channelCells: number;
}

/**
 * Cumulative slope length λ along D8 paths, from the divide to the cell's centre, in units of a cell/65536:
 * - a cell without inflow: half its own path (a cell side or diagonal, by its direction);
 * - else the longest over the cells flowing in: their λ plus one path, or the restart length where the slope breaks,
 *   that is where slope < slope above × cut-off factor (strictly; the cell's own slope picks the factor);
 * - 0 on channels, where hillslope ends.
 *
 * Half a path added to λ is the length at the cell's outlet, half a path taken away the length at its inlet.
 *
 * @param direction resolved D8 codes
 * @param slope degrees, float32; the cut-off compares these stored values
 * @returns uint32 length units; 0 on channels and nodata. At most `longestLength`
 */
export function slopeLengthUnits(
  direction: Uint8Array,
  accumulation: Uint32Array,
  slope: Float32Array,
  width: number,
  options: SlopeLengthOptions,
  out: Uint32Array = new Uint32Array(direction.length),
): Uint32Array {
  lengthenDownstream(direction, direction, slope, width, options, startLengths(direction, out));
  return endAtChannels(accumulation, options.channelCells, out);
}

/**
 * Lengths before any inflow: half the own path. Cells with inflow may start from it too, since whatever flows in offers
 * at least as much.
 */
export function startLengths(direction: Uint8Array, out: Uint32Array = new Uint32Array(direction.length)): Uint32Array {
  for (let i = 0; i < out.length; i++) out[i] = direction[i] === noDirection ? 0 : ownPathUnits(direction[i]) / 2;
  return out;
}

/**
 * Carries start lengths down the links, keeping the longest at each cell, through channels too: accumulation grows along
 * the way, so below a channel there is nothing but channel, whose lengths `endAtChannels` sets to 0.
 *
 * @param links direction codes to follow: `direction`, or the part of it that stays inside a tile
 */
export function lengthenDownstream(
  links: Uint8Array,
  direction: Uint8Array,
  slope: Float32Array,
  width: number,
  options: SlopeLengthRules,
  out: Uint32Array,
): Uint32Array {
  sweepDownstream(links, width, donorCounts(links, width), (from, to) => {
    const length = linkedLength(out[from], direction[from], direction[to], slope[from], slope[to], options);
    if (length > out[to]) out[to] = length;
  });
  return out;
}

/** Ends lengths where hillslopes end: 0 on cells whose accumulation exceeds a number of cells. In place. */
export function endAtChannels(accumulation: Uint32Array, channelCells: number, lengths: Uint32Array): Uint32Array {
  for (let i = 0; i < lengths.length; i++) if (accumulation[i] > channelCells) lengths[i] = 0;
  return lengths;
}

/** What one inflowing cell offers the cell below it, length units. */
export function linkedLength(
  upperLength: number,
  upperDirection: number,
  lowerDirection: number,
  upperSlope: number,
  lowerSlope: number,
  options: SlopeLengthRules,
): number {
  const aml = options.variant === 'aml';
  if (slopeBreaks(upperSlope, lowerSlope, options)) return aml ? unitsPerCell : ownPathUnits(lowerDirection) / 2;
  return Math.min(upperLength + ownPathUnits(aml ? upperDirection : lowerDirection), longestLength);
}

/** True where a path's length starts anew because the slope drops sharply. */
export function slopeBreaks(upperSlope: number, lowerSlope: number, options: SlopeLengthRules): boolean {
  return lowerSlope < upperSlope * (lowerSlope < gentleSlopeDegrees ? options.gentleCutOff : options.steepCutOff);
}

/** Path inside one cell by its direction, length units; a cell that drains out of the data counts as one cell side. */
export function ownPathUnits(code: number): number {
  return code !== drainsOut && code !== noDirection && isDiagonal(d8IndexOfCode(code))
    ? unitsPerDiagonal
    : unitsPerCell;
}

/**
 * Slope length in metres for reading and mapping.
 *
 * @param capMetres longest length written, or Infinity
 * @returns float32 metres at the cell's centre; 0 on channels, NaN = nodata
 */
export function slopeLengthMetres(
  lengthUnits: Uint32Array,
  direction: Uint8Array,
  cellSizeMetres: number,
  capMetres: number,
  out: Float32Array = new Float32Array(lengthUnits.length),
): Float32Array {
  for (let i = 0; i < out.length; i++)
    out[i] =
      direction[i] === noDirection ? Number.NaN : Math.min((lengthUnits[i] * cellSizeMetres) / unitsPerCell, capMetres);
  return out;
}
