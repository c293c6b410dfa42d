import { noDirection } from '../grid/d8.ts';
import { interiorCell, nodataCell } from './edge-cells.ts';
import { donorCounts, sweepDownstream } from './flow-accumulation-d8.ts';

/** Nothing from outside the data can reach the cell. */
export const uncontaminated = 0;
/** Water from outside may reach the cell: its accumulation is a lower bound. It is a channel in any case. */
export const accumulationContaminated = 1;
/** As 1, and the cell is no channel: its slope length may be longer, or it may be a channel, once the outside is known. */
export const slopeLengthContaminated = 2;

/**
 * Which results depend on land that the data do not cover. Any edge cell may receive water from beyond the map edge or
 * out of a nodata hole, and so may everything downstream of it.
 *
 * @param direction resolved D8 codes
 * @param edges see `edgeCells`
 * @param channelCells a cell is a channel when its accumulation exceeds this number of cells (Infinity: no channels)
 * @returns uint8: 0 independent, 1 accumulation depends, 2 accumulation and slope length depend, 255 nodata
 */
export function edgeContamination(
  direction: Uint8Array,
  edges: Uint8Array,
  accumulation: Uint32Array,
  channelCells: number,
  width: number,
  out: Uint8Array = new Uint8Array(direction.length),
): Uint8Array {
  edgeSources(edges, out);
  markDownstream(direction, width, out);
  return contaminationClasses(out, direction, accumulation, channelCells, out);
}

/** Marks with 1 the cells at which water from outside the data may arrive. */
export function edgeSources(edges: Uint8Array, out: Uint8Array = new Uint8Array(edges.length)): Uint8Array {
  for (let i = 0; i < out.length; i++) out[i] = edges[i] === interiorCell || edges[i] === nodataCell ? 0 : 1;
  return out;
}

/**
 * Hands marks of 1 on to all cells downstream, in place.
 *
 * @param links direction codes to follow
 */
export function markDownstream(links: Uint8Array, width: number, marks: Uint8Array): Uint8Array {
  sweepDownstream(links, width, donorCounts(links, width), (from, to) => {
    marks[to] |= marks[from];
  });
  return marks;
}

/** Tells marked cells that are channels from those that are not, see `edgeContamination`. */
export function contaminationClasses(
  marks: Uint8Array,
  direction: Uint8Array,
  accumulation: Uint32Array,
  channelCells: number,
  out: Uint8Array = new Uint8Array(marks.length),
): Uint8Array {
  for (let i = 0; i < out.length; i++) {
    if (direction[i] === noDirection) out[i] = noDirection;
    else if (marks[i] === 0) out[i] = uncontaminated;
    else out[i] = accumulation[i] > channelCells ? accumulationContaminated : slopeLengthContaminated;
  }
  return out;
}
