import type { RegionFrame } from '../region-frame.ts';

/** Which part of a field of 20 m cells the region is. */
export interface CoarseField {
  readonly values: Float32Array | Float64Array;
  readonly width: number;
  /** Cells of 20 m around the region. */
  readonly margin: number;
}

/** A field of 20 m cells brought to the region's 10 m grid by the quadratic B-spline. */
export function refine(frame: RegionFrame, field: CoarseField): Float32Array {
  const { values, width, margin } = field;
  const { size } = frame;
  const fine = new Float32Array(size * size);
  for (let y = 0; y < size; y++) {
    const near = ((y >> 1) + margin) * width;
    const far = near + (y & 1 ? width : -width);
    for (let x = 0; x < size; x++) {
      const x0 = (x >> 1) + margin;
      const x1 = x0 + (x & 1 ? 1 : -1);
      fine[y * size + x] =
        0.5625 * values[near + x0]! + 0.1875 * (values[near + x1]! + values[far + x0]!) + 0.0625 * values[far + x1]!;
    }
  }
  return fine;
}

/** Tangent of the slope and the share of the slope that faces north (−1 south … 1 north) by Horn's window. */
export function slopeAndNorthness(elevation: Float32Array, size: number, cellMetres: number) {
  const tangent = new Float32Array(size * size);
  const northness = new Float32Array(size * size);
  const scale = 1 / (8 * cellMetres);
  for (let y = 0; y < size; y++) {
    const above = Math.max(0, y - 1) * size;
    const row = y * size;
    const below = Math.min(size - 1, y + 1) * size;
    for (let x = 0; x < size; x++) {
      const west = x > 0 ? x - 1 : 0;
      const east = x < size - 1 ? x + 1 : x;
      const nw = elevation[above + west]!;
      const ne = elevation[above + east]!;
      const sw = elevation[below + west]!;
      const se = elevation[below + east]!;
      const east2 = ne + 2 * elevation[row + east]! + se - (nw + 2 * elevation[row + west]! + sw);
      const south2 = sw + 2 * elevation[below + x]! + se - (nw + 2 * elevation[above + x]! + ne);
      const steep = Math.sqrt(east2 * east2 + south2 * south2);
      tangent[row + x] = steep * scale;
      // Rising towards the south means facing north.
      northness[row + x] = steep > 0 ? south2 / steep : 0;
    }
  }
  return { tangent, northness };
}
