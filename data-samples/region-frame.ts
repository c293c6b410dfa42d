import type { GridSpec } from '../models/grid/grid-spec.ts';

/** Coordinate system of every map of the sample: CGCS2000, 3-degree Gauss–Krüger, central meridian 105° E, no zone prefix. */
export const sampleCrs = 'EPSG:4544';

/** Side of a terrain and land-use cell, metres. */
export const cellSizeMetres = 10;

const centreX = 463750;
const centreY = 3941230;

/** Where the sample lies and how large it is. */
export interface RegionFrame {
  readonly seed: number;
  /** Cells per side of the 10 m grid. */
  readonly size: number;
  readonly grid: GridSpec;
  /** Side of the region, metres. */
  readonly sideMetres: number;
  /** Linear scale against the full region of 2000 cells; lengths that shape the map follow it. */
  readonly scale: number;
}

/**
 * Frame of a region of `size` × `size` cells of 10 m around 104.6° E 35.6° N.
 *
 * @throws RangeError unless size is a multiple of 8 between 240 and 16 000 (55 bytes of memory per cell) and seed a whole number from 0 to 2³¹ − 1.
 */
export function regionFrame(size: number, seed: number): RegionFrame {
  if (!Number.isInteger(size) || size % 8 !== 0 || size < 240 || size > 16_000)
    throw new RangeError(`size must be a multiple of 8 from 240 to 16000 cells, got ${size}`);
  if (!Number.isInteger(seed) || seed < 0 || seed > 0x7fffffff)
    throw new RangeError(`seed must be a whole number from 0 to 2147483647, got ${seed}`);
  const sideMetres = size * cellSizeMetres;
  const halfCells = size / 2;
  return {
    seed,
    size,
    sideMetres,
    scale: size / 2000,
    grid: {
      crs: sampleCrs,
      cellSizeMetres,
      originX: centreX - halfCells * cellSizeMetres,
      originY: centreY + halfCells * cellSizeMetres,
      width: size,
      height: size,
    },
  };
}

/** Square grid of another cell size with the region's north-west corner, just large enough to cover it, grown by a margin. */
export function coveringGrid(frame: RegionFrame, cellMetres: number, marginMetres = 0): GridSpec {
  const side = Math.ceil((frame.sideMetres + 2 * marginMetres) / cellMetres);
  return {
    crs: sampleCrs,
    cellSizeMetres: cellMetres,
    originX: frame.grid.originX - marginMetres,
    originY: frame.grid.originY + marginMetres,
    width: side,
    height: side,
  };
}

/**
 * Longitude and latitude of a map position within 115 km of the region's centre, degrees, to better than 5 cm, within
 * 50 km than one.
 * A cubic fitted to the inverse projection: plain products give the same digits on every machine.
 */
export function toLonLat(x: number, y: number): { lon: number; lat: number } {
  const u = (x - 463700) / 10000;
  const v = (y - 3941500) / 10000;
  const lon =
    104.599401177 +
    u * (0.110355389501 + v * (0.000123732381296 + v * 2.74637203951e-7)) +
    v * (-0.000449187645952 + v * (-9.97026765951e-7 - v * 1.48333307474e-9)) +
    u * u * (9.97148415132e-7 - u * 9.15539934835e-8 + v * 4.45078384179e-9);
  const lat =
    35.6023935944 +
    u * (0.000366851123356 + v * (0.00000121177657146 + v * 1.33562016704e-9)) +
    v * (0.0901271419142 + v * (-6.79059750282e-7 - v * 2.43377206598e-10)) +
    u * u * (-0.0000505270275996 - u * 9.77968863899e-10 - v * 1.66896513007e-7);
  return { lon, lat };
}

/** Rounds to a number of decimals the same way everywhere: half towards plus infinity. */
export function roundTo(value: number, decimals: number): number {
  let factor = 1;
  for (let i = 0; i < decimals; i++) factor *= 10;
  return Math.floor(value * factor + 0.5) / factor;
}
